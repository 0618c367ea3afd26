"""JSON from outside, read so that nothing in it can trip what comes after."""

from __future__ import annotations

import json
from typing import Any, NoReturn

DEEPEST = 20  # objects and lists inside one another


class JsonRefused(ValueError):
    """Not JSON as RFC 8259 has it, or something no answer needs: nested too deeply, a name twice in one object."""


def read_json(body: bytes) -> Any:
    """What the text says. Numbers are finite. Raises JsonRefused.

    Texts may hold what no database keeps (a NUL, half a character, RFC 8259 §8.2): whoever reads them knows which
    field they stand in, and says so.
    """
    try:
        value = json.loads(
            body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_each_once
        )
    except (ValueError, RecursionError) as fault:  # the standard library's own limits among them
        raise JsonRefused from fault
    _look_through(value)
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name given twice means one thing to one reader and another to the next (RFC 8259 §4): refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise JsonRefused
    return found


def _look_through(value: Any) -> None:
    """Level by level, so that depth costs no stack."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _parts(one)]
        if not level:
            return
    raise JsonRefused


def _parts(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []


def _finite(text: str) -> float:
    number = float(text)
    return number if abs(number) < float("inf") else _refuse(text)


def _refuse(_: str) -> NoReturn:
    raise JsonRefused
