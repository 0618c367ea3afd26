"""Which functions want which events. Each room has one visible dictionary; ``web`` gathers them at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from placewide.kernel.terms import Event
from placewide.kernel.typed import typed

Handler = Callable[..., None]  # handler(event, *, now) — may be called twice for one event
Wanted = Mapping[type[Event], Sequence[Handler]]
F = TypeVar("F", bound=Handler)

_by_type: dict[str, tuple[type[Event], dict[str, Handler]]] = {}
_foreign: set[str] = set()
_FOREIGN_MARK = "_placewide_foreign"


def foreign(function: F) -> F:
    """Mark a handler that talks to a system outside (mail, a supplier's API), or takes long.

    It runs outside any transaction, within five minutes, and keeps its own note of what it has sent, since it is
    called again when a worker is killed before the delivery could be marked as done.
    """
    setattr(function, _FOREIGN_MARK, True)
    return function


def install(*rooms: Wanted) -> None:
    """Make the handlers of these rooms the ones that are called. Called once, at start."""
    _by_type.clear()
    _foreign.clear()
    for wanted in rooms:
        for event_type, functions in wanted.items():
            _, named = _by_type.setdefault(event_type.type, (event_type, {}))
            named.update({_name(function): function for function in functions})
            _foreign.update(_name(function) for function in functions if hasattr(function, _FOREIGN_MARK))


def names_for(event_type: str) -> tuple[str, ...]:
    """The names under which deliveries of this type are owed."""
    found = _by_type.get(event_type)
    return tuple(found[1]) if found else ()


def is_foreign(name: str) -> bool:
    """Whether the handler of this name talks to a system outside."""
    return name in _foreign


def call(event_type: str, name: str, body: Mapping[str, Any], *, now: datetime) -> None:
    """Rebuild the event and hand it to its handler. Raises KeyError for a handler that no longer exists."""
    kind, named = _by_type[event_type]
    named[name](typed(kind, body), now=now)


def _name(function: Handler) -> str:
    room = function.__module__.removeprefix("placewide.").split(".")[0]
    return f"{room}.{function.__name__}"
