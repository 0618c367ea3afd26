"""Examples: that there are some, that they speak of what exists, and that every rule and case is shown by one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from placewide.services.check.conditions import facts_meant
from placewide.services.check.keys import messages, written_messages
from placewide.services.check.places import Subject
from placewide.services.format.terms import Example, Fault, Path, Place
from placewide.services.rules.walking import names_of
from placewide.services.terms import Package


def faults(subject: Subject) -> Iterator[Fault]:
    examples = subject.source.examples
    if not any(file.startswith("examples/") for file in subject.source.reads):
        remedy = "Write one for each way through: answers, and what must come of them."
        yield Fault(Place("examples"), "There are no examples.", remedy)
        return
    for file, example in examples.items():
        for path, sort, name, known in _named(subject.package, example):
            if name not in known:
                near = difflib.get_close_matches(name, list(known), 1)
                remedy = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known) or 'none'}."
                yield subject.fault(file, path, f"There is no {sort} “{name}”.", remedy)
    if set(examples) == {file for file in subject.source.reads if file.startswith("examples/")}:
        yield from _never_shown(subject, examples.values())  # what cannot be read may show it


def _named(package: Package, example: Example) -> Iterator[tuple[Path, str, str, Iterable[str]]]:
    """Every id that an example speaks of: its path, what it is, and those that exist."""
    pages, rules = [p.id for p in package.pages], [r.id for r in package.rules]
    cases, expect = [c.id for c in package.cases], example.expect
    for fact in example.facts:
        yield ("facts", fact), "fact", fact, [*package.facts, *facts_meant(package.facts), "today"]
    answers = [name for page in package.pages for name in names_of(page)]
    for name in example.answers:
        if not any(problem.startswith(f"{name}:") for problem in expect.problems):
            yield ("answers", name), "question", name, answers
    lists = {
        "path": ("page", pages),
        "unanswered": ("page", pages),
        "urgent": ("rule", rules),
        "notes": ("rule", rules),
    }
    for part, (sort, known) in (lists | {"cases": ("case", cases)}).items():
        for n, name in enumerate(getattr(expect, part)):
            yield ("expect", part, n), sort, name, known
    if expect.stop:
        yield ("expect", "stop"), "rule", expect.stop, rules
    for n, message in enumerate(expect.messages or ()):
        yield ("expect", "messages", n), "message", message, messages(package) | written_messages(package)
    people = [person.id for person in package.people]
    for case_id, held in expect.held.items():
        yield ("expect", "held", case_id), "case", case_id, cases
        for n, person in enumerate(held):
            yield ("expect", "held", case_id, n), "person", person, people
    yield from _named_in_steps(package, example, cases)


def _named_in_steps(
    package: Package, example: Example, cases: list[str]
) -> Iterator[tuple[Path, str, str, Iterable[str]]]:
    for n, taken in enumerate(example.steps):
        path: Path = ("steps", n)
        case_id = taken.case or (cases[0] if len(cases) == 1 else "")
        yield (*path, "case"), "case", case_id, cases
        case = next((c for c in package.cases if c.id == case_id), None)
        if case is None:
            continue
        yield (*path, "step"), "step", taken.step, [s.id for s in case.steps]
        yield (*path, "state"), "state", taken.state, [s.id for s in case.states]
        if taken.message:
            yield (*path, "message"), "message", taken.message, messages(package) | written_messages(package)
        for m, person in enumerate(taken.to or ()):
            yield (*path, "to", m), "person", person, [row.id for row in package.people]


def _never_shown(subject: Subject, examples: Iterable[Example]) -> Iterator[Fault]:
    shown: set[str] = set()
    known = [*(rule.id for rule in subject.package.rules), *(case.id for case in subject.package.cases)]
    for example in examples:
        expect = example.expect
        for name in (*expect.urgent, *expect.notes, *expect.cases, expect.stop or ""):
            shown |= set(difflib.get_close_matches(name, known, 1))  # a slip was told where it stands
    for n, rule in enumerate(subject.package.rules):
        if rule.id not in shown:
            remedy = "Write an example in which it holds."
            yield subject.fault("rules.yaml", ("rules", n), f"No example shows the rule “{rule.id}”.", remedy)
    for n, case in enumerate(subject.package.cases):
        if case.id not in shown:
            remedy = "Write an example that opens it."
            yield subject.fault("process.yaml", ("cases", n), f"No example opens the case “{case.id}”.", remedy)
