"""Which events messages act on: its own, to deliver what was queued; and work that is past its date."""

from __future__ import annotations

from datetime import datetime

from placewide.kernel.dispatch import Wanted, foreign
from placewide.kernel.terms import SYSTEM
from placewide.messages import actions, reads
from placewide.messages.channels import OPENERS
from placewide.messages.events import MessageQueued
from placewide.messages.overdue import tell_of_overdue
from placewide.messages.terms import Channel, State
from placewide.messages.urgent import tell_of_urgent
from placewide.tasks.events import TaskEscalated, UrgentRaised


class NotDelivered(Exception):
    """This attempt came to nothing; the outbox tries again later, more and more slowly."""


@foreign
def deliver(event: MessageQueued, *, now: datetime) -> None:
    """Hand one message to its channel. No transaction is open while the foreign system is asked.

    At least once: a worker killed between handing over and noting the answer leaves the message SENDING, and it is
    handed over again after some minutes with the same Message-ID. Raises NotDelivered or BeingSent to be called again.
    """
    message = actions.start_sending(event.message_id, actor=SYSTEM, now=now)
    if message is None:
        return
    outcome = OPENERS[Channel(message.channel)](now).deliver(reads.outgoing(message))
    if actions.note_outcome(message.id, outcome, actor=SYSTEM, now=now) is State.QUEUED:
        raise NotDelivered(outcome.fault)


HANDLERS: Wanted = {MessageQueued: (deliver,), TaskEscalated: (tell_of_overdue,), UrgentRaised: (tell_of_urgent,)}
