"""The only writers of messages' tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from placewide.kernel.change import changing
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Actor
from placewide.messages.events import MessageQueued
from placewide.messages.models import Message
from placewide.messages.terms import NewMessage
from placewide.people.terms import AccessNeed


def send(messages: Sequence[NewMessage], *, actor: Actor, now: datetime) -> tuple[Message, ...]:
    """Queue messages; each is delivered after the change is saved. One insert, whatever their number.

    Raises IntegrityError if a key was used before: ask with keys that say what the message is for
    (``case:<id>:received``), and the second attempt is refused with the change that made it.
    """
    with changing(actor=actor, now=now) as change:
        rows = Message.objects.bulk_create(_row(message, now) for message in messages)
        for row in rows:
            # A stream of its own: an address that cannot be reached holds up nobody else's message.
            change.publish(MessageQueued(message_id=row.id, organisation_id=row.organisation_id), stream=row.id)
        return tuple(rows)


def _row(message: NewMessage, now: datetime) -> Message:
    return Message(
        id=new_id(),
        organisation_id=message.organisation_id,
        key=message.key,
        about_id=message.about_id,
        person_id=message.person_id,
        channel=message.channel.value,
        to=message.to,
        language=message.language,
        subject=message.subject,
        body=message.body,
        access_needs=[need.value for need in message.access_needs],
        large_print=message.large_print or AccessNeed.LARGE_PRINT in message.access_needs,
        queued_at=now,
    )
