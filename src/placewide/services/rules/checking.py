"""Checking answers: the same for a page, the API, a step and an example of a package."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from placewide.services.conditions import Known, holds
from placewide.services.kinds import KINDS
from placewide.services.rules.asking import ask, questions_on
from placewide.services.rules.walking import names_of, page_key, pages_asked
from placewide.services.rules.wording import Speaker, questions_of, speaker
from placewide.services.terms import Facts, Package, Page, Problem, Question, Step

Values = dict[str, Any]
Problems = tuple[Problem, ...]
MOST_UNKNOWN = 20  # named in one answer, however many names that nobody knows were sent


def check_page(
    package: Package, page: Page, raw: Mapping[str, Any], known: Mapping[str, Any], language: str
) -> tuple[Values, Problems]:
    """The values of a page (for a repeated one: of one item), or its problems in the page's order.

    ``known`` is what a walk up to this page knows. A value stands for every question that is asked.
    """
    return _check(package, questions_on(page, known), raw, known, language)


def check_step(
    package: Package, step: Step, raw: Mapping[str, Any], known: Mapping[str, Any], language: str
) -> tuple[Values, Problems]:
    """What is recorded with a step of the process.

    A question whose condition does not hold need not be answered. What is written all the same is kept: forms show it.
    """
    values, problems = Values(), list[Problem]()
    for question in step.asks:
        names = {**known, **values}
        must = question.required and holds(question.when, Known(names), in_doubt=False)
        value, found = _check_one(replace(question, required=must), raw, speaker(package, language, names))
        values[question.id] = value
        problems.extend(found)
    return values, tuple(problems)


def _check(
    package: Package, questions: Sequence[Question], raw: Mapping[str, Any], known: Mapping[str, Any], language: str
) -> tuple[Values, Problems]:
    voice, values, problems = speaker(package, language, known), {}, list[Problem]()
    for question in questions:
        value, found = _check_one(question, raw, voice)
        values[question.id] = value
        problems.extend(found)
    return values, tuple(problems)


def _check_one(question: Question, raw: Mapping[str, Any], voice: Speaker) -> tuple[Any, Problems]:
    return KINDS[question.kind].check(ask(question, voice), raw.get(question.id))


def check_all(
    package: Package, raw: Mapping[str, Any], facts: Facts, language: str, on: date
) -> tuple[Values, Problems]:
    """The values of a whole submission, or all its problems. Raw answers are by question id; those of a repeated page
    are a list under :func:`page_key`. What is not asked may not be sent: a page would not have asked it either."""
    values: Values = {}
    problems: list[Problem] = []

    def answering(page: Page, questions: Sequence[Question], known: Known) -> Values:
        if page.repeat:
            given, found = _check_items(package, page, raw, known, language)
        else:
            given, found = _check(package, questions, raw, known.names, language)
        values.update(given)
        problems.extend(found)
        return given

    pages_asked(package, facts, on, answering)
    return values, (*problems, *_not_asked(package, raw, values))


def _not_asked(package: Package, raw: Mapping[str, Any], values: Values) -> Problems:
    ours = {name for page in package.pages for name in names_of(page)}
    extra = [name for name, value in raw.items() if name not in values and (value is not None or name not in ours)]
    return tuple(
        Problem(str(name)[:60], "not_asked" if name in ours else "unknown_question") for name in extra[:MOST_UNKNOWN]
    )


def _check_items(
    package: Package, page: Page, raw: Mapping[str, Any], known: Known, language: str
) -> tuple[Values, Problems]:
    key, repeat = page_key(page), page.repeat
    assert repeat is not None
    items = raw.get(key)
    items = [] if items is None else items
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        return {key: None}, (Problem(key, "wrong"),)
    if not repeat.least <= len(items) <= repeat.most:
        few = len(items) < repeat.least
        return {key: None}, (
            Problem(key, "too_few_items" if few else "too_many_items", {"least": repeat.least, "most": repeat.most}),
        )
    return _each_item(package, page, items, known, language)


def _each_item(
    package: Package, page: Page, items: Sequence[Mapping[str, Any]], known: Known, language: str
) -> tuple[Values, Problems]:
    questions = questions_on(page, known.names)
    values, problems = list[Values](), list[Problem]()
    for number, item in enumerate(items, start=1):
        value, found = _check(package, questions, item, known.names, language)
        strangers = sorted(str(name) for name in set(item) - {question.id for question in questions})
        values.append(value)
        problems += [Problem(p.question, p.key, {**p.particulars, "item": number}, p.part) for p in found]
        where: dict[str, str | int] = {"list": page_key(page), "item": number}
        problems += [Problem(name[:60], "unknown_question", where) for name in strangers[:MOST_UNKNOWN]]
    return {page_key(page): values}, tuple(problems)


def submission_schema(package: Package, facts: Facts, language: str, on: date) -> dict[str, Any]:
    """JSON Schema (2020-12) of the raw answers of a whole submission, as far as a schema can say it.

    Which pages are asked depends on answers; the schema requires what is always asked and allows the rest.
    """
    from placewide.services.rules.walking import known_before

    voice = speaker(package, language, known_before(package, facts, on).names)
    properties: dict[str, Any] = {}
    required: list[str] = []
    for page in package.pages:
        fields = {q.id: _described(ask(q, voice)) for q in page.questions}
        always = [q.id for q in page.questions if q.required and not q.when]
        if page.repeat:
            properties[page_key(page)] = _items_schema(page, fields, always)
            required += [page_key(page)] if page.repeat.least and not page.when else []
        else:
            properties |= fields
            required += [] if page.when else always
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _items_schema(page: Page, fields: dict[str, Any], always: list[str]) -> dict[str, Any]:
    assert page.repeat is not None
    item = {"type": "object", "properties": fields, "required": always, "additionalProperties": False}
    limits = {"minItems": page.repeat.least, "maxItems": page.repeat.most}
    return {"type": "array" if page.repeat.least else ["array", "null"], "items": item, **limits}


def _described(asked: Any) -> dict[str, Any]:
    schema = dict(KINDS[asked.question.kind].schema(asked))
    if asked.question.options_from:  # what can be chosen depends on other answers: any id may be sent, check decides
        schema = {"type": "string"}
    return {"title": asked.label, **schema, **({"description": asked.hint} if asked.hint else {})}


__all__ = ["check_all", "check_page", "check_step", "questions_of", "submission_schema"]
