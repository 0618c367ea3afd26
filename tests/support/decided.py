"""Every decision case of tests/decisions, read and decided once, for tests that look at all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from placewide.sharing.explaining.command import telling_of
from placewide.sharing.explaining.telling import Telling
from placewide.sharing.format.files import read_case

CASES = Path(__file__).resolve().parents[1] / "decisions"
FILES = {file.stem: file for file in sorted(CASES.glob("*/*.yaml"))}


@cache
def told(name: str, language: str = "en") -> Telling:
    """The case of that name, decided, ready to be told."""
    return telling_of(read_case(FILES[name], name), language)
