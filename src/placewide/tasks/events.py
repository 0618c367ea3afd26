"""What this room tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from placewide.kernel.terms import Event


@dataclass(frozen=True, slots=True)
class TaskEscalated(Event):
    """A task went past its date and was brought to a manager (None where the team has none)."""

    type: ClassVar[str] = "task.escalated/1"
    task_id: UUID
    organisation_id: UUID
    team_id: UUID | None
    about_id: UUID | None
    manager_id: UUID | None


@dataclass(frozen=True, slots=True)
class UrgentRaised(Event):
    """Answers were urgent: somebody has a task to look now. ``about_id`` is the same for all of one report."""

    type: ClassVar[str] = "task.urgent/1"
    organisation_id: UUID
    team_id: UUID | None
    about_id: UUID
