"""Write on a case: a resident to those who work on it, or the other way."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from placewide.cases.actions.open_case import OpenCase, add_entry, open_for_change
from placewide.cases.events import CaseWritten
from placewide.cases.rules.telling import announce, calls, to_tell
from placewide.cases.terms import Audience, EntryKind, NotFound, Sees, TaskKind, Written
from placewide.cases.wording import READ_MESSAGE, RING, WRITTEN_BODY, WRITTEN_SUBJECT, in_languages
from placewide.kernel import ids
from placewide.kernel.calendar import due_at
from placewide.kernel.change import changing
from placewide.kernel.idempotency import is_new, meaning
from placewide.kernel.terms import Act, Viewer
from placewide.messages import actions as messages
from placewide.tasks import actions as tasks
from placewide.tasks.terms import NewTask

READ_WITHIN = 2  # working days


def write(case_id: UUID, written: Written, *, form: str = "", viewer: Viewer, now: datetime) -> UUID | None:
    """Add a message. From staff: those who follow the case are told there is one. From a resident: a task to read it.

    ``form`` names the form it was written in: the same words of one form are one message, however often they come;
    then None. An answer from the organisation whose case it is ends that task. Raises NotFound, also for
    somebody who may not read messages.
    """
    with changing(actor=viewer.actor, now=now) as change:
        case = open_for_change(case_id, viewer, now)
        if case.sees in (Sees.PROGRESS, Sees.SHARED):
            raise NotFound
        if form and not is_new(f"case.written:{case_id}", f"{form}:{meaning(written.text).hex()}", now=now):
            return None
        entry_id = ids.new_id()
        add_entry(
            case, EntryKind.MESSAGE, Audience.MESSAGES, entry_id=entry_id, written=written, viewer=viewer, now=now
        )
        if viewer.is_staff:
            _tell_readers(case, written.text, entry_id, viewer, now)
            ours = viewer.organisation_id
            tasks.finish_about(case_id, kinds=(TaskKind.READ,), organisation_id=ours, actor=viewer.actor, now=now)
        else:
            tasks.raise_unless_open([_to_read(case, now)], actor=viewer.actor, now=now)
        change.publish(CaseWritten(case_id, case.row.organisation_id, viewer.is_staff), stream=case_id)
        change.record(Act("case.written", case.row.organisation_id, case_id))
    return entry_id


def _tell_readers(case: OpenCase, text: str, entry_id: UUID, viewer: Viewer, now: datetime) -> None:
    """Whoever may read it hears that it is there; who cannot be written to is rung, or told in a safe way."""
    readers = [follower for follower in case.followers(now) if follower.sees is not Sees.PROGRESS]
    told = tuple(announce(case.standing, readers, _said(case), text, key=f"case.written:{entry_id}"))
    messages.send(told, actor=viewer.actor, now=now)
    tomorrow = due_at(now, 1, "working_days", case.standing.nation)
    rung = calls(case.standing, readers, in_languages(case.package.languages, RING), tomorrow, wanted=True)
    tasks.raise_unless_open((*rung, *to_tell(case.standing, told, now)), actor=viewer.actor, now=now)


def _to_read(case: OpenCase, now: datetime) -> NewTask:
    return NewTask(
        organisation_id=case.row.organisation_id,
        team_id=case.row.team_id,
        assignee_id=case.row.assignee_id,
        about_id=case.row.id,
        kind=TaskKind.READ,
        title=in_languages(case.package.languages, READ_MESSAGE),
        due_at=due_at(now, READ_WITHIN, "working_days", case.standing.nation),
    )


def _said(case: OpenCase) -> tuple[dict[str, str], dict[str, str]]:
    """Subject and body of the word that there is a message, in each language; its text stays on the case's page."""
    languages = case.package.languages
    return in_languages(languages, WRITTEN_SUBJECT), in_languages(languages, WRITTEN_BODY)
