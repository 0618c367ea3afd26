"""Missed bins of eighteen months, most of them of the last weeks: who reported what, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from placewide.cases.terms import Sent
from placewide.kernel.clock import legal_date
from placewide.places.rules.standing import planned_end
from placewide.places.terms import RoundDay
from placewide.web.demo.files import addresses, read
from placewide.web.demo.rounds import is_food, weekday_of
from placewide.web.demo.telling import Life, Teller, life

_LATELY = 62  # days back, in which a home's own bin is emptied eight times or more


@dataclass(frozen=True, slots=True)
class _Report:
    """One missed bin about to be reported."""

    made: RoundDay
    uprn: str
    at: datetime
    person: Mapping[str, Any]


_Day = list[tuple[RoundDay, tuple[str, ...]]]  # rounds of one day, each with the homes on it


def missed_bins(teller: Teller, ruth: UUID) -> Iterator[Life]:
    """Every report of both councils, as a life."""
    nth = 0
    for organisation, endings in read("missed-bins.yaml").items():
        for ending in endings:
            back = max(_LATELY, ending["opened"][1] * 3 // 2)  # five days in seven, and bank holidays
            days = list(_days(teller, organisation, ending.get("home", ""), back))
            for which in range(ending["number"]):
                nth += 1
                report = _report(days, ending, which, nth)
                send = _sending(teller, organisation, report, ruth if ending.get("ruth") else None)
                yield life(teller, report.at, send, ending.get("then", ()), nth=nth)


def _sending(teller: Teller, organisation: str, report: _Report, user_id: UUID | None) -> Callable[[datetime], Sent]:
    live = teller.service(organisation, "missed-bin")
    raw = {
        "address": {"uprn": report.uprn},
        "bin": report.made.route.container.value,
        "contact_email": report.person.get("email"),
        "contact_phone": report.person.get("phone"),
    }
    return lambda at: teller.send(live, raw, report.person.get("language", "en"), at, user_id)


def _report(days: Sequence[_Day], ending: Mapping[str, Any], which: int, nth: int) -> _Report:
    """Which bin, where and when: spread over the days and homes that the line leaves open."""
    first, last = ending["opened"]
    back = first + (last - first) * which // max(1, ending["number"] - 1)
    found = days[min(back, len(days)) - 1]
    made, uprns = found[nth % len(found)]
    over = planned_end(made.route.schedule, made.collection.day)
    return _Report(
        made, uprns[nth * 7 % len(uprns)], over + timedelta(minutes=12 + nth * 37 % 200), _person(ending, nth)
    )


def _person(ending: Mapping[str, Any], nth: int) -> Mapping[str, Any]:
    """Who reported it; every third leaves no way to answer, unless what follows needs one."""
    if ending.get("ruth"):
        return {"email": "ruth.hale@example.org"}
    people = read("people.yaml")["people"]
    return dict(people[nth % len(people)]) if ending.get("answered") or nth % 3 else {}


def _days(teller: Teller, organisation: str, home: str, longest: int) -> Iterator[_Day]:
    """The days before today on which homes whose address has these words had a bin emptied, latest first."""
    homes = {uprn for uprn, line in addresses().items() if home in line}
    found: dict[date, _Day] = {}
    for made in teller.place.books[organisation].before(legal_date(teller.now), longest):
        code = f"{weekday_of(made)}-{made.route.container.value.upper()}"
        here = tuple(u for u in teller.place.on_round.get((organisation, code), ()) if u in homes)
        if here and not (organisation == "calder-vale" and _is_late(teller, made)):
            found.setdefault(made.collection.day, []).append((made, here))
    yield from found.values()


def _is_late(teller: Teller, made: RoundDay) -> bool:
    """Rounds of the weekday that is noted as delayed were not reported lately: nobody can."""
    lately = legal_date(teller.now) - made.collection.day < timedelta(days=8)
    return lately and weekday_of(made) == teller.place.chosen.late and not is_food(made)
