"""What keeps a package without faults from going live: here, with this organisation, in this version."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from placewide.services.check.trying import differences
from placewide.services.format import Fault, Source
from placewide.services.terms import Package
from placewide.ui.wording import and_list, money


@dataclass(frozen=True, slots=True)
class Here:
    """The organisation that is to have it, as far as that decides."""

    slug: str
    name: str
    nation: str
    teams: Collection[str]  # slugs
    others: tuple[str, ...] = ()  # who provides the service in its area, where it does not itself
    before: Package | None = None  # what it adopted last under the same name


def hindrances(source: Source, here: Here, on: date, *, older: bool = False) -> tuple[Fault, ...]:
    """Why the package cannot go live from ``on``; none where it can. ``older``: a lower version is meant."""
    if source.package is None:
        return source.faults
    package = source.package
    found = (*_whose(source, package, here), *_version(source, package, here.before, older=older))
    return (*found, *_charges(source, package, on), *_teams(source, package, here)) or tuple(_examples(source))


def _whose(source: Source, package: Package, here: Here) -> Iterator[Fault]:
    """Law, words and holidays of a package hold in its nations; who provides a service, the tier of council decides."""
    name = package.text("service.name", package.languages[0])
    copy = "Copy the package and adapt it"
    if here.nation not in package.nations:
        what = f"“{name}” is for {and_list(package.nations)}; {here.name} is in {here.nation}."
        yield Fault(source.place("service.yaml", "nations"), what, f"{copy} to the law there.")
    elif here.others:
        what = f"“{name}” is provided by {and_list(here.others)}, not by {here.name}."
        remedy = f"Let them adopt it; if it is another service, {copy.lower()}, with its own number."
        yield Fault(source.place("service.yaml", "lgsl"), what, remedy)


def _version(source: Source, package: Package, before: Package | None, *, older: bool) -> Iterator[Fault]:
    """One number means one package, and nothing goes back unnoticed."""
    if before is None or before.id != package.id:
        return
    place = source.place("service.yaml", "version")
    new, old = _numbers(package.version), _numbers(before.version)
    if new == old and package != before:
        what = f"Version {before.version} of “{package.id}” was adopted with other contents."
        yield Fault(place, what, f"Raise the version: {'.'.join(map(str, (*old[:-1], old[-1] + 1)))}.")
    if new < old and not older:
        what = f"Version {package.version} is older than {before.version}, which was adopted before."
        yield Fault(place, what, "Raise the version, or say --older to go back to it.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _charges(source: Source, package: Package, on: date) -> Iterator[Fault]:
    """Nothing takes payments yet (docs/decisions/0005): a fee that is shown and never taken would be a lie."""
    for n, fee in enumerate(package.fees):
        if fee.pence and (fee.ends is None or fee.ends >= on):
            what = f"“{fee.id}” charges {money(fee.pence)}, and this version of Placewide cannot take payments."
            remedy = "Only what is free can go live: adopt it once payments are there, or let the fee be 0."
            yield Fault(source.place("fees.yaml", "fees", n, "pence"), what, remedy)


def _teams(source: Source, package: Package, here: Here) -> Iterator[Fault]:
    for n, case in enumerate(package.cases):
        if case.team not in here.teams:
            what = f"The cases “{case.id}” go to the team “{case.team}”, which {here.slug} does not have."
            remedy = f'Add it: placewide team add {here.slug} {case.team} "NAME OF THE TEAM"'
            yield Fault(source.place("process.yaml", "cases", n, "team"), what, remedy)


def _examples(source: Source) -> Iterator[Fault]:
    """What its own designer expects does not come of it."""
    for file, example in source.examples.items():
        for found in differences(source, file, example):
            came = f"{found.what}: expected {found.expected}, came {found.actual}"
            what = f"The example “{example.title}” comes out otherwise: {came}."
            yield Fault(found.place, what, "Mend the package, or the example: placewide service test runs them all.")
