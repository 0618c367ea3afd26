"""JSON from outside is read as the standard has it, or refused."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from placewide.kernel.json_text import DEEPEST, JsonRefused, read_json

plain = some.none() | some.booleans() | some.integers(-(2**53), 2**53) | some.text()
values = some.recursive(
    plain, lambda inner: some.lists(inner) | some.dictionaries(some.text("ab"), inner), max_leaves=9
)


@given(values)
def test_what_is_written_is_read(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(some.binary(max_size=200))
def test_anything_else_is_refused_and_never_trips(body: bytes) -> None:
    with contextlib.suppress(JsonRefused):
        read_json(body)


def test_depth_has_an_end() -> None:
    assert read_json(b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1)) is not None
    with pytest.raises(JsonRefused):
        read_json(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))
