"""Any of several options."""

from __future__ import annotations

from typing import Any

from placewide.services.conditions.values import TEXT, ValueKind, list_of, one_of
from placewide.services.kinds.drawing import group
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, wrong
from placewide.services.kinds.radios import items
from placewide.services.terms import Asked, Component, Question


def read(question: Question, form: Form) -> Any:
    return [value for value in form.get(question.id, ()) if value]


def check(asked: Asked, raw: Any) -> Checked:
    if raw is None or raw == []:
        return empty(asked)
    known = [choice.id for choice in asked.choices]
    if not isinstance(raw, list) or any(item not in known for item in raw) or len(set(raw)) != len(raw):
        return wrong(asked, "wrong")
    return [choice for choice in known if choice in raw], ()  # in the order shown, whatever order they came in


def schema(asked: Asked) -> JsonSchema:
    several: JsonSchema = {
        "type": "array",
        "items": {"enum": [choice.id for choice in asked.choices]},
        "uniqueItems": True,
    }
    if asked.question.required:
        return several | {"minItems": 1}
    return several | {"type": ["array", "null"]}


def show(asked: Asked, value: Any) -> str:
    return "\n".join(choice.text for choice in asked.choices if choice.id in (value or ()))


def value(question: Question) -> ValueKind:
    return list_of(one_of(*(option.id for option in question.options)) if question.options else TEXT)


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    chosen = {item for item in raw if isinstance(item, str)} if isinstance(raw, list) else set()
    return Component("govukCheckboxes", group(asked, errors, heading=heading) | {"items": items(asked, chosen)})


KIND = Kind(
    name="checkboxes", read=read, check=check, schema=schema, show=show, draw=draw, value=value, has_options=True
)
