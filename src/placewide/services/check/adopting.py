"""What keeps a package without faults from going live: here, with this organisation, in this version."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from placewide.services.format import Fault, Source
from placewide.ui.wording import money


def hindrances(source: Source, organisation: str, teams: Collection[str], on: date) -> tuple[Fault, ...]:
    """Why the package cannot go live from ``on``; none where it can. ``organisation``: its slug; ``teams``: theirs."""
    return (*_charges(source, on), *_teams(source, organisation, teams))


def _charges(source: Source, on: date) -> Iterator[Fault]:
    """Nothing takes payments yet (docs/decisions/0005): a fee that is shown and never taken would be a lie."""
    for n, fee in enumerate(source.package.fees if source.package else ()):
        if fee.pence and (fee.ends is None or fee.ends >= on):
            what = f"“{fee.id}” charges {money(fee.pence)}, and this version of Placewide cannot take payments."
            remedy = "Only what is free can go live: adopt it once payments are there, or let the fee be 0."
            yield Fault(source.place("fees.yaml", "fees", n, "pence"), what, remedy)


def _teams(source: Source, organisation: str, teams: Collection[str]) -> Iterator[Fault]:
    for n, case in enumerate(source.package.cases if source.package else ()):
        if case.team not in teams:
            what = f"The cases “{case.id}” go to the team “{case.team}”, which {organisation} does not have."
            remedy = f'Add it: placewide team add {organisation} {case.team} "NAME OF THE TEAM"'
            yield Fault(source.place("process.yaml", "cases", n, "team"), what, remedy)
