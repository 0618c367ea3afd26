"""A telephone number, in the United Kingdom unless it begins with + and another country's code. Kept as E.164."""

from __future__ import annotations

from typing import Any

import phonenumbers

from placewide.services.conditions.values import TEXT
from placewide.services.kinds.drawing import field, typed
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.kinds.texts import SOUND, is_blank, optional, sound
from placewide.services.terms import Asked, Component, Question

MOST = 40  # characters, with the blanks and brackets that people write
SHORT = 3  # digits: 101, 111, 999
UK_DIGITS = 10  # after the leading 0; a few shorter ones are known to the library


def read(question: Question, form: Form) -> Any:
    return one(form, question.id).strip()


def is_telephone(text: object) -> bool:
    """Whether a call to it could get through, by its length and country; no list of numbers in use is asked."""
    return _number(str(text)) is not None


def can_be_rung(text: str) -> bool:
    """The same for a number that pages show, which may be one of the short ones that everybody knows: 111."""
    short = len(text) == SHORT and text.isascii() and text.isdecimal()
    return short or (len(text) <= MOST and is_telephone(text))


def _number(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(number):
        return number
    british = number.country_code == 44 and len(str(number.national_number)) == UK_DIGITS
    return number if british and not number.extension else None


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    number = _number(raw) if isinstance(raw, str) and len(raw) <= MOST and sound(raw) else None
    if number is None:
        return wrong(asked, "wrong")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ()


def schema(asked: Asked) -> JsonSchema:
    return optional(
        {"type": "string", "maxLength": MOST, "pattern": SOUND, "format": "telephone"},
        required=asked.question.required,
    )


def show(asked: Asked, value: Any) -> str:
    return readable(value or "")


def readable(kept: str) -> str:
    """A number as people here write it, ``01632 960001`` for ``+441632960001``; empty for what is none."""
    number = _number(kept) if kept else None
    if number is None:
        return ""
    style = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, style.NATIONAL if number.country_code == 44 else style.INTERNATIONAL)


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    kept = readable(raw) if isinstance(raw, str) and raw.startswith("+44") else ""
    phone = {"value": kept or typed(raw), "type": "tel", "autocomplete": "tel", "classes": "govuk-input--width-20"}
    return Component("govukInput", field(asked, errors, heading=heading) | phone)


KIND = Kind(name="telephone", read=read, check=check, schema=schema, show=show, draw=draw, value=lambda question: TEXT)
