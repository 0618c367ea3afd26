"""A sentence to agree to before sending. Kept as true."""

from __future__ import annotations

from typing import Any

from placewide.services.conditions.values import BOOL
from placewide.services.kinds.drawing import group
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.terms import Asked, Component, Question


def read(question: Question, form: Form) -> Any:
    return True if one(form, question.id) else None


def check(asked: Asked, raw: Any) -> Checked:
    if raw is None:
        return empty(asked)
    return (True, ()) if raw is True else wrong(asked, "missing")


def schema(asked: Asked) -> JsonSchema:
    return (
        {"type": "boolean", "const": True}
        if asked.question.required
        else {"enum": [True, None], "type": ["boolean", "null"]}
    )


def show(asked: Asked, value: Any) -> str:
    return asked.texts.get("agreed", "") if value else ""


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    item = {"value": "agreed", "text": asked.texts.get("statement", ""), "checked": raw is True}
    return Component("govukCheckboxes", group(asked, errors, heading=heading) | {"items": [item]})


KIND = Kind(
    name="declaration",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: BOOL,
    words=("statement",),
)
