"""``placewide sharing simulate``: who could see what under agreements, and what another set would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from placewide.sharing.commands.agreements import DAY, FILE, read_all, the_day
from placewide.sharing.format.files import schema_of_case, standard_law
from placewide.sharing.format.simulation import Names, difference_lines, lines
from placewide.sharing.rules.simulating import difference
from placewide.sharing.rules.simulating import simulate as simulated
from placewide.sharing.terms.agreed import Agreement
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.simulated import Opening

NATION = click.Choice(schema_of_case()["$defs"]["nation"]["enum"])


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--against", multiple=True, type=FILE, help="A file of the set before; give it again for each file.")
@click.option("--on", type=DAY, help="The day to look at; today without.")
@click.option("--as-signed", is_flag=True, help="As if every party had signed by then and nobody had taken it back.")
@click.option("--nation", type=NATION, default="england", show_default=True, help="Whose law applies to the place.")
def simulate(
    files: tuple[Path, ...], against: tuple[Path, ...], on: datetime | None, as_signed: bool, nation: str
) -> None:
    """Print who could see what under the agreements in FILES, and under which conditions.

    With --against, print instead what FILES open, close and change beside those. The rules asked are those that decide
    requests. A duty, an emergency or a power of the law needs no agreement and is not shown.
    """
    day = the_day(on)
    after = [file.document for file in read_all(files)]
    before = [file.document for file in read_all(against)]
    names = Names([*before, *after])
    found = _openings(after, day, as_signed, nation)
    if against:
        shown = difference_lines(difference(_openings(before, day, False, nation), found), names, before, after)
    else:
        shown = lines(found, names, day)
    click.echo("\n".join(shown))


def _openings(documents: Iterable[Document], on: date, as_signed: bool, nation: str) -> tuple[Opening, ...]:
    runs = (each.runs for each in documents)
    agreements = [_signed(each) for each in runs] if as_signed else list(runs)
    return simulated(agreements, standard_law(), on, nation=nation)


def _signed(agreement: Agreement) -> Agreement:
    parties = tuple(replace(each, signed=agreement.start, revoked=None) for each in agreement.parties)
    return replace(agreement, status="signed", parties=parties)
