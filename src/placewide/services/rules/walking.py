"""Walking through a package's pages: which are asked, of which answers count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from placewide.services.conditions import Known, holds
from placewide.services.terms import Answers, Facts, Package, Page, Question, Walk

Answering = Callable[[Page, Sequence[Question], Known], dict[str, Any]]


def page_key(page: Page) -> str:
    """The name under which a repeated page's answers are kept: its id in snake_case."""
    return page.id.replace("-", "_")


def names_of(page: Page) -> tuple[str, ...]:
    """The names of answers that a page gives."""
    return (page_key(page),) if page.repeat else tuple(question.id for question in page.questions)


def known_before(package: Package, facts: Facts, on: date) -> Known:
    """What is known before anything is asked. Every name of the package stands for something, if only for null."""
    names: dict[str, Any] = dict.fromkeys((*package.facts, *(n for page in package.pages for n in names_of(page))))
    names |= {question.chosen_as: None for page in package.pages for question in page.questions if question.chosen_as}
    return Known(names | dict(facts) | {"today": on.isoformat()})


def pages_asked(package: Package, facts: Facts, on: date, answering: Answering) -> tuple[tuple[Page, ...], Known]:
    """Every page that is asked, in order; ``answering`` gives the answers of each, on which the next ones depend.

    In doubt a page or question is asked: asking too much loses nothing.
    """
    known, path = known_before(package, facts, on), []
    for page in package.pages:
        if not holds(page.when, known, in_doubt=True):
            continue
        questions = [q for q in page.questions if holds(q.when, known, in_doubt=True)]
        given = answering(page, questions, known)
        path.append(page)
        known.learn(given)
        known.learn(_entries_chosen(questions, known))
    return tuple(path), known


def _entries_chosen(questions: Sequence[Question], known: Known) -> dict[str, Any]:
    """For questions whose options come from a fact: the entry that was chosen, under the name the package gives it."""
    return {
        q.chosen_as: next((e for e in known.names.get(q.options_from) or () if e["id"] == known.names.get(q.id)), None)
        for q in questions
        if q.chosen_as
    }


def walk(package: Package, answers: Answers, facts: Facts, on: date) -> Walk:
    """The way of answers that were checked before; what is no longer asked is left out.

    A page is answered once each of its questions has an answer or, where it need not be answered, was passed
    (its value is then None): :func:`check_page` gives values for all of them. A choice that is no longer among the
    entries of its fact is no answer any more.
    """
    kept: dict[str, Any] = {}
    unanswered: list[str] = []

    def answering(page: Page, questions: Sequence[Question], known: Known) -> dict[str, Any]:
        given = _given(page, questions, answers)
        gone = {} if page.repeat else {q.id: None for q in questions if not _still_there(q, given.get(q.id), known)}
        given = {name: value for name, value in given.items() if name not in gone}
        kept.update(given)
        if not _is_answered(page, questions, given):
            unanswered.append(page.id)
        return given

    path, known = pages_asked(package, facts, on, answering)
    return Walk(path, kept, known.names, tuple(unanswered))


def _given(page: Page, questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    names = [page_key(page)] if page.repeat else [question.id for question in questions]
    return {name: answers[name] for name in names if name in answers}


def _still_there(question: Question, chosen: Any, known: Known) -> bool:
    """Whether what was chosen can still be chosen: after another address, its bins are others."""
    if not question.options_from or chosen is None:
        return True
    return any(entry["id"] == chosen for entry in known.names.get(question.options_from) or ())


def _is_answered(page: Page, questions: Sequence[Question], given: Mapping[str, Any]) -> bool:
    if page.repeat:
        return page_key(page) in given and len(given[page_key(page)] or ()) >= page.repeat.least
    return all(q.id in given and (given[q.id] is not None or not q.required) for q in questions)
