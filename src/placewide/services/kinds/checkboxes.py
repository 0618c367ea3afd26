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
    if _alone(asked) in raw and len(raw) > 1:
        return wrong(asked, "not_both")
    return [choice for choice in known if choice in raw], ()  # in the order shown, whatever order they came in


def _alone(asked: Asked) -> str:
    """The option that goes with no other ("None of these"); empty if there is none."""
    return str(asked.question.settings.get("alone", ""))


def schema(asked: Asked) -> JsonSchema:
    alone = _alone(asked)
    together = [choice.id for choice in asked.choices if choice.id != alone]
    required = asked.question.required
    several: JsonSchema = {"type": "array", "items": {"enum": together}, "uniqueItems": True}
    several |= {"minItems": 1} if required else {"type": ["array", "null"]}
    return {"anyOf": [several, {"const": [alone]}]} if alone else several


def show(asked: Asked, value: Any) -> str:
    return "\n".join(choice.text for choice in asked.choices if choice.id in (value or ()))


def value(question: Question) -> ValueKind:
    return list_of(one_of(*(option.id for option in question.options)) if question.options else TEXT)


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    chosen = {item for item in raw if isinstance(item, str)} if isinstance(raw, list) else set()
    rows = items(asked, chosen)
    for row in rows:
        if row["value"] == _alone(asked):
            row["behaviour"] = "exclusive"
    return Component("govukCheckboxes", group(asked, errors, heading=heading) | {"items": rows})


KIND = Kind(
    name="checkboxes",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=value,
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {"alone": {"type": "string", "description": "The option that goes with no other: none."}},
    },
    has_options=True,
)
