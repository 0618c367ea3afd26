"""Do one thing with many cases at once, as the inbox offers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from placewide.cases.actions.step import take_step
from placewide.cases.terms import NotFound, Pressed, SentBefore, StepRefused
from placewide.kernel.terms import Viewer


def take_step_with(
    case_ids: Sequence[UUID],
    step_id: str,
    *,
    pressed: Mapping[UUID, Pressed] | None = None,
    viewer: Viewer,
    now: datetime,
) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Take a step that asks nothing with each of these cases; returns those that were moved and those that were left.

    Each case is a change of its own: where somebody else was quicker with one, the others are moved all the same.
    What this very button moved before counts as moved.
    """
    moved, left = [], []
    for case_id in dict.fromkeys(case_ids):
        try:
            take_step(case_id, step_id, pressed=(pressed or {}).get(case_id), viewer=viewer, now=now)
        except SentBefore:
            moved.append(case_id)
        except (NotFound, StepRefused, KeyError):  # KeyError: another service's case, which has no such step
            left.append(case_id)
        else:
            moved.append(case_id)
    return tuple(moved), tuple(left)
