"""A package as plain JSON, as it is stored and hashed, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from placewide.services.terms import Deadline, DeadlineUnit, Fee, Option, Package, Step

FORMAT = "placewide.package/1"
T = TypeVar("T")

# What reads better in a file than in Python, where "from" is a word of the language.
_NAMES: Mapping[type, Mapping[str, str]] = {
    Step: {"from": "starts", "to": "ends"},
    Fee: {"from": "starts", "until": "ends"},
}


def content_of(package: Package) -> dict[str, Any]:
    """Everything the package says, as JSON can hold it; what stands at its default is left out."""
    return {"format": FORMAT, **_plain_fields(package)}


def package_of(content: Mapping[str, Any]) -> Package:
    """The package stored as ``content``. Older formats would be raised to the present one here."""
    return built(Package, content)


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, the same however it was written down."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def built(kind: type[T], plain: Mapping[str, Any]) -> T:
    """Build a dataclass from plain values that its schema has accepted. Unknown names are left out."""
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type]
    names: Mapping[str, str] = _NAMES.get(kind, {})
    said = {names.get(name, name): value for name, value in plain.items()}
    return kind(**{name: _value(hints[name], value) for name, value in said.items() if name in hints})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    origin = get_origin(hint)
    if origin is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _value(get_args(hint)[1], item) for key, item in value.items()}
    return _plain_to(hint, value)


def _plain_to(hint: Any, value: Any) -> Any:
    if hint is Deadline and isinstance(value, str):
        return deadline(value)
    if hint is Option and isinstance(value, str):
        return Option(value)
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(value)
    return built(hint, value) if dataclasses.is_dataclass(hint) and isinstance(hint, type) else value


def deadline(text: str) -> Deadline:
    """``10 working days`` as a deadline."""
    number, _, unit = text.partition(" ")
    unit = unit.replace(" ", "_")
    return Deadline(int(number), DeadlineUnit(unit if unit.endswith("s") else f"{unit}s"))


def _plain_fields(thing: Any) -> dict[str, Any]:
    return {
        f.name: _plain(value) for f in dataclasses.fields(thing) if not _is_default(f, value := getattr(thing, f.name))
    }


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and bool(value == field.default_factory())


def _plain(value: Any) -> Any:
    if isinstance(value, Deadline):
        return f"{value.number} {value.unit.value.replace('_', ' ')}"
    if dataclasses.is_dataclass(value):
        return _plain_fields(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value
