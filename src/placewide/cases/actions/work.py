"""Work on a case beside its process: who does it, notes, messages read and calls made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from placewide.cases.actions.open_case import add_entry, open_for_change
from placewide.cases.models import Case
from placewide.cases.reads.visibility import cases_of_staff
from placewide.cases.terms import Audience, EntryKind, NotFound, TaskKind, Written
from placewide.cases.wording import (
    HAS_PREPARED,
    HAS_REACHED,
    HAS_READ,
    HAS_RUNG,
    HAS_SEEN_TO_IT,
    HAS_TOLD,
    in_languages,
)
from placewide.identity import reads as identity
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.idempotency import is_new, meaning
from placewide.kernel.terms import Act, Viewer
from placewide.messages import actions as messages
from placewide.messages.terms import FAILED_TASK, LEFT_TASK, PREPARE_TASK
from placewide.tasks import actions as tasks
from placewide.tasks import reads as tasks_of

# What is ended by saying that it is done: the sentence that stands on the timeline, and who reads it.
SETTLED: Mapping[str, tuple[str, Audience]] = {
    TaskKind.READ: (HAS_READ, Audience.MESSAGES),
    TaskKind.RING: (HAS_RUNG, Audience.STAFF),
    TaskKind.TELL: (HAS_TOLD, Audience.STAFF),
    LEFT_TASK: (HAS_SEEN_TO_IT, Audience.STAFF),
    FAILED_TASK: (HAS_REACHED, Audience.STAFF),
    PREPARE_TASK: (HAS_PREPARED, Audience.STAFF),
}


def assign(case_ids: Sequence[UUID], user_id: UUID | None, *, viewer: Viewer, now: datetime) -> int:
    """Give cases to a colleague, or back to the team; returns how many the viewer could give.

    Raises NotFound where the colleague does not work for the viewer's organisation.
    """
    if user_id is not None and user_id not in {user.id for user in identity.staff(viewer, on=legal_date(now))}:
        raise NotFound
    with changing(actor=viewer.actor, now=now) as change:
        rows = list(cases_of_staff(viewer, now).filter(id__in=case_ids, open=True, organisation=viewer.organisation_id))
        Case.objects.filter(id__in=[row.id for row in rows]).update(assignee_id=user_id)
        tasks.assign_about([row.id for row in rows], user_id, actor=viewer.actor, now=now)
        for row in rows:
            change.record(Act("case.assigned", row.organisation_id, row.id, {"to": str(user_id or "")}))
    return len(rows)


def note(case_id: UUID, text: str, *, form: str = "", viewer: Viewer, now: datetime) -> UUID | None:
    """Add a note that only staff see; None where the same words of the same form came before. Raises NotFound."""
    if not viewer.is_staff:
        raise NotFound
    with changing(actor=viewer.actor, now=now):
        case = open_for_change(case_id, viewer, now)
        if form and not is_new(f"case.noted:{case_id}", f"{form}:{meaning(text).hex()}", now=now):
            return None
        entry_id = ids.new_id()
        add_entry(
            case, EntryKind.NOTE, Audience.STAFF, entry_id=entry_id, written=Written(text=text), viewer=viewer, now=now
        )
    return entry_id


def settle(case_id: UUID, task_id: UUID, *, viewer: Viewer, now: datetime) -> bool:
    """Say that a small thing about a case is done: a message read, somebody rung. False if it was done before.

    Raises NotFound, also for a task that ends another way: that of the case's state by a step, a letter by posting it.
    """
    with changing(actor=viewer.actor, now=now) as change:
        task = tasks_of.task(viewer, task_id)
        if task is None or task.about_id != case_id or task.kind not in SETTLED:
            raise NotFound
        case = open_for_change(case_id, viewer, now)
        if not tasks.finish([task_id], actor=viewer.actor, now=now):
            return False
        if task.kind == TaskKind.TELL:
            messages.note_told(case_id, case.row.organisation_id, actor=viewer.actor, now=now)
        said, audience = SETTLED[task.kind]
        add_entry(
            case,
            EntryKind.SETTLED,
            audience,
            entry_id=ids.new_id(),
            sentence=in_languages(case.package.languages, said, case.standing.organisation),
            viewer=viewer,
            now=now,
        )
        change.record(Act("case.settled", case.row.organisation_id, case_id, {"kind": task.kind}))
    return True
