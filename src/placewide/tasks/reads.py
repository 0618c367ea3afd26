"""Queues of work: what cannot wait, then what is due first. Reads are few statements, whatever there is to do."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from placewide.identity.models import StaffRole
from placewide.identity.terms import Role
from placewide.kernel import ids, paging
from placewide.kernel.calendar import end_of_day
from placewide.kernel.clock import legal_date
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.tasks import models
from placewide.tasks.terms import MOST_COUNTED, Due, QueueCounts, QueueFilter, Task, TaskState

_LIST = "tasks.queue"


def queue(
    viewer: Viewer, wanted: QueueFilter | None = None, *, now: datetime, after: str = "", limit: int = 50
) -> Slice[Task]:
    """Open tasks the viewer may see: what cannot wait first, then what is due first; two statements at most.

    ``after``: the ``next_key`` of the slice before. Raises CursorForged.
    """
    wanted = wanted or QueueFilter()
    rows = _in_part(_open(viewer), Due(wanted.due), now)
    if wanted.mine:
        rows = rows.filter(assignee_id=viewer.user_id)
    if wanted.unassigned:
        rows = rows.filter(assignee_id__isnull=True)
    if wanted.my_teams:
        rows = rows.filter(team_id__in=viewer.team_ids)
    if wanted.team_id is not None:
        rows = rows.filter(team_id=wanted.team_id)
    return _slice(rows, (True,) if wanted.urgent else (True, False), after, limit)


def counts(viewer: Viewer) -> QueueCounts:
    """How much there is to do, for the tabs of the inbox; four statements, each counting no further than it must."""
    rows = _open(viewer)
    return QueueCounts(
        mine=_count(rows.filter(assignee_id=viewer.user_id)),
        unassigned=_count(rows.filter(assignee_id__isnull=True)),
        team=_count(rows.filter(team_id__in=viewer.team_ids)),
        everything=_count(rows),
    )


def task(viewer: Viewer, task_id: UUID) -> Task | None:
    """One task, open or not, that the viewer may see."""
    row = _visible(viewer).filter(id=task_id).first()
    return described(row) if row else None


def about(viewer: Viewer, about_id: UUID) -> tuple[Task, ...]:
    """The open tasks of a case that the viewer may see, due first."""
    rows = _open(viewer).filter(about_id=about_id)
    return tuple(described(row) for row in rows.order_by("due_at", "id"))


def managers_of(rows: Collection[models.Task], on: date) -> dict[UUID, UUID]:
    """Task → the manager of its team, else of its organisation, who holds that role on ``on``; one statement."""
    held = StaffRole.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=on),
        organisation_id__in={row.organisation_id for row in rows},
        role=Role.MANAGER,
        begins__lte=on,
    )
    found: dict[tuple[UUID, UUID | None], UUID] = {}
    for role in held.order_by("begins", "id"):
        found.setdefault((role.organisation_id, role.team_id), role.user_id)
    named = {
        row.id: found.get((row.organisation_id, row.team_id)) or found.get((row.organisation_id, None)) for row in rows
    }
    return {task_id: manager for task_id, manager in named.items() if manager}


def manager_of(organisation_id: UUID, team_id: UUID | None, on: date) -> UUID | None:
    """The manager of a team, else of its organisation; one statement."""
    row = models.Task(id=ids.new_id(), organisation_id=organisation_id, team_id=team_id)
    return managers_of([row], on).get(row.id)


def described(row: models.Task) -> Task:
    """The row as other rooms know it."""
    return Task(
        id=row.id,
        organisation_id=row.organisation_id,
        team_id=row.team_id,
        assignee_id=row.assignee_id,
        about_id=row.about_id,
        kind=row.kind,
        title=row.title,
        due_at=row.due_at,
        urgent=row.urgent,
        state=TaskState(row.state),
        raised_at=row.raised_at,
        done_at=row.done_at,
        escalated_at=row.escalated_at,
        escalated_to_id=row.escalated_to_id,
        person_id=row.person_id,
    )


def _visible(viewer: Viewer) -> QuerySet[models.Task]:
    """Of the viewer's organisation: their teams' tasks, their own, and those that are nobody's in particular.

    Whoever works for the whole organisation has all its teams in ``team_ids``. Residents see no tasks.
    """
    if viewer.organisation_id is None:
        return models.Task.objects.none()
    mine = Q(team_id__in=viewer.team_ids) | Q(assignee_id=viewer.user_id)
    if not viewer.only_administers:
        mine |= Q(team_id__isnull=True)
    return models.Task.objects.filter(mine, organisation_id=viewer.organisation_id)


def _open(viewer: Viewer) -> QuerySet[models.Task]:
    return _visible(viewer).filter(state=TaskState.OPEN)


def _in_part(rows: QuerySet[models.Task], due: Due, now: datetime) -> QuerySet[models.Task]:
    today = legal_date(now)
    if due is Due.OVERDUE:
        return rows.filter(due_at__lt=now)
    if due is Due.ALL:
        return rows
    last = today if due is Due.TODAY else today + timedelta(days=7)
    return rows.filter(due_at__gte=now, due_at__lte=end_of_day(last))


def _slice(rows: QuerySet[models.Task], parts: tuple[bool, ...], after: str, limit: int) -> Slice[Task]:
    """Those that cannot wait and the others are two walks along an index, each in order of the day they are due."""
    key = paging.key_of(after, of=_LIST) if after else ()
    found: list[models.Task] = []
    for urgent in parts if not key or key[0] else parts[1:]:
        part = rows.filter(urgent=urgent)
        if key and urgent == key[0]:
            part = _later(part, key)
        found += part.order_by("due_at", "id")[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    last = found[limit - 1] if len(found) > limit else None
    next_key = paging.cursor(last.urgent, last.due_at, last.id, of=_LIST) if last else ""
    return Slice(tuple(described(row) for row in found[:limit]), next_key)


def _later(rows: QuerySet[models.Task], key: tuple[paging.Part, ...]) -> QuerySet[models.Task]:
    _, due_at, task_id = key
    # The first condition is implied by the second: it is what lets an index find where to go on.
    return rows.filter(due_at__gte=due_at).filter(Q(due_at__gt=due_at) | Q(id__gt=task_id))


def _count(rows: QuerySet[models.Task]) -> int:
    return rows.order_by("due_at", "id")[:MOST_COUNTED].count()  # in the order of the index that has it all
