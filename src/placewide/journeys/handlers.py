"""What this room does by itself from time to time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placewide.journeys import actions
from placewide.kernel.duties import Duty
from placewide.kernel.terms import SYSTEM


def dispose_unsent(now: datetime) -> None:
    """Answers that nobody went on with: they were promised to be kept so long and no longer."""
    while actions.dispose_unsent(actor=SYSTEM, now=now):
        pass


DUTIES: Sequence[Duty] = (Duty("journeys.dispose_unsent", timedelta(hours=1), dispose_unsent),)
