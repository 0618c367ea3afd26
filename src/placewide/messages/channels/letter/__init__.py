"""Letters: a page to print, and a task for somebody to post it. The honest default, with no account anywhere."""

from __future__ import annotations

from datetime import datetime

from placewide.messages.terms import Outcome, Outgoing, Result

__all__ = ["Letter", "open_letter"]


class Letter:
    """A letter is never sent by itself: somebody prints and posts it (``/staff/letters/<id>``)."""

    def deliver(self, message: Outgoing) -> Outcome:
        """See :class:`placewide.messages.terms.Deliverer`."""
        return Outcome(Result.TO_POST)


def open_letter(at: datetime) -> Letter:
    """The channel needs no settings."""
    return Letter()
