"""The words of messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from placewide.people.terms import AccessNeed


class Channel(StrEnum):
    """How words reach somebody. Each has a folder in ``channels/``."""

    EMAIL = "email"
    LETTER = "letter"


# Kinds of the tasks that messages raise.
POST_TASK = "letter.post"  # ended on the page of letters
FAILED_TASK = "message.failed"
LEFT_TASK = "letter.left"  # it was posted before it could be stopped: whether somebody is in danger is to be found out
PREPARE_TASK = "message.prepare"  # a mail went, and its reader needs the words in another format, too


class State(StrEnum):
    """Where a message is on its way."""

    QUEUED = "queued"
    SENDING = "sending"  # handed to the channel, its answer not yet noted
    TO_POST = "to-post"  # a letter that somebody must print and post
    SENT = "sent"
    FAILED = "failed"  # will not be tried again by itself
    HELD = "held"  # not sent: somebody else may open it and put the person in danger
    TOLD = "told"  # was held, and then said to the person in a safe way


class Fault(StrEnum):
    """Why a message was not taken. Our words: a foreign system's text may hold personal data."""

    NO_SUCH_ADDRESS = "no-such-address"
    NOT_ACCEPTED = "not-accepted"  # the receiving system wants none of it
    BUSY = "busy"  # "try again later"
    UNREACHABLE = "unreachable"
    NOT_SET_UP = "not-set-up"  # this node has no mail server: an operator must act
    NO_ANSWER = "no-answer"  # handed over, but nobody said whether it arrived
    NOT_ALLOWED_IN = "not-allowed-in"  # our own name and password, or the certificate: an operator must act


class Result(StrEnum):
    """What came of one attempt."""

    SENT = "sent"
    TO_POST = "to-post"
    REFUSED = "refused"  # for good
    LATER = "later"
    UNKNOWN = "unknown"  # it may have arrived


@dataclass(frozen=True, slots=True)
class Outcome:
    """One attempt's result and, where it did not succeed, why."""

    result: Result
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class NewMessage:
    """Words for one person. ``key`` is unique for ever: the same key again sends nothing."""

    organisation_id: UUID
    key: str  # what the message is for, such as "case:<id>:received"; at most 200 characters
    channel: Channel
    to: str  # an email address, or a postal address with one line per line
    subject: str  # never personal data: it shows on locked screens
    body: str  # plain text; paragraphs parted by an empty line, absolute links on lines of their own
    language: str = "en"
    about_id: UUID | None = None  # usually a case
    person_id: UUID | None = None
    team_id: UUID | None = None  # who prints a letter, or finds another way when a message fails
    access_needs: tuple[AccessNeed, ...] = ()
    large_print: bool = False
    held: bool = False  # kept for staff to say, and not sent


@dataclass(frozen=True, slots=True)
class Sender:
    """The organisation in whose name a message goes out."""

    name: str  # in the message's language
    email: str = ""  # where answers go
    phone: str = ""
    address: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as a channel gets it."""

    id: UUID
    sender: Sender
    to: str
    language: str
    subject: str
    body: str
    large_print: bool
    dated: date


class Deliverer(Protocol):
    """What each folder in ``channels/`` offers. Raises nothing: whatever goes wrong is an Outcome."""

    def deliver(self, message: Outgoing) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody said they can be reached. An empty text: not given."""

    email: str = ""
    phone: str = ""
    postal: str = ""


class Reason(StrEnum):
    """Why a channel was chosen."""

    ASKED_FOR_LETTER = "asked-for-letter"
    NEEDS_PAPER = "needs-paper"
    GAVE_EMAIL = "gave-email"
    ONLY_ADDRESS = "only-address"
    ASKED_FOR_CALL = "asked-for-call"
    ONLY_PHONE = "only-phone"
    NO_CONTACT = "no-contact"


@dataclass(frozen=True, slots=True)
class Choice:
    """How to reach somebody. ``channel`` is None where no written channel will do: a person rings, or nobody can."""

    channel: Channel | None
    to: str
    reason: Reason
    large_print: bool = False
