"""What this room does when something has happened."""

from __future__ import annotations

from datetime import datetime

from placewide.cases.events import CaseOpened
from placewide.cases.reads.findable import findable
from placewide.kernel import search
from placewide.kernel.dispatch import Wanted


def make_findable(event: CaseOpened, *, now: datetime) -> None:
    """Index a new case for the team that may see it."""
    entry = findable(event.case_id)
    search.index([entry] if entry else [])


HANDLERS: Wanted = {CaseOpened: (make_findable,)}
