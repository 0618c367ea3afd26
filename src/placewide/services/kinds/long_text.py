"""Several lines of text, with a count of the characters left."""

from __future__ import annotations

from typing import Any

from placewide.services.conditions.values import TEXT
from placewide.services.kinds.drawing import field, typed
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, one
from placewide.services.kinds.texts import check_text, text_schema
from placewide.services.terms import Asked, Component, Question

MOST = 2000  # characters, where the package does not say


def most(asked: Asked) -> int:
    return int(asked.question.settings.get("most", MOST))


def read(question: Question, form: Form) -> Any:
    # Browsers send line ends as two characters; people and the count on the page see one.
    return one(form, question.id).replace("\r\n", "\n")


def check(asked: Asked, raw: Any) -> Checked:
    return check_text(asked, raw, most(asked), str.strip)


def schema(asked: Asked) -> JsonSchema:
    return text_schema(most(asked), required=asked.question.required)


def show(asked: Asked, value: Any) -> str:
    return value or ""


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    count = {"value": typed(raw), "maxlength": most(asked), "rows": asked.question.settings.get("rows", 5)}
    return Component("govukCharacterCount", field(asked, errors, heading=heading) | count)


KIND = Kind(
    name="long-text",
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
            "most": {"type": "integer", "minimum": 1, "maximum": 20000, "description": "Characters it may have."},
            "rows": {"type": "integer", "minimum": 2, "maximum": 20, "description": "Lines shown at first."},
        },
    },
)
