"""Ids: none twice, none that names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from placewide.services.check.places import Subject
from placewide.services.conditions.functions import FUNCTIONS
from placewide.services.facts import FACTS
from placewide.services.format.terms import Fault, Path, Place
from placewide.services.rules.walking import page_key
from placewide.services.rules.wording import STAFF, UNHEARD
from placewide.services.terms import CaseType

_TAKEN = {"true", "false", "null", "in", *FACTS, *FUNCTIONS}
_PARTICULARS = {
    "organisation",
    "phone",
    "urgent_phone",
    "reference",
    "link",
    "due",
    "reason",
    "team",
    "number",
    "asked",
}


def faults(subject: Subject) -> Iterator[Fault]:
    package = subject.package
    if subject.source.folder.resolve().name != package.id:
        remedy = f"Call the folder “{package.id}”, or the package as the folder."
        yield subject.fault("service.yaml", ("id",), f"The package is “{package.id}”, its folder is not.", remedy)
    yield from _twice(subject)
    yield from _unknown(subject)


def _twice(subject: Subject) -> Iterator[Fault]:
    package = subject.package
    pages, questions = list(subject.pages()), list(subject.questions())
    sections = [(section.id, ("sections", n)) for n, section in enumerate(package.sections)]
    yield from _doubles(subject, "questions.yaml", "section", sections)
    yield from _doubles(subject, "questions.yaml", "page", [(page.id, path) for page, path in pages])
    yield from _questions_twice(subject, {page_key(page) for page, _ in pages if page.repeat})
    for question, file, path in questions:
        options = [(option.id, (*path, "options", n)) for n, option in enumerate(question.options)]
        yield from _doubles(subject, file, "option", options)
    yield from _wordings(subject)
    rules = [(rule.id, ("rules", n)) for n, rule in enumerate(package.rules)]
    fees = [(fee.id, ("fees", n)) for n, fee in enumerate(package.fees)]
    yield from _doubles(subject, "rules.yaml", "rule", rules)
    yield from _doubles(subject, "fees.yaml", "fee", fees)
    yield from _doubles(subject, "process.yaml", "case", [(case.id, path) for case, path in subject.cases()])
    for case, path in subject.cases():
        states = [(state.id, (*path, "states", n)) for n, state in enumerate(case.states)]
        steps = [(step.id, (*path, "steps", n)) for n, step in enumerate(case.steps)]
        yield from _doubles(subject, "process.yaml", "state", states)
        yield from _doubles(subject, "process.yaml", "step", steps)


def _wordings(subject: Subject) -> Iterator[Fault]:
    named = [(wording.id, ("wordings", n)) for n, wording in enumerate(subject.package.wordings)]
    yield from _doubles(subject, "service.yaml", "wording", named)
    for name, path in named:
        if name == UNHEARD:
            what, remedy = f"“@{UNHEARD}” is said where nobody would hear of it.", "Give the wording another id."
            yield subject.fault("service.yaml", (*path, "id"), what, remedy)
        if name == STAFF:  # every sentence for it would be taken for what staff read
            what, remedy = f"“@{STAFF}” is what is said to staff instead.", "Give the wording another id."
            yield subject.fault("service.yaml", (*path, "id"), what, remedy)


def _questions_twice(subject: Subject, keys: set[str]) -> Iterator[Fault]:
    """The same question may be asked in several steps, if it is the same in all."""
    seen: dict[str, object] = dict.fromkeys(keys)
    for question, file, path in subject.questions():
        if question.id in _TAKEN | _PARTICULARS:
            remedy = "Give the question another id."
            yield subject.fault(file, (*path, "id"), f"“{question.id}” has a meaning of its own.", remedy)
        if question.id in seen and (file == "questions.yaml" or seen[question.id] != question):
            yield _double(subject, file, path, "question", question.id)
        seen[question.id] = question


def _doubles(subject: Subject, file: str, sort: str, found: Iterable[tuple[str, Path]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for name, path in found:
        if name in seen:
            yield _double(subject, file, path, sort, name)
        seen.add(name)


def _double(subject: Subject, file: str, path: Path, sort: str, name: str) -> Fault:
    return subject.fault(file, path, f"The {sort} “{name}” is there twice.", "Give one of them another id.")


def _unknown(subject: Subject) -> Iterator[Fault]:
    package = subject.package
    pages = [page.id for page in package.pages]
    for n, rule in enumerate(package.rules):
        yield from _known(subject.place("rules.yaml", ("rules", n, "after")), "page", rule.after, pages)
        if rule.reach:
            asked = [question.id for page in package.pages for question in page.questions]
            yield from _known(subject.place("rules.yaml", ("rules", n, "reach")), "question", rule.reach, asked)
    for n, fact in enumerate(package.facts):
        yield from _known(subject.place("service.yaml", ("facts", n)), "fact", fact, list(FACTS))
    questions = [question.id for page in package.pages for question in page.questions]
    for n, person in enumerate(package.people):
        for part, question in person.fields.items():
            yield from _known(
                subject.place("process.yaml", ("people", n, "fields", part)), "question", question, questions
            )
    for case, path in subject.cases():
        yield from _unknown_in_case(subject, case, path)


def _unknown_in_case(subject: Subject, case: CaseType, path: Path) -> Iterator[Fault]:
    people = [person.id for person in subject.package.people]
    states = [state.id for state in case.states]
    addresses = [q.id for page in subject.package.pages for q in page.questions if q.kind == "address"]
    yield from _known(subject.place("process.yaml", (*path, "first")), "state", case.first, states)
    if case.about:
        yield from _known(subject.place("process.yaml", (*path, "about")), "person", case.about, people)
    if case.address:
        yield from _known(
            subject.place("process.yaml", (*path, "address")), "address question", case.address, addresses
        )
    for n, follower in enumerate(case.followers):
        yield from _known(
            subject.place("process.yaml", (*path, "followers", n, "person")), "person", follower.person, people
        )
    for n, step in enumerate(case.steps):
        for m, state in enumerate(step.starts):
            yield from _known(subject.place("process.yaml", (*path, "steps", n, "from", m)), "state", state, states)
        yield from _known(subject.place("process.yaml", (*path, "steps", n, "to")), "state", step.ends, states)
        asked = [question.id for page in subject.package.pages for question in page.questions]
        for m, name in enumerate(step.shares or ()):
            yield from _known(subject.place("process.yaml", (*path, "steps", n, "shares", m)), "question", name, asked)


def _known(place: Place, sort: str, name: str, known: list[str]) -> Iterator[Fault]:
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        remedy = f"Did you mean “{near[0]}”?" if near else f"There are: {', '.join(known) or 'none'}."
        yield Fault(place, f"There is no {sort} “{name}”.", remedy)
