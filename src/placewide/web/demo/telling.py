"""Tells what happened, in the order in which it happened, through the same actions as everything else.

A life is what became of one report or request: it says when its next thing happens, and does it once that moment has
come. Lives are told together, so that whatever one decision sees of the others had happened by then.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from placewide.cases import actions as cases
from placewide.cases import reads as case_reads
from placewide.cases.making import makers_for
from placewide.cases.terms import Sent, Written
from placewide.journeys import reads as journeys
from placewide.journeys.asking import complete_addresses
from placewide.kernel import ids
from placewide.kernel.calendar import add_working_days
from placewide.kernel.clock import LONDON, legal_date
from placewide.kernel.terms import Viewer
from placewide.people import actions as people
from placewide.services import reads as services
from placewide.services import rules
from placewide.services.terms import LiveService, Package
from placewide.web.demo.place import STAFF, DemoPlace

Life = Iterator[datetime]
Happening = Mapping[str, Any]  # one line of a life, as the files of demo/ have it

_NATION = "England"
_SEEN_FOR = timedelta(days=90)  # by whoever was asked to act
_FIRST_THING = time(8, 40)


class NotAsTold(Exception):
    """The demo's files say what the packages no longer allow. Names the service and the fields."""


@dataclass(slots=True)
class Teller:
    """Who acts in the demo, and until when."""

    place: DemoPlace
    now: datetime
    _services: dict[tuple[str, str], LiveService] = field(default_factory=dict)

    def service(self, organisation: str, slug: str) -> LiveService:
        """A live service of an organisation."""
        if (organisation, slug) not in self._services:
            self._services[organisation, slug] = services.live(self.place.bodies[organisation].id, slug)
        return self._services[organisation, slug]

    def member(self, name: str) -> Viewer:
        """A member of staff, as they look at their work."""
        member = next(member for member in STAFF if member.name == name)
        team = self.place.teams[member.organisation, member.team]
        organisation = self.place.bodies[member.organisation].id
        return Viewer(self.place.users[name], organisation, frozenset({team}), frozenset({member.role.value}))

    def send(
        self, live: LiveService, raw: Mapping[str, Any], language: str, at: datetime, user_id: UUID | None = None
    ) -> Sent:
        """Answers arrive whole, as through the API, and are checked as a page checks them. Raises NotAsTold."""
        journey_id, viewer = ids.new_id(), Viewer(user_id=user_id)
        raw = _addresses(live.package, raw)
        seen = journeys.arriving(live, journey_id, raw, language=language, viewer=viewer, now=at)
        values, problems = rules.check_all(live.package, raw, seen.facts, language, legal_date(at))
        if problems:
            raise NotAsTold(f"{live.package.id}: {', '.join(f'{p.question} {p.key}' for p in problems)}")
        seen = journeys.arriving(live, journey_id, values, language=language, viewer=viewer, now=at)
        if not seen.outcome.may_be_sent:
            raise NotAsTold(f"{live.package.id} at {at:%Y-%m-%d %H:%M}: {seen.outcome.stop or seen.outcome.unanswered}")
        return cases.submit(seen, makers_for(seen), arrived=True, actor=viewer.actor, now=at)

    def after(self, moment: datetime, happening: Happening, nth: int) -> datetime:
        """When it happens: so many working days after ``moment``, at a time of day; never later than now."""
        days = int(happening.get("after", 0))
        day = add_working_days(legal_date(moment), days, _NATION) if days else legal_date(moment)
        told = str(happening.get("at", ""))
        clock = time.fromisoformat(told) if told else _FIRST_THING
        wanted = datetime.combine(day, clock, tzinfo=LONDON) + timedelta(minutes=nth * 7 % 45)
        soonest = moment + timedelta(minutes=20 + nth % 25)
        return min(max(wanted, soonest), max(moment, self.now - timedelta(minutes=3)))


def tell(lives: Iterable[Life]) -> None:
    """Let all of it happen, in order of time."""
    waiting = [(at, nth, life) for nth, life in enumerate(lives) if (at := next(life, None)) is not None]
    heapq.heapify(waiting)
    while waiting:
        _, nth, life = heapq.heappop(waiting)
        following = next(life, None)
        if following is not None:
            heapq.heappush(waiting, (following, nth, life))


def life(
    teller: Teller,
    opened: datetime,
    send: Callable[[datetime], Sent],
    happenings: Iterable[Happening],
    *,
    nth: int,
    user_id: UUID | None = None,
) -> Life:
    """Something is sent; then what the files say happens to its case, or to the one of its cases they name."""
    yield opened
    sent, at = send(opened), opened
    resident = Viewer(user_id=user_id, grants=frozenset(sent.grants))
    for happening in happenings:
        at = teller.after(at, happening, nth)
        yield at
        case_id = sent.case_ids[int(happening.get("case", 1)) - 1]
        who = happening["by"]
        _happen(teller, case_id, happening, resident if who == "resident" else teller.member(who), at)


def _happen(teller: Teller, case_id: UUID, happening: Happening, viewer: Viewer, at: datetime) -> None:
    if "write" in happening:
        cases.write(case_id, Written(text=happening["write"], language="en"), viewer=viewer, now=at)
    elif "note" in happening:
        cases.note(case_id, happening["note"], viewer=viewer, now=at)
    elif "warn" in happening:
        _warn(case_id, happening, viewer, at)
    elif "assign" in happening:
        cases.assign([case_id], teller.place.users[happening["assign"]], viewer=viewer, now=at)
    elif "to" in happening:
        _hand_over(teller, case_id, happening, viewer, at)
    else:
        written = _written(happening, at)
        cases.take_step(
            case_id, happening["step"], reason=happening.get("reason", ""), written=written, viewer=viewer, now=at
        )


def _warn(case_id: UUID, happening: Happening, viewer: Viewer, at: datetime) -> None:
    line = next(iter(case_reads.chosen(viewer, [case_id], "en", now=at)))
    found = case_reads.staff_case(viewer, line.reference, "en", now=at)
    if found is None or found.person is None:
        raise NotAsTold("A warning is about the person of a case")
    review = legal_date(at) + timedelta(days=happening["days"])
    people.warn(found.person.id, happening["warn"], review, viewer=viewer, now=at)


def _hand_over(teller: Teller, case_id: UUID, happening: Happening, viewer: Viewer, at: datetime) -> None:
    organisation, _, team = happening["to"].partition("/")
    cases.hand_over(
        case_id,
        happening["step"],
        to_organisation_id=teller.place.bodies[organisation].id,
        to_team_id=teller.place.teams[organisation, team],
        reason=happening.get("reason", ""),
        why=happening["why"],
        ends=at + _SEEN_FOR,
        written=_written(happening, at),
        viewer=viewer,
        now=at,
    )


def _written(happening: Happening, at: datetime) -> Written:
    answers = happening.get("answers", {})
    today = legal_date(at).isoformat()
    recorded = {name: today if value == "today" else value for name, value in answers.items()}
    return Written(recorded=recorded, language="en")


def _addresses(package: Package, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The words of each address beside its reference number, as a page puts them there."""
    known = dict(raw)
    for page in package.pages:
        asked = {question.id: known[question.id] for question in page.questions if question.id in known}
        known |= complete_addresses(page.questions, asked)[0]
    return known
