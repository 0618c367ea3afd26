"""A worker in a process of its own, for tests that kill it: its arguments are the database's name and a log file.

Its handler writes a row in the delivery's transaction, and a line to a file as a foreign system would keep it.
"""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class Counted(Event):
    type: ClassVar[str] = "test.counted/1"
    stream: UUID
    number: int


def note(event: Counted, *, now: datetime) -> None:
    """Two rows, so that a kill between them would show a half."""
    from placewide.kernel.change import changing
    from placewide.kernel.terms import SYSTEM, Act

    if event.number < 0:
        os._exit(9)  # as a process ends that runs out of memory
    for part in ("first", "second"):
        with changing(actor=SYSTEM, now=now) as change:
            change.record(Act(f"test.{part}", event.stream, event.stream, {"number": event.number}))


def tell_outside(event: Counted, *, now: datetime) -> None:
    """One line at a time reaches the file, whole (POSIX: a write with O_APPEND)."""
    with LOG.open("a", encoding="ascii") as file:
        file.write(f"{event.stream.hex} {event.number}\n")


LOG = Path(os.devnull)


def install() -> None:
    from placewide.kernel import dispatch

    dispatch.install({Counted: (note, dispatch.foreign(tell_outside))})


def main() -> None:
    global LOG  # noqa: PLW0603
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    settings.VAR = Path(sys.argv[2]).parent
    settings.INSTALLED_APPS = ["placewide.kernel"]  # it starts sooner; these handlers need no other room
    django.setup()
    LOG = Path(sys.argv[2])
    install()
    from placewide.kernel import outbox

    outbox.work(threading.Event())
