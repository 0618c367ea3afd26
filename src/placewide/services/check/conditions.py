"""Conditions: every name known where it is used, like compared with like, none that can never hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from placewide.services.check.places import Subject
from placewide.services.conditions import Known, holds
from placewide.services.conditions.parse import ConditionFault, names, parse
from placewide.services.conditions.types import kind_of
from placewide.services.conditions.values import ANY, BOOL, DATE, TEXT, ValueKind, list_of, record
from placewide.services.facts import FACTS
from placewide.services.format.terms import Fault, Path
from placewide.services.kinds import KINDS
from placewide.services.rules.walking import page_key
from placewide.services.terms import Package, Page, Question, Rule

NAME = re.compile("[a-z][a-z0-9_]*")
MOST_TRIALS = 5000  # combinations of answers tried to see whether a condition can hold


@dataclass(frozen=True, slots=True)
class Used:
    """One condition, where it stands, and what is known there."""

    file: str
    path: Path
    text: str
    known: dict[str, ValueKind]
    wanted: ValueKind = BOOL


def faults(subject: Subject) -> Iterator[Fault]:
    spoken: set[str] = set()
    for used in _conditions(subject):
        if not used.text:
            continue
        try:
            tree = parse(used.text)
            kind = kind_of(tree, used.known)
            if not kind.fits(used.wanted):
                raise ConditionFault(
                    f"This gives a {kind.name}, not a {used.wanted.name}.", "Compare it with something."
                )
        except ConditionFault as fault:
            spoken |= facts_meant(NAME.findall(used.text))  # a slip in it makes none of its names unused
            yield subject.fault(used.file, used.path, fault.what, fault.remedy)
            continue
        spoken |= names(tree)
        if used.wanted == BOOL and not _can_hold(used, names(tree)):
            remedy = "Mend the condition, or take out what it decides."
            yield subject.fault(used.file, used.path, "This can never hold.", remedy)
    yield from _unused_facts(subject, spoken)


def _unused_facts(subject: Subject, spoken: set[str]) -> Iterator[Fault]:
    questions = [question for question, _, _ in subject.questions()]
    spoken = spoken | facts_meant(question.options_from for question in questions)
    for n, fact in enumerate(subject.package.facts):
        in_words = any(f"{{{fact}" in text for w in subject.package.words.values() for text in w.texts.values())
        if fact in FACTS and fact not in spoken and not in_words:
            what = f"The fact “{fact}” is never used."
            yield subject.fault("service.yaml", ("facts", n), what, "Take it out: ask for no more than is needed.")


def facts_meant(names: Iterable[str]) -> set[str]:
    """The facts that names are, or are near to: what is misspelt is another fault, told once."""
    return {fact for name in names for fact in difflib.get_close_matches(name, FACTS, 1)}


def _conditions(subject: Subject) -> Iterator[Used]:
    yield from _on_pages(subject)
    package, everything = subject.package, known_after(subject.package, None)
    for n, rule in enumerate(package.rules):
        yield Used("rules.yaml", ("rules", n, "when"), rule.when, _known_to_rule(package, rule))
    for n, row in enumerate(package.fees):
        yield Used("fees.yaml", ("fees", n, "when"), row.when, everything)
    for n, wording in enumerate(package.wordings):
        yield Used("service.yaml", ("wordings", n, "when"), wording.when, everything)
    for n, person in enumerate(package.people):
        yield Used("process.yaml", ("people", n, "when"), person.when, everything)
    for case, path in subject.cases():
        yield Used("process.yaml", (*path, "when"), case.when, everything)
        for n, follower in enumerate(case.followers):
            yield Used("process.yaml", (*path, "followers", n, "when"), follower.when, everything)
    yield from _in_steps(subject)
    yield Used("service.yaml", ("matter",), package.matter, everything, TEXT)


def _in_steps(subject: Subject) -> Iterator[Used]:
    """Whoever takes a step has the step's form before them, and not the answers of whoever sent the case."""
    for _, step, path in subject.steps():
        known = {"today": DATE}
        for n, question in enumerate(step.asks):
            yield Used("process.yaml", (*path, "asks", n, "when"), question.when, known)
            known = known | {question.id: KINDS[question.kind].value(question) if question.kind in KINDS else ANY}


def _on_pages(subject: Subject) -> Iterator[Used]:
    known = known_before(subject.package)
    for page, path in subject.pages():
        yield Used("questions.yaml", (*path, "when"), page.when, known)
        for q, question in enumerate(page.questions):
            where = (*path, "questions", q)
            yield Used("questions.yaml", (*where, "when"), question.when, known)
            for n, option in enumerate(question.options):
                yield Used("questions.yaml", (*where, "options", n, "when"), option.when, known)
        known = known | given_by(page)


def known_before(package: Package) -> dict[str, ValueKind]:
    """The names that conditions know before anything is asked; a fact that was misspelt is another check's."""
    return {"today": DATE, **{fact: FACTS[fact] for fact in sorted(facts_meant(package.facts))}}


def known_after(package: Package, page_id: str | None) -> dict[str, ValueKind]:
    """The names known once page ``page_id`` is answered; after all pages for None."""
    known = known_before(package)
    for page in package.pages:
        known |= given_by(page)
        if page.id == page_id:
            break
    return known


def _known_to_rule(package: Package, rule: Rule) -> dict[str, ValueKind]:
    """What is known once its page is answered; with a task list the other sections too, which may be done before it."""
    known = known_after(package, rule.after)
    if not package.task_list:
        return known
    others = (s for s in package.sections if rule.after not in {page.id for page in s.pages})
    for page in (page for section in others for page in section.pages):
        known |= given_by(page)
    return known


def given_by(page: Page) -> dict[str, ValueKind]:
    """The names that a page's answers give, and their kinds: anything, where another check finds the fault."""
    kinds = {q.id: KINDS[q.kind].value(q) if q.kind in KINDS else ANY for q in page.questions}
    if page.repeat:
        return {page_key(page): list_of(record(**kinds))}
    return kinds | {q.chosen_as: _entry(q) for q in page.questions if q.chosen_as}


def _entry(question: Question) -> ValueKind:
    fact = FACTS.get(question.options_from)
    return (fact.item if fact else None) or ANY


def _can_hold(used: Used, spoken: frozenset[str]) -> bool:
    """Tries every combination of answers, where all that is spoken of can be listed; else trusts it."""
    listed = [(name, _every(used.known[name])) for name in sorted(spoken)]
    trials = 1
    for _, values in listed:
        trials *= len(values)
    if not all(values for _, values in listed) or trials > MOST_TRIALS:
        return True
    tried = ([name for name, _ in listed], product(*(values for _, values in listed)))
    return any(holds(used.text, Known(dict(zip(tried[0], values, strict=True))), in_doubt=False) for values in tried[1])


def _every(kind: ValueKind) -> list[Any]:
    """Every value of a kind that has few, nothing included; empty for a kind that has many."""
    if kind.name == "yes or no":
        return [None, True, False]
    if kind.name == "text" and kind.words:
        return [None, *sorted(kind.words)]
    if kind.name == "list" and kind.item and kind.item.words:
        words = sorted(kind.item.words)
        return [None, *([word] for word in words), words]
    return []
