"""Running a package's examples: what was expected beside what came of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from placewide.kernel.calendar import add_working_days
from placewide.kernel.clock import LONDON
from placewide.services import rules
from placewide.services.format import Example, Source, StepTaken
from placewide.services.format.terms import Path, Place
from placewide.services.terms import CaseType, Deadline, DeadlineUnit, Follower, Outcome, Package, Walk

OPENS_AT = time(9)  # the time of day at which examples happen


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that came out otherwise than an example expects."""

    place: Place
    what: str
    expected: str
    actual: str


def differences(source: Source, file: str, example: Example) -> tuple[Difference, ...]:
    """What came out otherwise in one example; empty if all is as expected. The package must have passed its check."""
    assert source.package is not None
    return tuple(_Trial(source, source.package, file, example).run())


@dataclass(frozen=True, slots=True)
class _Trial:
    source: Source
    package: Package
    file: str
    example: Example

    def run(self) -> Iterator[Difference]:
        values, problems = self._checked()
        yield from self._compare("problems", sorted(self.example.expect.problems), problems)
        if problems:
            return
        way = rules.walk(self.package, values, self.example.facts, self.example.on)
        found = rules.outcome(self.package, values, self.example.facts, self.example.on)
        yield from self._outcome(found, way)
        yield from self._reason(found, way)
        yield from self._followers(way)
        yield from self._held(found, way)
        yield from self._steps(way)

    def _checked(self) -> tuple[dict[str, Any], list[str]]:
        """The values, and what is wrong with them. What an example does not answer is not wrong, only unanswered."""
        first = self.package.languages[0]
        answers = self.example.answers
        values, problems = rules.check_all(self.package, answers, self.example.facts, first, self.example.on)
        required = {q.id for page in self.package.pages for q in page.questions if q.required}
        given = {name: value for name, value in values.items() if name in answers or name not in required}
        wrong = [p for p in problems if p.question in answers or p.key != "missing" or "item" in p.particulars]
        expected = {problem.partition(":")[0] for problem in self.example.expect.problems}
        wrong += [p for p in problems if p not in wrong and p.question in expected]
        return given, sorted(f"{p.question}: {p.key}" for p in wrong)

    def _outcome(self, found: Outcome, way: Walk) -> Iterator[Difference]:
        expect = self.example.expect
        yield from self._compare("path", list(expect.path), list(found.path))
        yield from self._compare("unanswered", list(expect.unanswered), list(found.unanswered))
        yield from self._compare("stop", expect.stop, found.stop.id if found.stop else None)
        yield from self._compare("urgent", list(expect.urgent), [rule.id for rule in found.urgent])
        yield from self._compare("notes", list(expect.notes), [rule.id for rule in found.notes])
        yield from self._compare("fee", expect.fee, found.fee.pence)
        yield from self._compare("cases", list(expect.cases), list(found.cases))
        if expect.messages is not None:
            yield from self._compare("messages", list(expect.messages), self._sent(found, way))

    def _sent(self, found: Outcome, way: Walk) -> list[str]:
        """The messages of the cases that open, each once: the case's own, and what it says to one person instead."""
        kinds = [self.package.case_type(case) for case in found.cases]
        rows = [(kind, rules.followers(self.package, kind, way.known)) for kind in kinds]
        own = [(kind, [row.opened for row in some if not row.held] if some else [None]) for kind, some in rows]
        sent = [kind.opened if opened is None else opened for kind, said in own for opened in said]
        return [message for message in dict.fromkeys(sent) if message]

    def _reason(self, found: Outcome, way: Walk) -> Iterator[Difference]:
        wanted = self.example.expect.reason
        said = ""
        if found.stop:
            voice = rules.speaker(self.package, self.package.languages[0], way.known)
            said = f"{voice.say(f'rules.{found.stop.id}.title')} {voice.say(f'rules.{found.stop.id}.body')}"
        if wanted and wanted.casefold() not in " ".join(said.split()).casefold():
            yield from self._compare("reason", wanted, " ".join(said.split()) or "nothing")

    def _followers(self, way: Walk) -> Iterator[Difference]:
        for case_id, expected in self.example.expect.followers.items():
            sees = {row.person: row.sees for row in self._following(case_id, way)}
            for person, wanted in expected.items():
                yield from self._compare(f"followers.{case_id}.{person}", wanted, sees.get(person, "nothing"))

    def _held(self, found: Outcome, way: Walk) -> Iterator[Difference]:
        """To whom nothing may be sent: said for every case, since a letter too many cannot be taken back."""
        for case_id in dict.fromkeys((*found.cases, *self.example.expect.held)):
            held = [row.person for row in self._following(case_id, way) if row.held]
            yield from self._compare(f"held.{case_id}", list(self.example.expect.held.get(case_id, ())), held)

    def _following(self, case_id: str, way: Walk) -> tuple[Follower, ...]:
        case = next((c for c in self.package.cases if c.id == case_id), None)
        return rules.followers(self.package, case, way.known) if case else ()

    def _steps(self, way: Walk) -> Iterator[Difference]:
        nation, now = self.package.nations[0], datetime.combine(self.example.on, OPENS_AT, LONDON)
        standing = {case.id: (case.first, now) for case in self.package.cases}
        endangered: set[str] = set()
        for number, taken in enumerate(self.example.steps):
            case = self.package.case_type(taken.case or self.package.cases[0].id)
            now = _later(now, taken.after, nation) if taken.after else now
            state, refused, message = self._take(case, taken, standing[case.id], way, now)
            if state != standing[case.id][0]:
                standing[case.id] = state, now
            path: Path = ("steps", number)
            yield from self._compare(f"state after {taken.step}", taken.state, state, (*path, "state"))
            yield from self._compare(f"refusal of {taken.step}", list(taken.refused), refused, (*path, "refused"))
            yield from self._compare(f"message of {taken.step}", taken.message, message, (*path, "message"))
            danger = "" if refused else rules.endangered(case.step(taken.step), taken.reason)
            endangered |= {danger} - {""}
            yield from self._compare(f"danger of {taken.step}", taken.danger, danger, (*path, "danger"))
            if taken.to is not None:
                hear = (row for row in self._following(case.id, way) if not row.held and row.sees != "messages")
                to = [row.person for row in hear if message and row.person not in endangered]
                yield from self._compare(f"who is sent {taken.step}", list(taken.to), to, (*path, "to"))

    def _take(
        self, case: CaseType, taken: StepTaken, standing: tuple[str, datetime], way: Walk, now: datetime
    ) -> tuple[str, list[str], str | None]:
        nation, language = self.package.nations[0], self.package.languages[0]
        made = rules.take_step(case, *standing, taken.step, role=taken.by, reason=taken.reason, now=now, nation=nation)
        step = case.step(taken.step)
        _, problems = rules.check_step(self.package, step, taken.answers, way.known, language)
        if problems and made.allowed:
            return standing[0], ["answers-missing"], None
        return made.state, list(made.refusals), made.message or None

    def _compare(self, what: str, expected: object, actual: object, path: Path = ()) -> Iterator[Difference]:
        if expected != actual:
            place = self.source.place(self.file, *(path or ("expect", *what.split("."))))
            yield Difference(place, what, _shown(expected), _shown(actual))


def _later(now: datetime, after: Deadline, nation: str) -> datetime:
    if after.unit is DeadlineUnit.WORKING_DAYS:
        return datetime.combine(add_working_days(now.date(), after.number, nation), now.time(), LONDON)
    return now + timedelta(**{after.unit.value: after.number})


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)
