"""One line of text."""

from __future__ import annotations

from typing import Any

from placewide.services.conditions.values import TEXT
from placewide.services.kinds.drawing import field, typed
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, one
from placewide.services.kinds.texts import check_text, text_schema
from placewide.services.terms import Asked, Component, Question

MOST = 200  # characters, where the package does not say


def most(asked: Asked) -> int:
    return int(asked.question.settings.get("most", MOST))


def read(question: Question, form: Form) -> Any:
    return one(form, question.id)


def check(asked: Asked, raw: Any) -> Checked:
    return check_text(asked, raw, most(asked), lambda text: " ".join(text.split()))


def schema(asked: Asked) -> JsonSchema:
    return text_schema(most(asked), required=asked.question.required)


def show(asked: Asked, value: Any) -> str:
    return value or ""


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    settings = asked.question.settings
    parameters = field(asked, errors, heading=heading) | {"value": typed(raw), "type": "text"}
    if settings.get("autocomplete"):
        parameters["autocomplete"] = settings["autocomplete"]
    return Component("govukInput", parameters)


KIND = Kind(
    name="text",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: TEXT,
    own_words=True,
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "most": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "Characters it may have."},
            "autocomplete": {"type": "string", "description": "What browsers may fill in (HTML autocomplete)."},
        },
    },
)
