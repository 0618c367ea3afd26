"""A whole number."""

from __future__ import annotations

import re
from typing import Any

from placewide.services.conditions.values import INT
from placewide.services.kinds.drawing import field, typed
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.kinds.texts import is_blank, optional
from placewide.services.terms import Asked, Component, Question

LEAST, MOST = 0, 999_999_999  # where the package does not say


def limits(asked: Asked) -> tuple[int, int]:
    settings = asked.question.settings
    return int(settings.get("least", LEAST)), int(settings.get("most", MOST))


def read(question: Question, form: Form) -> Any:
    """The number, where digits were typed, with the blanks and commas people put between thousands; else the text."""
    text = one(form, question.id)
    digits = re.sub("[ ,]", "", text)
    return int(digits) if re.fullmatch("-?[0-9]{1,12}", digits) else text


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    least, most = limits(asked)
    if not _is_whole(raw):
        return wrong(asked, "wrong")
    if not least <= raw <= most:
        return wrong(asked, "out_of_range", least=least, most=most)
    return int(raw), ()


def _is_whole(raw: Any) -> bool:
    """Whether JSON Schema counts it as an integer: 3.0 too, but neither true nor a fraction."""
    if isinstance(raw, float):
        return raw.is_integer()
    return isinstance(raw, int) and not isinstance(raw, bool)


def schema(asked: Asked) -> JsonSchema:
    least, most = limits(asked)
    return optional({"type": "integer", "minimum": least, "maximum": most}, required=asked.question.required)


def show(asked: Asked, value: Any) -> str:
    return "" if value is None else f"{value:,}"


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    # type="text": a wheel or an arrow key must not change a number unseen (GOV.UK Design System, text input)
    number = {"value": typed(raw), "type": "text", "inputmode": "numeric", "classes": "govuk-input--width-5"}
    return Component("govukInput", field(asked, errors, heading=heading) | {"spellcheck": False} | number)


KIND = Kind(
    name="number",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: INT,
    settings={
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "least": {"type": "integer", "description": "The smallest that is right."},
            "most": {"type": "integer", "description": "The largest that is right."},
        },
    },
)
