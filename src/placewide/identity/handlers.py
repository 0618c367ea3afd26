"""What identity does every so often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placewide.identity import actions
from placewide.kernel.duties import Duty
from placewide.kernel.terms import SYSTEM


def forget_strangers(now: datetime) -> None:
    """Addresses typed at the door that nobody proved, and links long expired."""
    actions.forget_strangers(actor=SYSTEM, now=now)
    actions.forget_old_tokens(actor=SYSTEM, now=now)


DUTIES: Sequence[Duty] = (Duty("identity.forget_strangers", timedelta(hours=6), forget_strangers),)
