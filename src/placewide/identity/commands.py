"""Command-line verbs of identity: who works here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import click

from placewide.identity.terms import SET_UP, Role
from placewide.kernel.clock import legal_date, now
from placewide.kernel.terms import SYSTEM
from placewide.places.commands.naming import organisation_named

_LINK_DAYS = 7


@click.group("staff")
def staff() -> None:
    """Who works for the organisations of this node."""


@staff.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--organisation", "organisation_slug", required=True, help="Its slug, as in its addresses.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--team", "team_slug", default="", help="Its slug; none: the whole organisation.")
def add(email: str, name: str, organisation_slug: str, role: str, team_slug: str) -> None:
    """Give somebody a role from today on, and print the link with which they choose a password."""
    from placewide.identity import actions, reads

    organisation_id = organisation_named(organisation_slug).id
    team = reads.team(organisation_id, team_slug) if team_slug else None
    if team_slug and team is None:
        raise click.ClickException(f"{organisation_slug} has no team {team_slug}")
    _need_email(email)
    user = actions.add_staff(
        email,
        name=name,
        organisation_id=organisation_id,
        role=Role(role),
        team_id=team.id if team else None,
        actor=SYSTEM,
        now=now(),
    )
    _print_link(user.id)


@staff.command("link")
@click.argument("email")
@click.option("--new-second-step", is_flag=True, help="They lost phone, passkeys and recovery codes: begin anew.")
def link(email: str, new_second_step: bool) -> None:
    """Print a link with which somebody chooses a new password."""
    from placewide.identity import actions

    user_id = _user(email)
    if new_second_step:
        actions.forget_second_steps(user_id, actor=SYSTEM, now=now())
    _print_link(user_id)


@staff.command("end")
@click.argument("email")
@click.option("--organisation", "organisation_slug", required=True)
@click.option("--on", default="", help="The last day (2026-12-31); today unless given.")
def end(email: str, organisation_slug: str, on: str) -> None:
    """Let somebody's roles for an organisation end."""
    from placewide.identity import actions

    try:
        last_day = date.fromisoformat(on) if on else legal_date(now())
    except ValueError:
        raise click.ClickException("--on takes a date like 2026-12-31") from None
    ended = actions.end_roles(
        _user(email), organisation_named(organisation_slug).id, on=last_day, actor=SYSTEM, now=now()
    )
    click.echo(f"{ended} role(s) end on {last_day.isoformat()}")


@staff.command("code")
@click.argument("email")
def code(email: str) -> None:
    """Print the code of this moment for somebody of the demo (demo only)."""
    from placewide.identity import reads

    codes = {person.email: person.code for person in reads.demo_sign_ins(now())}
    if email.lower() not in codes:
        raise click.ClickException(f"{email} is nobody of a demo")
    click.echo(codes[email.lower()])


@click.group("team")
def team() -> None:
    """The teams that cases go to."""


@team.command("add")
@click.argument("organisation")
@click.argument("slug")
@click.argument("name")
@click.option("--email", default="", help="Where the team reads what is not about one case.")
def add_team(organisation: str, slug: str, name: str, email: str) -> None:
    """Add a team to an organisation: its slug, as packages name it, and its name, as people read it."""
    from placewide.identity import actions, reads

    organisation_id = organisation_named(organisation).id
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug) or len(slug) > 50:
        raise click.ClickException(f"{slug[:60]} is no slug: small letters, digits and hyphens, like adult-care")
    if not name.strip() or len(name) > 200:
        raise click.ClickException("a team needs a name, of 200 characters at most")
    if email:
        _need_email(email)
    if reads.team(organisation_id, slug) is not None:
        raise click.ClickException(f"{organisation} has a team {slug} already")
    actions.add_team(organisation_id, slug, name.strip(), email=email, actor=SYSTEM, now=now())
    click.echo(f"{name.strip()} is a team of {organisation} now.")


def _need_email(email: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(email)
    except ValidationError:
        raise click.ClickException(f"{email} is no email address") from None


def _user(email: str) -> UUID:
    from placewide.identity import reads

    user = reads.user_by_email(email)
    if user is None:
        raise click.ClickException(f"nobody is known by {email}")
    return user.id


def _print_link(user_id: UUID) -> None:
    from django.conf import settings

    from placewide.identity import actions

    moment = now()
    token = actions.issue_token(SET_UP, user_id, expires=moment + timedelta(days=_LINK_DAYS), actor=SYSTEM, now=moment)
    click.echo(f"{settings.ADDRESS}/staff/set-up/{token}")
    if "PLACEWIDE_ADDRESS" in settings.UNSET:
        click.echo(f"note: {settings.UNSET['PLACEWIDE_ADDRESS']}.", err=True)
    click.echo(f"Give this link to them and to nobody else. It works once, for {_LINK_DAYS} days.", err=True)


COMMANDS = (staff, team)
