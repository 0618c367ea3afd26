"""Mail of the past: put into the demo's own mailbox with its own date, never handed to a mail server.

The people of the demo do not exist, and what was written to them weeks ago must not go out today. So, once the history
is told, each message is composed as its channel composes it, laid into the mailbox that the demo shows, and marked with
the time at which it would have gone. The worker then finds nothing of it left to send.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from placewide.kernel.calendar import due_at
from placewide.kernel.terms import SYSTEM
from placewide.messages import actions, reads
from placewide.messages.channels.email.compose import compose
from placewide.messages.mailbox.server import Mailbox
from placewide.messages.models import Message
from placewide.messages.terms import Channel, Outcome, Result

_ON_ITS_WAY = timedelta(seconds=20)


def deliver_the_past(now: datetime) -> int:
    """Deliver everything that waits; returns how many messages. Letters of earlier days were posted a day later."""
    mailbox, waiting = Mailbox(settings.MAILBOX_ROOT), reads.waiting(limit=10_000)
    for message in waiting:
        at = min(message.queued_at + _ON_ITS_WAY, now)
        if actions.start_sending(message.id, actor=SYSTEM, now=at) is None:
            continue
        if message.channel == Channel.EMAIL:
            _keep(mailbox, message, at)
        else:
            _post(message, at, now)
    return len(waiting)


def _keep(mailbox: Mailbox, message: Message, at: datetime) -> None:
    domain = settings.MAIL_FROM.rpartition("@")[2]
    mail = compose(reads.outgoing(message), sender_address=settings.MAIL_FROM, domain=domain, at=at)
    mailbox.keep(mail.as_bytes())
    actions.note_outcome(message.id, Outcome(Result.SENT), actor=SYSTEM, now=at)


def _post(message: Message, at: datetime, now: datetime) -> None:
    actions.note_outcome(message.id, Outcome(Result.TO_POST), actor=SYSTEM, now=at)
    posted = due_at(at, 1, "working_days", "England") - timedelta(hours=8)
    if posted < now:
        actions.note_posted(message.id, actor=SYSTEM, now=posted)
