"""Where a case stands: when it is due, and how much of it somebody sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from placewide.cases.terms import Audience, Sees
from placewide.kernel import calendar
from placewide.services.terms import State

LOOK_AGAIN = 10  # working days after which staff look at a case whose state has no deadline
READING = (Sees.ALL, Sees.ONWARD, Sees.SENT, Sees.MESSAGES)  # who reads what is written to the people of a case
WHOLE = (Sees.ALL, Sees.ONWARD)  # who reads what is recorded with a step
_EPOCH, _TICK = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_DIGITS = 17  # until the year 5000
_MORE = {Sees.MESSAGES: 0, Sees.PROGRESS: 1, Sees.SHARED: 2, Sees.SENT: 3, Sees.ONWARD: 4, Sees.ALL: 5}


def due_at(state: State, since: datetime, nation: str) -> datetime | None:
    """The instant by which this state should be left; None if it has no deadline."""
    if state.due is None:
        return None
    return calendar.due_at(since, state.due.number, state.due.unit, nation)


def task_due(due: datetime | None, since: datetime, nation: str) -> datetime:
    """By when staff do what a state asks of them, or look again where nothing is due: no open case is forgotten."""
    return due or calendar.due_at(since, LOOK_AGAIN, "working_days", nation)


def version(state: str, since: datetime) -> str:
    """What names one standing of a case: each step makes another, also one that leaves it in its state."""
    return f"{state}.{(since - _EPOCH) // _TICK}"


def seen_since(version: str) -> datetime | None:
    """Since when the standing that a version names was so; None where nobody of ours wrote it."""
    ticks = version.rpartition(".")[2]
    return _EPOCH + int(ticks) * _TICK if ticks.isascii() and ticks.isdigit() and len(ticks) <= _DIGITS else None


def widest(views: Iterable[Sees]) -> Sees | None:
    """The most that several participations in one case open; None for none."""
    return max(views, key=_MORE.__getitem__, default=None)


def shows(sees: Sees, audience: Audience) -> bool:
    """Whether somebody who sees so much may read an entry for that audience. Staff entries are for staff only."""
    if audience is Audience.FOLLOWERS:
        return sees is not Sees.MESSAGES
    return audience is Audience.MESSAGES and sees in READING
