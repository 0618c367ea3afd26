"""Running conditions. Pure: the same condition and the same names always answer alike."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from placewide.services.conditions.engine import Context, compile_expression
from placewide.services.conditions.functions import FUNCTIONS

_CALLS = {name: function.call for name, function in FUNCTIONS.items()}
_FAULTS = (TypeError, ValueError, KeyError, IndexError, RuntimeError, ArithmeticError)


class Known:
    """What conditions may name: answers and facts, with null for what is not known."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = dict(names)
        self._context = Context(variables=self.names, functions=_CALLS)

    def learn(self, names: Mapping[str, Any]) -> None:
        self.names.update(names)
        self._context.update(dict(names))


def evaluate(expression: str, known: Known) -> Any:
    """The value of an expression. Raises ValueError with its text where it cannot be worked out."""
    try:
        return _program(expression).execute(known._context)
    except _FAULTS as fault:
        raise ValueError(f"cannot work out: {expression}") from fault


def holds(condition: str, known: Known, *, in_doubt: bool) -> bool:
    """Whether a condition holds. The empty one does.

    While something it names is unanswered, a condition that cannot be worked out does not hold: what nobody has said
    decides nothing. If everything it names is known and it still fails – the package is wrong, which ``check`` should
    have found – the caller says which answer is the safe one (docs/decisions/0002): a live service goes on.
    """
    if not condition:
        return True
    try:
        return evaluate(condition, known) is True
    except ValueError:
        waits = any(known.names.get(name) is None for name in names_in(condition))
        return in_doubt and not waits


def names_in(expression: str) -> tuple[str, ...]:
    """The names of answers and facts that an expression speaks of; none for one that cannot be read."""
    try:
        return tuple(_program(expression).variables())
    except ValueError:
        return ()


@lru_cache(maxsize=10_000)
def _program(expression: str) -> Any:
    return compile_expression(expression)
