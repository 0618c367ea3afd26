"""The kinds of value that a condition can meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ValueKind:
    """``name`` is "text", "number", "yes or no", "date", "list", "record" or "anything".

    ``words`` are the only texts it can be (the options of a question); empty: any. ``fields`` are those of a record,
    ``item`` the kind of a list's items.
    """

    name: str
    words: frozenset[str] = frozenset()
    fields: Mapping[str, ValueKind] = field(default_factory=dict)
    item: ValueKind | None = None

    def fits(self, wanted: ValueKind) -> bool:
        """Whether a value of this kind can stand where ``wanted`` is asked for. A date is written as text."""
        if "anything" in (self.name, wanted.name) or self.name == "nothing":
            return True
        return self.name == wanted.name


ANY = ValueKind("anything")
NOTHING = ValueKind("nothing")  # null
TEXT = ValueKind("text")
INT = ValueKind("number")
BOOL = ValueKind("yes or no")
DATE = ValueKind("date")
LIST = ValueKind("list")
INSTANT = ValueKind("instant")


def one_of(*words: str) -> ValueKind:
    return ValueKind("text", words=frozenset(words))


def list_of(item: ValueKind) -> ValueKind:
    return ValueKind("list", item=item)


def record(**fields: ValueKind) -> ValueKind:
    return ValueKind("record", fields=fields)
