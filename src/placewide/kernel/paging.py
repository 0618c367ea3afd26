"""Long lists, a slice at a time, by the key of the last row: as fast on the thousandth page as on the first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.core import signing

T = TypeVar("T")
Part = str | int | bool | datetime | UUID | None
_SALT = "placewide.kernel.paging"


class CursorForged(ValueError):
    """Not a cursor this node made for this list: answer with the first page, or 400 in an API."""


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Some items of a list, and the opaque cursor that asks for those after them; empty at the end."""

    items: tuple[T, ...]
    next_key: str = ""


def cursor(*key: Part, of: str) -> str:
    """An opaque, signed text for the sort key of the last row shown. ``of`` names the list it belongs to."""
    return signing.dumps([_to_plain(part) for part in key], salt=f"{_SALT}.{of}")


def key_of(text: str, *, of: str) -> tuple[Part, ...]:
    """The sort key in a cursor. Raises CursorForged."""
    try:
        return tuple(_from_plain(kind, value) for kind, value in signing.loads(text, salt=f"{_SALT}.{of}"))
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise CursorForged("this is not a cursor of this list") from fault


def _to_plain(part: Part) -> tuple[str, str | int | bool | None]:
    if isinstance(part, datetime):
        return "t", part.isoformat()
    if isinstance(part, UUID):
        return "u", part.hex
    return "", part


def _from_plain(kind: str, value: str) -> Part:
    if kind == "t":
        return datetime.fromisoformat(value)
    return UUID(hex=value) if kind == "u" else value
