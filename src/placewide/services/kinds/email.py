"""An email address."""

from __future__ import annotations

import re
from typing import Any

from placewide.services.conditions.values import TEXT
from placewide.services.kinds.drawing import field, typed
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.kinds.texts import is_blank, optional
from placewide.services.terms import Asked, Component, Question

MOST = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
# Looser than RFC 5322 where people are right (+, ', .), stricter where they have slipped (no dot, blanks, two @).
# Dots in the name stand alone and inside, as mail servers want them (RFC 5321 §4.1.2, Dot-string).
_WORD = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PATTERN = f"^(?=[^@]{{1,64}}@){_WORD}(\\.{_WORD})*@([A-Za-z0-9-]{{1,63}}\\.)+[A-Za-z]{{2,63}}$(?!\\n)"


def read(question: Question, form: Form) -> Any:
    return one(form, question.id).strip()


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    if not isinstance(raw, str) or len(raw) > MOST or not re.search(PATTERN, raw):
        return wrong(asked, "wrong")
    return raw, ()


def schema(asked: Asked) -> JsonSchema:
    return optional(
        {"type": "string", "maxLength": MOST, "pattern": PATTERN, "format": "email"}, required=asked.question.required
    )


def show(asked: Asked, value: Any) -> str:
    return value or ""


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    email = {"value": typed(raw), "type": "email", "autocomplete": "email", "spellcheck": False}
    return Component("govukInput", field(asked, errors, heading=heading) | email)


KIND = Kind(name="email", read=read, check=check, schema=schema, show=show, draw=draw, value=lambda question: TEXT)
