"""Putting a question to one person, and reading what they send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from placewide.services.conditions import Known, holds
from placewide.services.kinds import KINDS, Form, own_texts
from placewide.services.rules.wording import Speaker, questions_of, words_given
from placewide.services.terms import Asked, Choice, Component, Package, Page, Problem, Question


def ask(question: Question, speaker: Speaker) -> Asked:
    """The question in the speaker's words, with the choices that this person has."""
    key = f"questions.{question.id}"
    own = own_texts(question.kind, speaker.language)
    given = words_given(speaker.package).get(question.id, frozenset())
    names = {*own, *KINDS[question.kind].words}
    # A name may have words in one language only: the others keep the kind's own.
    said = {name: text for name in given & names if (text := speaker.say(f"{key}.{name}"))}
    return Asked(
        question=question,
        language=speaker.language,
        label=speaker.say(f"{key}.label"),
        today=date.fromisoformat(speaker.known["today"]),
        hint=speaker.say(f"{key}.hint"),
        choices=_choices(question, speaker),
        texts={**own, **said},
    )


def _choices(question: Question, speaker: Speaker) -> tuple[Choice, ...]:
    if question.options_from:
        return tuple(_entry(entry, speaker) for entry in speaker.known.get(question.options_from) or ())
    key = f"questions.{question.id}"
    known = Known(speaker.known) if any(option.when for option in question.options) else Known({})
    return tuple(
        Choice(option.id, speaker.say(f"{key}.options.{option.id}"), speaker.say(f"{key}.options_hint.{option.id}"))
        for option in question.options
        if holds(option.when, known, in_doubt=True)
    )


def _entry(entry: Mapping[str, Any], speaker: Speaker) -> Choice:
    """An entry of a fact; its text may be one per language."""
    text = entry["text"]
    if isinstance(text, Mapping):
        text = text.get(speaker.language) or next(iter(text.values()), "")
    return Choice(str(entry["id"]), str(text))


def questions_on(page: Page, known: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a page that are asked."""
    names = Known(known)
    return tuple(question for question in page.questions if holds(question.when, names, in_doubt=True))


def read_page(page: Page, form: Form, known: Mapping[str, Any]) -> dict[str, Any]:
    """The raw answers that a page's form holds, ready for :func:`check_page` or to be shown again."""
    return read_questions(questions_on(page, known), form)


def read_questions(questions: Sequence[Question], form: Form) -> dict[str, Any]:
    """The raw answers to questions wherever they are asked."""
    return {question.id: KINDS[question.kind].read(question, form) for question in questions}


def raw_of(page: Page, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers given before, to be shown again: a value is always a raw answer that is accepted."""
    return {question.id: answers.get(question.id) for question in page.questions}


def draw_page(
    page: Page,
    raw: Mapping[str, Any],
    problems: Sequence[Problem],
    speaker: Speaker,
    *,
    heading: bool,
    found: Mapping[str, tuple[Choice, ...]] = MappingProxyType({}),
) -> tuple[Component, ...]:
    """The page's questions as components. ``heading``: the label of a single question is the page's heading.

    ``found`` are choices that were looked for, by question: addresses.
    """
    questions = questions_on(page, speaker.known)
    alone = heading and len(page.questions) == 1
    return draw_questions(questions, raw, problems, speaker, heading=alone, found=found)


def draw_questions(
    questions: Sequence[Question],
    raw: Mapping[str, Any],
    problems: Sequence[Problem],
    speaker: Speaker,
    *,
    heading: bool = False,
    found: Mapping[str, tuple[Choice, ...]] = MappingProxyType({}),
) -> tuple[Component, ...]:
    """Questions as components, wherever they are asked: on a page, or with a step of the process."""
    drawn = []
    for question in questions:
        errors = {p.part: speaker.problem(p) for p in reversed(problems) if p.question == question.id}
        asked = ask(question, speaker)
        if question.id in found:
            asked = replace(asked, choices=found[question.id])
        drawn.append(KINDS[question.kind].draw(asked, raw.get(question.id), errors, heading))
    return tuple(drawn)


def field_id(package: Package, problem: Problem) -> str:
    """The id of the field to go to in order to mend a problem."""
    if problem.part:
        return f"{problem.question}-{problem.part}"
    question = questions_of(package).get(problem.question)
    return problem.question + (KINDS[question.kind].first_field if question else "")
