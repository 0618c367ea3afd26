"""What is done every so often, once, whichever of several workers comes first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from placewide.kernel.models import Duty as Row

log = logging.getLogger("placewide.duties")
_LEASE = timedelta(minutes=10)  # a worker killed at it is taken to have failed after this


@dataclass(frozen=True, slots=True)
class Duty:
    """``do(now)`` every ``every``; it must bear being done again, or having been killed half-way."""

    name: str  # "kernel.seal"
    every: timedelta
    do: Callable[[datetime], object]


_installed: list[Duty] = []


def install(*rooms: Sequence[Duty]) -> None:
    """Make these the duties that are done. Called once, at start."""
    _installed[:] = [duty for room in rooms for duty in room]


def perform_due(now: datetime) -> int:
    """Do what is due at ``now``; returns how many were done. One that fails is logged and comes round again."""
    due = dict(Row.objects.values_list("name", "due_at"))
    return sum(_perform(duty, now) for duty in _installed if duty.name not in due or due[duty.name] <= now)


def _perform(duty: Duty, now: datetime) -> bool:
    if not _claim(duty, now):
        return False
    try:
        duty.do(now)
    except Exception as fault:
        log.error("duty %s failed: %s", duty.name, type(fault).__name__)
    Row.objects.filter(name=duty.name).update(due_at=now + duty.every)
    return True


def _claim(duty: Duty, now: datetime) -> bool:
    Row.objects.bulk_create([Row(name=duty.name, due_at=now)], ignore_conflicts=True)
    return bool(Row.objects.filter(name=duty.name, due_at__lte=now).update(due_at=now + _LEASE))
