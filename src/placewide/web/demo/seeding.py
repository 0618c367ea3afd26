"""Everything in order: the place, then what happened in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from placewide.web.demo.place import make_place


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    organisations: int
    cases: int


def make_demo(now: datetime) -> Made:
    """Fill an empty node; everything is dated relative to ``now``."""
    bodies = make_place(now)
    return Made(len(bodies), 0)
