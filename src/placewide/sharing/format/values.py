"""Plain values of a file as terms want them. What comes here has passed its schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from placewide.sharing.terms.asked import Words

Values = Mapping[str, Any]


def words(values: Iterable[str] | None) -> Words:
    """A set of words; nothing where there is none."""
    return frozenset(values or ())


def maybe_words(values: Iterable[str] | None) -> Words | None:
    """A set of words, or None where the file does not say."""
    return None if values is None else frozenset(values)


def day(value: Any) -> date | None:
    """A date, or None."""
    return None if value is None else date.fromisoformat(str(value))


def the_day(value: Any) -> date:
    """A date that must be there."""
    return date.fromisoformat(str(value))
