"""Who provides what, and the organisation of an empty node (studio: what comes next on it)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click
from django.core.management import call_command
from django.db import DatabaseError
from rapidfuzz import fuzz, process

from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads, rules
from placewide.places.models import Organisation
from placewide.places.reference import reference
from placewide.places.terms import Authority, Provider, Tier

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
@click.option("--notes", is_flag=True, help="Notes as a third column, instead of beside the answer.")
def provider(code: str, lgsl: str, on: date | None, notes: bool) -> None:
    """Who provides service LGSL in the area of authority CODE.

    One provider a line: its code, a tab, its name. A dash for the code: not a council's to provide. What else there is
    to know (trunk roads, homes passed to another landlord) is said on standard error, in lines that begin "note:".
    """
    day = clock.legal_date(clock.now()) if on is None else date(on.year, on.month, on.day)
    authority = _authority(code)
    number = _lgsl(lgsl)
    _say_if_not_alive(authority, day)
    found = reads.providers(authority.code, number, on=day)
    if not found:
        raise Unknown(f"No provider is known for service {number} in the area of {authority.name} on {_long(day)}.")
    for each in found:
        columns = [each.code or "-", each.name, each.note][: 3 if notes else 2]
        click.echo("\t".join(columns).rstrip("\t"))
    if not notes:
        _say_notes(found)


def begin(code: str) -> tuple[Organisation, Authority]:
    """Make an empty node for an authority, and say what it is; doing it again changes nothing. Raises Unknown."""
    now = clock.now()
    today = clock.legal_date(now)
    authority = _authority(code)
    if not rules.lives(authority, today):
        raise Unknown(f"{_life(authority, today)} {_instead(rules.successors(reference(), authority, today))}".strip())
    call_command("migrate", verbosity=0, interactive=False)
    known = reads.organisation_of_authority(authority.code)
    body = known or actions.add_organisation(actions.new_organisation_of(authority), actor=SYSTEM, now=now)
    _say_made(authority, new=known is None, on=today)
    return body, authority


def _say_made(authority: Authority, *, new: bool, on: date) -> None:
    lines = reads.services_of(authority.code, on=on)
    done = "Made an empty node for" if new else "There is a node already for"
    click.echo(f"{done} {authority.name} ({authority.code}).")
    click.echo(f"Nation: {authority.nation}. Tier: {_TIER_WORDS[authority.tier]}.")
    if authority.county:
        county = reference().authorities[authority.county]
        click.echo(f"County: {county.name} ({county.code}) provides the services of the upper tier.")
    inside = reference().inside(authority.code, on)
    if inside:
        click.echo(f"In its area: {', '.join(a.short_name for a in inside)}.")
    elsewhere = len(reference().services) - len(lines)
    click.echo(f"Services it provides itself: {len(lines)} of {len(reference().services)}; others provide {elsewhere}.")
    for line in lines:
        click.echo(f"  {line.lgsl}\t{line.name}")


def _say_notes(found: Sequence[Provider]) -> None:
    """Each note once; with whom it is about, unless it is about everybody."""
    for note in dict.fromkeys(each.note for each in found if each.note):
        about = [each.name for each in found if each.note == note]
        click.echo(f"note: {note}" if len(about) == len(found) else f"note: {', '.join(about)}: {note}", err=True)


def _say_if_not_alive(authority: Authority, day: date) -> None:
    """Say so where the authority asked did not exist on the day. Raises Unknown where nobody is known in its place."""
    if rules.lives(authority, day):
        return
    others = rules.successors(reference(), authority, day) or rules.predecessors(reference(), authority, day)
    if not others:
        raise Unknown(f"{_life(authority, day)} The list does not say who was in its place.")
    click.echo(f"note: {_life(authority, day)} In its place: {_named(others)}.", err=True)


def _life(authority: Authority, day: date) -> str:
    """Why it is not alive on a day, in a sentence."""
    if authority.last_day is not None and authority.last_day < day:
        return f"{authority.name} ended on {_long(authority.last_day)}."
    return f"{authority.name} was not yet an authority on {_long(day)}: it began on {_long(authority.first_day)}."


def _instead(heirs: Sequence[Authority]) -> str:
    return f"Make a node for {_named(heirs)}." if heirs else ""


def _named(authorities: Sequence[Authority]) -> str:
    return ", ".join(f"{authority.name} ({authority.code})" for authority in authorities)


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
    near = _near_numbers(text.strip()[:60])
    listed = ", ".join(f"{key} ({known[key].name})" for key in near)
    how = f"Near it: {listed}." if near else "Give a number, or a word of its name: potholes, bins, council tax."
    raise Unknown(f"There is no service with the LGSL number {_shown(text)}. {how}")


def _near_numbers(typed: str) -> list[int]:
    """Numbers with nearly the same digits; for words, services whose names hold a word like them."""
    known = reference().services
    if typed.isdecimal():
        found = process.extract(typed, {n: str(n) for n in known}, scorer=fuzz.ratio, limit=3, score_cutoff=60)
        return [key for _, _, key in found]
    called = " ".join(_ALSO_CALLED.get(word, word) for word in typed.casefold().split())
    words = [word for word in called.split() if len(word) > 2]
    alike = {n: [_likeness(word, s.name) for word in words] for n, s in known.items()}
    near = [n for n, likeness in alike.items() if any(each >= 80 for each in likeness)]
    return sorted(near, key=lambda n: -sum(alike[n]))[:4]


def _likeness(word: str, name: str) -> float:
    """How like a word is to the nearest one of a name, 0 to 100."""
    return max(fuzz.ratio(word, part) for part in name.casefold().split())


# What people call a service that the list names otherwise.
_ALSO_CALLED = {**dict.fromkeys(("bin", "bins", "rubbish", "tip"), "refuse waste"), "road": "roads"}


def _shown(text: str) -> str:
    """What was typed, on one line and not too long."""
    return "".join(c if c.isprintable() else "?" for c in text[:40])
