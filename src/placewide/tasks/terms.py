"""A task: something a person must do by a date, with or without a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

URGENT_WITHIN = timedelta(hours=1)  # from urgent answers until somebody has looked: only after that is it late


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"  # nobody need do it any more


class Due(StrEnum):
    """Which part of a queue to look at, by legal dates."""

    ALL = "all"
    OVERDUE = "overdue"
    TODAY = "today"  # still today
    WEEK = "week"  # within seven days, today too


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What part of the open tasks that somebody may see to look at. As it stands: all of them."""

    mine: bool = False  # assigned to the viewer
    unassigned: bool = False
    my_teams: bool = False  # of the viewer's teams
    team_id: UUID | None = None
    due: Due | str = Due.ALL
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class NewTask:
    """What somebody is to do."""

    organisation_id: UUID
    kind: str  # "case.state", "delivery.dead": what finishes it asks by kind
    title: Mapping[str, str]  # language → words; names no person
    due_at: datetime
    team_id: UUID | None = None  # None: every member of staff sees it
    assignee_id: UUID | None = None
    about_id: UUID | None = None  # a case, say
    urgent: bool = False
    person_id: UUID | None = None  # whom staff ring, write to or prepare it for, where that is one person


@dataclass(frozen=True, slots=True)
class Task:
    """A task as pages and other rooms know it."""

    id: UUID
    organisation_id: UUID
    team_id: UUID | None
    assignee_id: UUID | None
    about_id: UUID | None
    kind: str
    title: Mapping[str, str]
    due_at: datetime
    urgent: bool
    state: TaskState
    raised_at: datetime
    done_at: datetime | None
    escalated_at: datetime | None
    escalated_to_id: UUID | None  # the manager whose attention it was brought to
    person_id: UUID | None = None  # see NewTask

    def title_in(self, language: str) -> str:
        """The title in ``language``, else in the first language it has."""
        return self.title.get(language) or next(iter(self.title.values()), "")


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many open tasks there are; each is counted to :data:`MOST_COUNTED` at most, which then means "or more"."""

    mine: int
    unassigned: int
    team: int  # of the viewer's teams
    everything: int


MOST_COUNTED = 1000
