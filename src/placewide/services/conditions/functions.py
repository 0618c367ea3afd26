"""The functions a condition may call. None of them fails on something unanswered: each says what it then answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewide.services.conditions.values import ANY, BOOL, DATE, INT, LIST, TEXT, ValueKind


def includes(chosen: Sequence[Any] | None, option: Any) -> bool:
    """Whether ``option`` is among what was ticked; of nothing, no."""
    return option in (chosen or ())


def includes_any(chosen: Sequence[Any] | None, options: Sequence[Any]) -> bool:
    """Whether at least one of ``options`` is among what was ticked."""
    return any(option in (chosen or ()) for option in options)


def count(things: Sequence[Any] | None) -> int:
    """How many were ticked, added or attached; of nothing, 0."""
    return len(things or ())


def answered(value: Any) -> bool:
    """Whether there is an answer at all."""
    return value not in (None, "", [], {})


def age_on(born: str | None, day: str | None) -> int:
    """Whole years of age on ``day``; -1 while either date is not known. Born on 29 February: older on 1 March."""
    if not born or not day:
        return -1
    birth, then = date.fromisoformat(born), date.fromisoformat(day)
    return then.year - birth.year - ((then.month, then.day) < (birth.month, birth.day))


def days_between(first: str | None, last: str | None) -> int:
    """Calendar days from ``first`` to ``last``; 0 while either is not known."""
    if not first or not last:
        return 0
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@dataclass(frozen=True, slots=True)
class Function:
    """A function with the kinds of value it takes and gives, for the check of packages."""

    call: Callable[..., Any]
    takes: tuple[ValueKind, ...]
    gives: ValueKind


FUNCTIONS: Mapping[str, Function] = {
    "includes": Function(includes, (LIST, TEXT), BOOL),
    "includes_any": Function(includes_any, (LIST, LIST), BOOL),
    "count": Function(count, (LIST,), INT),
    "answered": Function(answered, (ANY,), BOOL),
    "age_on": Function(age_on, (DATE, DATE), INT),
    "days_between": Function(days_between, (DATE, DATE), INT),
}
