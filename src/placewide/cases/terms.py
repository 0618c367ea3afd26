"""The words of a case: what a sent journey becomes, until it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from placewide.kernel.terms import Unseen
from placewide.messages.terms import NewMessage
from placewide.people.terms import AccessNeed, NewPerson
from placewide.tasks.terms import NewTask

Sentence = Mapping[str, str]  # language → the sentence kept and shown


class Sees(StrEnum):
    """How much of a case a participation opens."""

    ALL = "all"
    PROGRESS = "progress"  # state, what next, by when; not the answers, not the messages
    MESSAGES = "messages"  # only what is written to them: not where it stands, and no word of any step
    ONWARD = "onward"  # all that is done and written, but not what was sent: others may read it
    SENT = "sent"  # progress and messages: the browser that sent it, where nobody left a name
    SHARED = "shared"  # a partner: progress, and the answers that the package's hand-over names


class EntryKind(StrEnum):
    OPENED = "opened"
    STEP = "step"  # a step of the process was taken
    MESSAGE = "message"  # somebody wrote
    NOTE = "note"  # staff only
    SETTLED = "settled"  # a message was read, somebody was rung
    HELD = "held"  # from now on nothing is sent to somebody
    RELEASED = "released"  # and from now on it is again


class TaskKind(StrEnum):
    """What is to be done about a case. Whatever ends tasks of a case says which kinds it ends."""

    STATE = "case.state"  # what its state asks for: one while it is open; ended by a step, and by nothing else
    PARTNER = "case.partner"  # what another organisation was asked to do: ended by a step, or with its participation
    READ = "case.read"  # ended by an answer, or by saying that there is nothing to answer
    RING = "case.ring"  # ended by saying that the person was rung
    TELL = "case.tell"  # what may not be sent: ended by saying that the person was told in a safe way


class Audience(StrEnum):
    """Who may read a timeline entry."""

    FOLLOWERS = "followers"  # everybody who sees the progress
    MESSAGES = "messages"  # those who see messages, and staff
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case about to be opened."""

    id: UUID
    reference: str
    case_type: str
    state: str
    due_at: datetime | None
    waits_for: str
    team_id: UUID | None
    person_id: UUID | None
    place: str  # short address, where the case is about a place
    urgent: bool
    notes: tuple[str, ...]  # rules that staff should know of
    sentence: Sentence  # what the timeline says of its opening
    taken_back: tuple[Sentence, ...] = ()  # what staff should know was told before, and changed before it was sent


@dataclass(frozen=True, slots=True)
class NewParticipation:
    """What lets a person follow a case. Nobody named: whoever holds the browser that sent it."""

    id: UUID
    case_id: UUID
    person_id: UUID | None
    sees: Sees
    role: str  # "about" or "follower"
    reason: str
    held: bool = False  # nothing is sent to them
    shown: bool = True  # what is held may still be shown as it was sent: to whoever sent it themselves


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything that sending one journey brings about, decided before anything is written."""

    persons: tuple[NewPerson, ...]
    cases: tuple[NewCase, ...]
    participations: tuple[NewParticipation, ...]
    tasks: tuple[NewTask, ...]
    messages: tuple[NewMessage, ...]
    granted: tuple[UUID, ...]  # participations of the person who sends: their browser may open them


@dataclass(frozen=True, slots=True)
class Follower:
    """Somebody who follows a case and may be told about it."""

    person_id: UUID
    name: str
    email: str
    phone: str
    address: Mapping[str, object]
    language: str
    access_needs: tuple[AccessNeed, ...]
    sees: Sees
    held: bool = False  # nothing may be sent to them: staff say it, in a safe way


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands, for a decision about it."""

    case_id: UUID
    reference: str
    organisation_id: UUID
    organisation: Sentence  # its name by language
    nation: str
    case_type: str
    state: str
    since: datetime
    team_id: UUID | None
    link: Sentence  # address of the page where those who follow it see it, by language
    known: Mapping[str, str]  # further particulars of sentences: phone numbers, what the place has set
    by_phone: Sentence = field(default_factory=dict)  # what stands for the link to whoever left no email address
    tell_safely: Sentence = field(default_factory=dict)  # what staff do where nothing may be sent to somebody
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Stepped:
    """What a step comes to, before anything is written."""

    state: str
    open: bool
    urgent: bool
    due_at: datetime | None
    waits_for: str
    sentence: Sentence
    task: NewTask | None
    calls: tuple[NewTask, ...]  # people to ring rather than to write to, and to tell where nothing may be sent
    messages: tuple[NewMessage, ...]


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """One of the cases that sending opened, with the participation by which its sender may follow it, if one."""

    id: UUID
    reference: str
    case_type: str
    state: str
    followed_by: UUID | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What the person is told: one reference a case, in the order the package lists them."""

    journey_id: UUID
    references: tuple[str, ...]
    case_ids: tuple[UUID, ...]
    grants: tuple[UUID, ...]  # participations that the sender's browser may open
    opened: tuple[OpenedCase, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody adds to a case with a step, a message or a note."""

    text: str = ""
    recorded: Mapping[str, object] = field(default_factory=dict)  # answers to the step's questions
    files: tuple[UUID, ...] = ()
    language: str = ""  # of the page it was written on: others may read another


@dataclass(frozen=True, slots=True)
class Pressed:
    """The button with which a step is taken, on a page: nothing where no page stands behind it."""

    key: str = ""  # the drawing of the form and what it says: the same again is the same act
    seen: str = ""  # the version of the case that the page showed


class SentBefore(Exception):
    """This form came before and was taken. Nothing was done now, and nothing is left to do."""


class StepRefused(Exception):
    """The process does not allow this step now. ``refusals`` are keys of sentences."""

    def __init__(self, refusals: tuple[str, ...]) -> None:
        super().__init__(", ".join(refusals))
        self.refusals = refusals


class NotFound(Unseen):
    """No such case for this viewer. Says the same whether it exists or not."""
