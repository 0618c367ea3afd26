"""One of several options."""

from __future__ import annotations

from typing import Any

from placewide.services.conditions.values import TEXT, ValueKind, one_of
from placewide.services.kinds.drawing import group
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.kinds.texts import is_blank, optional
from placewide.services.terms import Asked, Component, Question


def read(question: Question, form: Form) -> Any:
    return one(form, question.id)


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    if raw not in [choice.id for choice in asked.choices]:
        return wrong(asked, "wrong")
    return raw, ()


def schema(asked: Asked) -> JsonSchema:
    return optional({"enum": [choice.id for choice in asked.choices]}, required=asked.question.required)


def show(asked: Asked, value: Any) -> str:
    return next((choice.text for choice in asked.choices if choice.id == value), "")


def value(question: Question) -> ValueKind:
    return one_of(*(option.id for option in question.options)) if question.options else TEXT


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    return Component(
        "govukRadios",
        group(asked, errors, heading=heading) | {"items": items(asked, {raw} if isinstance(raw, str) else set())},
    )


def items(asked: Asked, chosen: set[Any]) -> list[dict[str, Any]]:
    """govuk-frontend's items, with a hint where the words have one."""
    return [
        {"value": choice.id, "text": choice.text, "checked": choice.id in chosen}
        | ({"hint": {"text": choice.hint}} if choice.hint else {})
        for choice in asked.choices
    ]


KIND = Kind(name="radios", read=read, check=check, schema=schema, show=show, draw=draw, value=value, has_options=True)
