"""A form that comes twice is one act; one from a page that is out of date is none."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placewide.cases.actions.open_case import OpenCase
from placewide.cases.rules.standing import version
from placewide.cases.terms import Pressed, SentBefore, StepRefused
from placewide.kernel.idempotency import is_new, kept_before, meaning


def taken_before(case_id: UUID, step_id: str, pressed: Pressed) -> bool:
    """Whether this very form took its step already: then all is as whoever pressed it wants. One statement."""
    return bool(pressed.key) and kept_before(_scope(case_id, step_id), pressed.key, meaning(pressed.key)) is not None


def check_pressed(case: OpenCase, step_id: str, pressed: Pressed, now: datetime) -> None:
    """Raises SentBefore, or StepRefused where the case has moved since it was shown to whoever takes the step."""
    if pressed.key and not is_new(_scope(case.row.id, step_id), pressed.key, now=now):
        raise SentBefore
    if pressed.seen and pressed.seen != version(case.row.state, case.row.state_since):
        raise StepRefused(("moved-on",))


def _scope(case_id: UUID, step_id: str) -> str:
    return f"case.step:{case_id}:{step_id}"
