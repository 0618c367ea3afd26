"""Command-line verbs of cases: what is kept, until when, and what the law holds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import click

from placewide.kernel.clock import legal_date, now
from placewide.kernel.ids import parse_reference
from placewide.kernel.terms import Viewer

_DATE = click.DateTime(["%Y-%m-%d"])
_LONGEST = 2000  # characters of a reason


@click.group("retention")
def retention() -> None:
    """What packages promise to delete, and what the law wants kept all the same."""


@retention.command("due")
@click.option("--on", type=_DATE, default=None, help="The day to look at (2026-12-31); today unless given.")
def due(on: date | None) -> None:
    """Say of how many cases something goes by that day, by organisation; nothing is deleted."""
    from placewide.cases.reads.keeping import number_due

    day = date(on.year, on.month, on.day) if on else legal_date(now())
    found = number_due(day)
    for slug, number in found.items():
        click.echo(f"{slug}\t{number}")
    click.echo(f"{sum(found.values())} case(s) by {day.isoformat()}")


@retention.command("run")
@click.option("--most", type=click.IntRange(1), default=500, show_default=True, help="Cases to look at.")
def run(most: int) -> None:
    """Delete now what is due today, as the worker does every ten minutes."""
    from placewide.cases.handlers import dispose_due

    click.echo(f"something of {dispose_due(now(), most)} case(s) was deleted")


@retention.command("hold")
@click.argument("reference")
@click.option("--reason", required=True, help="Kept sealed; the ledger does not have it.")
@click.option("--review", type=_DATE, required=True, help="When to look whether it is still needed (2026-12-31).")
@click.option("--by", "email", required=True, help="Who decides it: a manager of the organisation whose case it is.")
def hold(reference: str, reason: str, review: date, email: str) -> None:
    """Keep a case beyond its period, because of a claim, an inquiry or a request."""
    from placewide.cases.actions import place_legal_hold
    from placewide.cases.terms import NotFound

    day, moment = date(review.year, review.month, review.day), now()
    if day < legal_date(moment):
        raise click.ClickException("--review takes a day that is still to come")
    if not reason.strip() or len(reason) > _LONGEST:
        raise click.ClickException(f"--reason takes 1 to {_LONGEST} characters")
    case_id = _case(reference)
    try:
        place_legal_hold(case_id, reason.strip(), day, viewer=_viewer(email, case_id), now=moment)
    except NotFound:
        raise click.ClickException(_REFUSED) from None
    click.echo(f"nothing of {parse_reference(reference)} goes until the hold is ended; look at it on {day.isoformat()}")


@retention.command("release")
@click.argument("reference")
@click.option("--by", "email", required=True, help="Who decides it: a manager of the organisation whose case it is.")
def release(reference: str, email: str) -> None:
    """End the holds on a case; what was due meanwhile goes with the next run."""
    from placewide.cases.actions import end_legal_hold
    from placewide.cases.terms import NotFound

    case_id = _case(reference)
    try:
        ended = end_legal_hold(case_id, viewer=_viewer(email, case_id), now=now())
    except NotFound:
        raise click.ClickException(_REFUSED) from None
    click.echo(f"{ended} hold(s) on {parse_reference(reference)} ended")


@retention.command("holds")
def holds() -> None:
    """List what is held: case, organisation, day to look at it, who decided."""
    from placewide.cases.reads.keeping import holds as lasting

    today = legal_date(now())
    for row in lasting():
        late = "\tto be looked at" if row.review_on <= today else ""
        case = row.case
        by = row.placed_by.email
        click.echo(f"{case.reference}\t{case.organisation.slug}\t{row.review_on.isoformat()}\t{by}{late}")


_REFUSED = "only a manager of the organisation whose case it is, who sees it, decides this"


def _case(reference: str) -> UUID:
    from placewide.cases.reads.keeping import case_id_of

    typed = parse_reference(reference)
    case_id = case_id_of(typed) if typed else None
    if case_id is None:
        raise click.ClickException("no case here has this reference")
    return case_id


def _viewer(email: str, case_id: UUID) -> Viewer:
    """Somebody as they act today for the organisation whose case it is."""
    from placewide.cases.reads.keeping import organisation_id_of
    from placewide.identity.access import working_for
    from placewide.identity.reads import user_by_email

    user = user_by_email(email)
    if user is None:
        raise click.ClickException("nobody is known by this address")
    return working_for(user.id, organisation_id_of(case_id), legal_date(now()))


COMMANDS = (retention,)
