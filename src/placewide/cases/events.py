"""What this room tells the rooms above, and its own handlers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    type: ClassVar[str] = "case.opened/1"
    case_id: UUID
    organisation_id: UUID
    adoption_id: UUID
    case_type: str
    state: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class CaseMoved(Event):
    """A step was taken; ``state`` is where the case stands after it."""

    type: ClassVar[str] = "case.moved/1"
    case_id: UUID
    organisation_id: UUID
    step: str
    state_before: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class CaseWritten(Event):
    """Somebody wrote a message on a case."""

    type: ClassVar[str] = "case.written/1"
    case_id: UUID
    organisation_id: UUID
    from_staff: bool


@dataclass(frozen=True, slots=True)
class CaseHandedOver(Event):
    """Another organisation was let in to act."""

    type: ClassVar[str] = "case.handed_over/1"
    case_id: UUID
    organisation_id: UUID
    to_organisation_id: UUID
