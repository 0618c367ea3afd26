"""Who provides what, and an empty node for any authority."""

from __future__ import annotations

from datetime import date

import click
from django.core.management import call_command
from django.db import DatabaseError
from rapidfuzz import fuzz, process

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads, rules
from placewide.places.reference import reference
from placewide.places.terms import Authority, Tier

_TIER_WORDS = {
    Tier.COUNTY: "county, upper tier",
    Tier.DISTRICT: "district, lower tier",
    Tier.UNITARY: "single tier",
    Tier.STRATEGIC: "strategic authority, above its councils",
}


class Unknown(click.ClickException):
    """Something asked for that does not exist: one line, exit 2."""

    exit_code = 2


@click.command()
@click.argument("code")
@click.argument("lgsl")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to answer for; today without.")
@click.option("--notes", is_flag=True, help="A third column with what else there is to know.")
def provider(code: str, lgsl: str, on: date | None, notes: bool) -> None:
    """Who provides service LGSL in the area of authority CODE.

    One provider a line: its code, a tab, its name. A dash for the code: not a council's to provide.
    """
    day = clock.legal_date(clock.now()) if on is None else date(on.year, on.month, on.day)
    authority = _authority(code)
    number = _lgsl(lgsl)
    heirs = rules.successors(reference(), authority, day)
    if heirs:
        _say_ended(authority, heirs)
    found = reads.providers(authority.code, number, on=day)
    if not found:
        raise Unknown(f"No provider is known for service {number} in the area of {authority.name} on {day}.")
    for each in found:
        columns = [each.code or "-", each.name, each.note][: 3 if notes else 2]
        click.echo("\t".join(columns).rstrip("\t"))


@click.command()
@click.option("--authority", "code", required=True, help="Code of the authority, such as LDS.")
def init(code: str) -> None:
    """Make an empty node for one of the United Kingdom's authorities. Doing it again changes nothing."""
    now = clock.now()
    authority = _authority(code)
    heirs = rules.successors(reference(), authority, clock.legal_date(now))
    if heirs and not authority.current:
        named = ", ".join(f"{heir.name} ({heir.code})" for heir in heirs)
        raise Unknown(f"{authority.name} ended on {_long(authority.last_day)}. Make a node for {named}.")
    if heirs:  # the published list still calls it current: it may have affairs to wind up
        _say_ended(authority, heirs)
    call_command("migrate", verbosity=0, interactive=False)
    known = reads.organisation_of_authority(authority.code)
    if known is None:
        actions.add_organisation(actions.new_organisation_of(authority), actor=SYSTEM, now=now)
    _say_made(authority, new=known is None, on=clock.legal_date(now))


def _say_made(authority: Authority, *, new: bool, on: date) -> None:
    lines = reads.services_of(authority.code, on=on)
    done = "Made an empty node for" if new else "There is a node already for"
    click.echo(f"{done} {authority.name} ({authority.code}).")
    click.echo(f"Nation: {authority.nation}. Tier: {_TIER_WORDS[authority.tier]}.")
    if authority.county:
        county = reference().authorities[authority.county]
        click.echo(f"County: {county.name} ({county.code}) provides the services of the upper tier.")
    inside = reference().inside(authority.code)
    if inside:
        click.echo(f"In its area: {', '.join(a.short_name for a in inside)}.")
    elsewhere = len(reference().services) - len(lines)
    click.echo(f"Services it provides itself: {len(lines)} of {len(reference().services)}; others provide {elsewhere}.")
    for line in lines:
        click.echo(f"  {line.lgsl}\t{line.name}")


def _say_ended(authority: Authority, heirs: tuple[Authority, ...]) -> None:
    named = ", ".join(f"{heir.name} ({heir.code})" for heir in heirs)
    click.echo(f"{authority.name} ended on {_long(authority.last_day)}; in its place: {named}.", err=True)


def _long(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"


def _authority(code: str) -> Authority:
    """Raises Unknown, naming the codes that are nearest."""
    try:
        found = reads.authority(code)
    except DatabaseError:  # no node made yet: the published authorities are all there is
        found = None
    if found is None:
        raise Unknown(f"There is no authority with the code {_shown(code)}.{_near_codes(code)}")
    return found


def _near_codes(code: str) -> str:
    current = [a for a in reference().authorities.values() if a.current]
    choices = {a.code: a.code for a in current}
    names = {a.code: a.short_name for a in current}
    typed = code.strip()[:60]
    by_code = process.extract(typed.upper(), choices, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    by_name = process.extract(typed, names, limit=3, score_cutoff=80, processor=str.casefold)
    near = list(dict.fromkeys([key for _, _, key in (*by_name, *by_code)]))[:4]
    listed = ", ".join(f"{key} ({reference().authorities[key].name})" for key in near)
    return (
        f" Near it: {listed}."
        if listed
        else " The codes are the first column of src/placewide/places/data/uk_local_authorities.csv."
    )


def _lgsl(text: str) -> int:
    """Raises Unknown, naming the numbers that are nearest."""
    known = reference().services
    if text.strip().isdecimal() and text.isascii() and int(text[:10]) in known:
        return int(text)
    near = process.extract(text.strip()[:60], {n: str(n) for n in known}, scorer=fuzz.ratio, limit=3, score_cutoff=60)
    near = near or process.extract(
        text.strip()[:60], {n: s.name for n, s in known.items()}, limit=3, score_cutoff=60, processor=str.casefold
    )
    listed = ", ".join(f"{key} ({known[key].name})" for _, _, key in near)
    raise Unknown(f"There is no service with the LGSL number {_shown(text)}.{f' Near it: {listed}.' if listed else ''}")


def _shown(text: str) -> str:
    """What was typed, on one line and not too long."""
    return "".join(c if c.isprintable() else "?" for c in text[:40])
