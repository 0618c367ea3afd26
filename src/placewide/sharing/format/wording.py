"""The files of sentences and names as terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol, TypeVar

from placewide.sharing.format.values import Values, day, words
from placewide.sharing.terms.law import Dates
from placewide.sharing.terms.wording import LawName, Obligation, Reason, Wording

NATIONS = ("england", "wales", "scotland", "northern_ireland")


def wording_from(reasons: Values, obligations: Values, names: Values, law: Values) -> Wording:
    """What is said, from the content of the four files."""
    return Wording(
        reasons=_by_code(_reason(each) for each in reasons["reasons"]),
        obligations=_by_code(_obligation(each) for each in obligations["obligations"]),
        laws=_laws(law),
        categories=names["categories"],
        purposes=names["purposes"],
        roles=names["roles"],
        relationships=names["relationships"],
        page=names["page"],
    )


def _reason(values: Values) -> Reason:
    return Reason(
        code=values["code"],
        says=values["says"],
        asks=values.get("asks"),
        nations=words(values.get("nation", NATIONS)),
        dates=Dates(day(values["from"]), day(values["to"])),
        source=values["source"],
        reviewed_by=values["reviewed_by"],
        staff=values["staff"],
        resident=values["resident"],
        instead=values.get("instead"),
    )


def _obligation(values: Values) -> Obligation:
    return Obligation(
        code=values["code"],
        owes=values["owes"],
        nations=words(values.get("nation", NATIONS)),
        dates=Dates(day(values["from"]), day(values["to"])),
        source=values["source"],
        reviewed_by=values["reviewed_by"],
        staff=values["staff"],
        resident=values["resident"],
    )


def _laws(law: Values) -> Mapping[str, LawName]:
    lists = ("bases", "conditions", "exemptions", "questions", "prohibitions", "gateways")
    return {
        each["code"]: LawName(each["words"], each.get("source"), each.get("reason"))
        for name in lists
        for each in law[name]
    }


class _Coded(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def dates(self) -> Dates: ...


_Entry = TypeVar("_Entry", bound=_Coded)


def _by_code(entries: Iterable[_Entry]) -> Mapping[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = defaultdict(list)
    for each in entries:
        found[each.code].append(each)
    return {code: tuple(sorted(several, key=_first_day)) for code, several in found.items()}


def _first_day(entry: _Coded) -> date:
    return entry.dates.first or date.max
