"""The only writers of tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM, Actor
from placewide.tasks import models
from placewide.tasks.events import TaskEscalated
from placewide.tasks.reads import managers_of
from placewide.tasks.terms import NewTask, TaskState

_AT_ONCE = 500  # tasks escalated in one transaction


def raise_tasks(new_tasks: Sequence[NewTask], *, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """Give people something to do; one insert, however many. Returns the ids in the same order."""
    rows = [
        models.Task(
            id=ids.new_id(),
            organisation_id=new.organisation_id,
            team_id=new.team_id,
            assignee_id=new.assignee_id,
            about_id=new.about_id,
            person_id=new.person_id,
            kind=new.kind,
            title=dict(new.title),
            due_at=new.due_at,
            urgent=new.urgent,
            raised_at=now,
        )
        for new in new_tasks
    ]
    if rows:
        with changing(actor=actor, now=now):
            models.Task.objects.bulk_create(rows)
    return tuple(row.id for row in rows)


def raise_unless_open(new_tasks: Sequence[NewTask], *, actor: Actor, now: datetime) -> tuple[UUID, ...]:
    """The same, but one open task of a kind about a case is enough, and for a person where it is done for one.

    The caller holds the case. One statement more.
    """
    first = {(new.organisation_id, new.about_id, new.kind, new.person_id): new for new in reversed(new_tasks)}
    if not first:
        return ()
    rows = models.Task.objects.filter(about_id__in={new.about_id for new in new_tasks}, state=TaskState.OPEN)
    there = set(rows.values_list("organisation_id", "about_id", "kind", "person_id"))
    return raise_tasks([new for key, new in first.items() if key not in there], actor=actor, now=now)


def finish(task_ids: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """Mark tasks done; returns how many were open. Staff finish only their own organisation's."""
    with changing(actor=actor, now=now):
        return _open(task_ids, actor).update(state=TaskState.DONE, done_at=now, done_by_id=actor.user_id)


def finish_about(
    about_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    kinds: Collection[str] | None = None,
    organisation_id: UUID | None = None,
    cancelled: bool = False,
) -> int:
    """End the open tasks of a case: done, or ``cancelled`` (nobody need do them now). Returns how many; one update.

    ``kinds`` and ``organisation_id`` narrow it down; None takes all.
    """
    rows = models.Task.objects.filter(about_id=about_id, state=TaskState.OPEN)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    state = TaskState.CANCELLED if cancelled else TaskState.DONE
    with changing(actor=actor, now=now):
        return rows.update(state=state, done_at=now, done_by_id=actor.user_id)


def assign_about(about_ids: Collection[UUID], user_id: UUID | None, *, actor: Actor, now: datetime) -> int:
    """Give all open tasks of these cases to somebody (None: back to their teams); one update, returns how many.

    Staff move only their own organisation's tasks.
    """
    with changing(actor=actor, now=now):
        rows = models.Task.objects.filter(about_id__in=about_ids, state=TaskState.OPEN)
        return _own(rows, actor).update(assignee_id=user_id)


def forget_about(about_ids: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """Delete every task, open or not, of what is disposed of; returns how many."""
    with changing(actor=actor, now=now):
        return models.Task.objects.filter(about_id__in=about_ids).delete()[0]


def escalate(now: datetime, *, actor: Actor = SYSTEM) -> int:
    """Bring what is past its date, and was not brought before, to the team's manager; returns how many tasks.

    Five hundred at most: call again while that many come back.
    """
    with changing(actor=actor, now=now) as change:
        overdue = models.Task.objects.filter(state=TaskState.OPEN, escalated_at__isnull=True, due_at__lt=now)
        rows = list(overdue.order_by("due_at").select_for_update(skip_locked=True, of=("self",))[:_AT_ONCE])
        managers = managers_of(rows, legal_date(now)) if rows else {}
        for row in rows:
            row.escalated_at, row.escalated_to_id = now, managers.get(row.id)
            event = TaskEscalated(row.id, row.organisation_id, row.team_id, row.about_id, row.escalated_to_id)
            change.publish(event, stream=row.about_id or row.id)
        models.Task.objects.bulk_update(rows, ["escalated_at", "escalated_to_id"])
    return len(rows)


def escalate_all(now: datetime) -> int:
    """Escalate whatever is overdue, in transactions of five hundred; returns how many tasks."""
    total = 0
    while some := escalate(now):
        total += some
    return total


def _open(task_ids: Collection[UUID], actor: Actor) -> QuerySet[models.Task]:
    return _own(models.Task.objects.filter(id__in=task_ids, state=TaskState.OPEN), actor)


def _own(rows: QuerySet[models.Task], actor: Actor) -> QuerySet[models.Task]:
    return rows.filter(organisation_id=actor.organisation_id) if actor.organisation_id else rows
