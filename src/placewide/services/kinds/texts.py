"""What texts may hold, for every kind that is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from placewide.services.kinds.kind import Checked, empty, wrong
from placewide.services.terms import Asked

# No control characters but tab and line ends, and no half of a surrogate pair: databases cannot keep them.
SOUND = "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff]*$"
NOT_BLANK = "\\S"
_SOUND = re.compile(SOUND)


def sound(text: str) -> bool:
    """Whether the text can be kept and shown."""
    return _SOUND.search(text) is not None


def check_text(asked: Asked, raw: Any, most: int, tidy: Callable[[str], str]) -> Checked:
    """A text of up to ``most`` characters, tidied; what is blank then is no answer."""
    if raw is None:
        return empty(asked)
    if not isinstance(raw, str) or not sound(raw):
        return wrong(asked, "wrong")
    if len(raw) > most:
        return wrong(asked, "too_long", most=most, over=len(raw) - most)
    text = tidy(raw)
    return (text, ()) if text else empty(asked)


def text_schema(most: int, *, required: bool) -> dict[str, Any]:
    """Texts of up to ``most`` characters; a required one is not blank, another may be empty or null."""
    if required:
        return {"type": "string", "maxLength": most, "allOf": [{"pattern": SOUND}, {"pattern": NOT_BLANK}]}
    return {"type": ["string", "null"], "maxLength": most, "pattern": SOUND}


def optional(schema: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """The schema itself, or with "nothing" and blank text beside it where the question may be left out."""
    if required:
        return schema
    blank = {"type": "string", "pattern": "^\\s*$", "maxLength": 100}
    return {"anyOf": [schema, {"type": "null"}, blank]}


def is_blank(raw: Any) -> bool:
    """Whether nothing was answered: null, or text of up to 100 blanks."""
    return raw is None or (isinstance(raw, str) and len(raw) <= 100 and not raw.strip())
