"""What a JSON Schema finds wrong with one value, in words, and how to write it instead."""

from __future__ import annotations

import difflib
import re
from typing import Any


def said_of(error: Any) -> str:
    """What is wrong with the value, to be said after its name."""
    wanted: Any = error.validator_value
    if error.validator == "type":
        return "is empty." if error.instance is None else f"is {_kind(error.instance)}, but must be {_kinds(wanted)}."
    said = {
        "enum": f"is “{short(error.instance)}”, which is not one of: {_listed(wanted)}.",
        "const": f"is “{short(error.instance)}”, but must be “{wanted}”.",
        "pattern": f"is “{short(error.instance)}”, which is not written as it must be.",
        "format": f"is “{short(error.instance)}”, which is not a date that the calendar has.",
        "minItems": f"has fewer than {wanted}.",
        "minLength": "is empty.",
        "maxItems": f"has more than {wanted}.",
        "maxLength": f"is longer than {wanted} characters.",
        "minimum": f"is less than {wanted}.",
        "maximum": f"is more than {wanted}.",
        "uniqueItems": "names something twice.",
    }
    return said.get(str(error.validator), "is not as it must be.")


def remedy_of(error: Any, see: str) -> str:
    """How it is written, in words that can be typed; then what it is for. ``see``: where neither is known."""
    said = str(error.schema.get("description", ""))
    how = {"enum": _nearest, "const": _nearest, "minItems": _at_least, "type": _as_type}.get(str(error.validator))
    return " ".join(part for part in (how(error) if how else "", said) if part) or see


def _nearest(error: Any) -> str:
    """The one of a closed list that was meant; none where two are as near: codes of law must not be guessed."""
    known = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    typed = str(error.instance)
    near = difflib.get_close_matches(typed, [str(one) for one in known], 2)
    alike = [difflib.SequenceMatcher(None, one, typed).ratio() for one in near]
    return f"Did you mean “{near[0]}”?" if near and len(set(alike)) == len(near) else ""


def _at_least(error: Any) -> str:
    return f"Name at least {error.validator_value} between the square brackets."


def _as_type(error: Any) -> str:
    wanted, value = error.validator_value, error.instance
    if value is None:
        return "List them below, or write [] for none." if wanted == "array" else "Write it after the colon."
    return _as_text(error) if wanted == "string" else _written(wanted, value)


def _as_text(error: Any) -> str:
    value, pattern = error.instance, str(error.schema.get("pattern", ""))
    if isinstance(value, dict | list):
        return "Write it as text, without brackets or further names."
    if isinstance(value, int | float) and not isinstance(value, bool) and "hours?" in pattern:
        number = int(value) if value >= 1 else 10
        return f"Write it with its unit: {number} hours, {number} days, {number} working days or {number} weeks."
    return f"Put it between quotation marks: '{short(value)}'." if re.search(pattern, short(value)) else ""


def _written(wanted: Any, value: Any) -> str:
    """An example of the type that is wanted."""
    if "boolean" in wanted:
        return "Write true or false."
    if "integer" in wanted:
        return "Write a whole number, in digits only."
    if "number" in wanted:
        return "Write a number in digits, such as 0.95."
    if wanted == "array" and not isinstance(value, dict):
        return f"Put it between square brackets: [{short(value)}]."
    return ""


_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a group of names",
}
_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "null": "nothing",
}


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "nothing")


def _kinds(wanted: Any) -> str:
    kinds = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
    return " or ".join(_NAMES.get(kind, "a group of names") for kind in kinds)


def _listed(wanted: Any) -> str:
    return ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)


def short(value: Any) -> str:
    """A value as it can be quoted in a sentence."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
