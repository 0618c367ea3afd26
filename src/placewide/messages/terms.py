"""The words of messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from placewide.people.terms import AccessNeed


class Channel(StrEnum):
    """How words reach somebody. Each has a folder in ``channels/``."""

    EMAIL = "email"
    LETTER = "letter"


class State(StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"  # handed to the channel, answer not yet noted
    SENT = "sent"
    FAILED = "failed"  # will not be tried again by itself


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Words for one person. ``key`` is unique for ever: the same key again sends nothing."""

    organisation_id: UUID
    key: str
    channel: Channel
    to: str  # an email address, or a postal address with one line per line
    subject: str  # never personal data: it shows on locked screens
    body: str  # plain text; paragraphs parted by an empty line, absolute links on lines of their own
    language: str = "en"
    about_id: UUID | None = None  # usually a case
    person_id: UUID | None = None
    access_needs: tuple[AccessNeed, ...] = ()
    large_print: bool = False
