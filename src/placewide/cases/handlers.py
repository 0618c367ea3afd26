"""What this room does when something has happened."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from placewide.cases.actions import dispose
from placewide.cases.events import CaseOpened
from placewide.cases.reads.findable import findable
from placewide.cases.reads.keeping import due_to_go
from placewide.kernel import search
from placewide.kernel.clock import legal_date
from placewide.kernel.dispatch import Wanted
from placewide.kernel.duties import Duty
from placewide.kernel.terms import SYSTEM

log = logging.getLogger("placewide.cases")
_AT_ONCE = 100  # cases a run: seconds, since deliveries wait for it


def make_findable(event: CaseOpened, *, now: datetime) -> None:
    """Index a new case for the team that may see it."""
    entry = findable(event.case_id)
    search.index([entry] if entry else [])


def dispose_due(now: datetime, most: int = _AT_ONCE) -> int:
    """Let go what was promised to go, of a bounded number of cases; returns of how many. One that fails comes again."""
    gone = 0
    for case_id in due_to_go(legal_date(now), most):
        try:
            gone += bool(dispose(case_id, actor=SYSTEM, now=now))
        except Exception as fault:
            log.error("case %s could not be disposed of: %s", case_id, type(fault).__name__)
    if gone:
        search.purge()
    return gone


HANDLERS: Wanted = {CaseOpened: (make_findable,)}
DUTIES: Sequence[Duty] = (Duty("cases.dispose", timedelta(minutes=10), dispose_due),)
