"""The words every room shares: who acts, who looks, what an event is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar
from uuid import UUID


class ActorKind(StrEnum):
    """In what capacity somebody changes something."""

    RESIDENT = "resident"
    STAFF = "staff"
    PARTNER = "partner"  # a program of another body, through the API
    SYSTEM = "system"  # Placewide itself: worker, sealer, nightly run


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change. Carries ids only, never a name, so that it may be written to logs and the ledger."""

    kind: ActorKind
    user_id: UUID | None = None  # None: a guest, or the system
    organisation_id: UUID | None = None  # for staff: on whose behalf


class Unseen(Exception):
    """There is nothing here that the viewer may see: it never was, is gone, or is not theirs. Pages answer 404."""


SYSTEM = Actor(ActorKind.SYSTEM)
GUEST = Actor(ActorKind.RESIDENT)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads. Every read takes one and answers only with what that viewer may see.

    A member of staff looks through exactly one organisation at a time. ``grants`` are ids of journeys and
    cases this browser was given a key to (it began the journey, or opened an emailed link).
    """

    user_id: UUID | None = None
    organisation_id: UUID | None = None  # set for staff only
    team_ids: frozenset[UUID] = frozenset()
    roles: frozenset[str] = frozenset()
    grants: frozenset[UUID] = frozenset()

    @property
    def is_staff(self) -> bool:
        return self.organisation_id is not None

    @property
    def only_administers(self) -> bool:
        """Somebody who manages staff, teams and services: work that is in no team's hands is not theirs to see."""
        return self.roles == {"admin"}

    @property
    def actor(self) -> Actor:
        kind = ActorKind.STAFF if self.is_staff else ActorKind.RESIDENT
        return Actor(kind, self.user_id, self.organisation_id)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. Each room derives its own, frozen, in its ``events.py``.

    ``type`` ends in a version (``case.opened/1``). Fields are only ever added, with a default; anything else is a
    new type. Fields are strings, whole numbers, booleans, None, UUIDs, dates, instants and tuples of these.
    """

    type: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One line for the ledger: what was done, by whom, about whom or what. Never a name or an answer."""

    kind: str  # "case.opened"
    organisation_id: UUID
    subject_id: UUID  # what it is about; kept opaque in the ledger
    particulars: dict[str, str | int | bool | None] = field(default_factory=dict)
