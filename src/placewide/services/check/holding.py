"""Messages that may put somebody in danger: held back where a rule asks for care, and reached before they are sent."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.services.check.places import Subject
from placewide.services.format.terms import Fault, Path
from placewide.services.terms import CaseType


def faults(subject: Subject) -> Iterator[Fault]:
    for case, path in subject.cases():
        yield from _rows(subject, case, path)
    asks = [n for n, rule in enumerate(subject.package.rules) if rule.reach]
    if asks and not any(row.held for case in subject.package.cases for row in case.followers):
        rule = subject.package.rules[asks[0]]
        what = f"The rule “{rule.id}” asks how it is safe to reach people, but messages are sent to all the same."
        remedy = "Say “sends: held” in process.yaml, at a follower to whom nothing may be sent while it holds."
        yield subject.fault("rules.yaml", ("rules", asks[0], "reach"), what, remedy)


def _rows(subject: Subject, case: CaseType, path: Path) -> Iterator[Fault]:
    always: set[str] = set()
    for n, row in enumerate(case.followers):
        where = (*path, "followers", n)
        if row.held and row.person in always:
            what = f"Messages to “{row.person}” are never held: a row before this one holds always."
            yield subject.fault("process.yaml", where, what, "Put this row first.")
        if row.held and row.opened == "":
            what = "What is held back is said by staff, but here is nothing to say."
            remedy = "Name under “opened” what the person would be told, or take “opened” out."
            yield subject.fault("process.yaml", (*where, "opened"), what, remedy)
        if row.person in always and not row.held:
            what = f"This row is never looked at: one before it already says what “{row.person}” sees, always."
            remedy = "Say “when” at the one before, put this one first, or take it out."
            yield subject.fault("process.yaml", where, what, remedy)
        if not row.when:
            always.add(row.person)
