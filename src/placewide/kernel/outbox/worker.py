"""The loop of ``placewide work``: deliver, do what is due, rest, until told to stop."""

from __future__ import annotations

import logging
import threading

from django.db import DatabaseError, InterfaceError, connection

from placewide.kernel import clock, duties
from placewide.kernel.outbox.delivery import blame, work_once
from placewide.kernel.outbox.marks import Mark, left_behind

log = logging.getLogger("placewide.outbox")
_REST = 0.5  # seconds when there was nothing to do
_LONGEST_REST = 30.0  # seconds while the database cannot be reached


def work(stop: threading.Event) -> None:
    """Run until ``stop`` is set. Any number of workers may run at once, on one machine or several."""
    rest, mark = _REST, Mark()
    for delivery_id in left_behind():
        blame(delivery_id, clock.now())
    while not stop.is_set():
        try:
            busy = work_once(clock.now, note=mark)
            busy += duties.perform_due(clock.now())
            rest = _REST
        except (DatabaseError, InterfaceError) as fault:
            log.error("the database cannot be used (%s); trying again in %s s", type(fault).__name__, rest)
            connection.close()
            busy = 0
        if not busy:
            stop.wait(rest)
            rest = min(rest * 2, _LONGEST_REST) if connection.connection is None else _REST
    mark.clear()
