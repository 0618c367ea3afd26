"""What messages says to the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class MessageQueued(Event):
    """A message waits to be delivered."""

    type: ClassVar[str] = "message.queued/1"

    message_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class MessageFailed(Event):
    """A message could not be delivered and will not be tried again by itself: a person must find another way."""

    type: ClassVar[str] = "message.failed/1"

    message_id: UUID
    organisation_id: UUID
    about_id: UUID | None
    channel: str
    fault: str  # a word of messages.terms.Fault, never the text of a foreign system
