"""A date, typed as day, month and year. Kept as ISO 8601 (``2026-11-24``)."""

from __future__ import annotations

import datetime
import re
from typing import Any

from placewide.services.conditions.values import DATE
from placewide.services.kinds.drawing import group
from placewide.services.kinds.kind import Checked, Errors, Form, JsonSchema, Kind, empty, one, wrong
from placewide.services.kinds.texts import is_blank, optional
from placewide.services.terms import Asked, Component, Problem, Question

PARTS = ("day", "month", "year")
ISO = "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$(?!\\n)"
_WIDTHS = {"day": 2, "month": 2, "year": 4}


def read(question: Question, form: Form) -> Any:
    """ISO text where all three parts are numbers; else the parts as typed, which no check accepts."""
    parts = {part: one(form, f"{question.id}-{part}").strip() for part in PARTS}
    if not any(parts.values()):
        return None
    if all(re.fullmatch("[0-9]{1,4}", text) for text in parts.values()):
        return f"{parts['year']:0>4}-{parts['month']:0>2}-{parts['day']:0>2}"
    return parts


def check(asked: Asked, raw: Any) -> Checked:
    if is_blank(raw):
        return empty(asked)
    if isinstance(raw, dict):
        missing = [part for part in PARTS if not raw.get(part)]
        found = tuple(Problem(asked.id, f"{part}_missing", part=part) for part in missing)
        return (None, found) if found else wrong(asked, "wrong")
    if not isinstance(raw, str) or not re.search(ISO, raw):
        return wrong(asked, "wrong")
    if not is_date(raw):
        return wrong(asked, "not_a_date")
    return raw, ()


def schema(asked: Asked) -> JsonSchema:
    return optional({"type": "string", "format": "date", "pattern": ISO}, required=asked.question.required)


def is_date(text: object) -> bool:
    """Whether ISO text names a day that the calendar has."""
    try:
        datetime.date.fromisoformat(str(text))
    except ValueError:
        return False
    return True


def show(asked: Asked, value: Any) -> str:
    return date_in_words(value, asked.texts) if value else ""


def date_in_words(iso: str, texts: Any) -> str:
    """``24 November 2026``; ``texts`` has the months of a language under ``month_1`` … ``month_12``."""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {texts.get(f'month_{day.month}', day.month)} {day.year}"


def draw(asked: Asked, raw: Any, errors: Errors, heading: bool) -> Component:
    parts = _parts(raw)
    items = [
        {
            "name": part,
            "label": asked.texts.get(part, part),
            "value": parts[part],
            "classes": f"govuk-input--width-{_WIDTHS[part]}" + (" govuk-input--error" if _marked(part, errors) else ""),
        }
        for part in PARTS
    ]
    sentence = " ".join(errors.values())
    shown = group(asked, {"": sentence}, heading=heading)
    named = {"id": asked.id, "namePrefix": asked.id, "items": items}
    return Component("govukDateInput", {k: v for k, v in shown.items() if k not in ("name", "idPrefix")} | named)


def _marked(part: str, errors: Errors) -> bool:
    return "" in errors or part in errors


def _parts(raw: Any) -> dict[str, str]:
    if isinstance(raw, dict):
        return {part: str(raw.get(part, "")) for part in PARTS}
    if isinstance(raw, str) and raw.count("-") == 2:
        year, month, day = raw.split("-")
        return {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year.lstrip("0")}
    return dict.fromkeys(PARTS, "")


KIND = Kind(
    name="date",
    read=read,
    check=check,
    schema=schema,
    show=show,
    draw=draw,
    value=lambda question: DATE,
    first_field="-day",
)
