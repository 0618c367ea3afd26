"""Send nothing to somebody, because others may open it and put them in danger; and send again once it is safe."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from placewide.cases.actions.open_case import OpenCase, add_entry, open_beside, open_for_change
from placewide.cases.models import Participation
from placewide.cases.reads.visibility import lasting
from placewide.cases.rules.telling import say_safely
from placewide.cases.terms import Audience, EntryKind, NotFound, Written
from placewide.cases.wording import NOT_SENT, SENT_AGAIN, in_languages
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Act, Viewer
from placewide.messages import actions as messages
from placewide.tasks import actions as tasks

MAY_HOLD = frozenset({"officer", "manager"})  # who may say what is safe; not the crew, and no other organisation


def hold_back(participation_id: UUID, why: str, *, viewer: Viewer, now: datetime) -> bool:
    """From this instant on nothing is sent to this person about any case sent together with this one.

    What waits to be sent is stopped too, and they see their cases as they stood. False where it was so before.
    Raises NotFound, also for those who may not decide it.
    """
    with changing(actor=viewer.actor, now=now):
        return _hold(_theirs(participation_id, viewer, now), why, since=now, viewer=viewer, now=now)


def hold_endangered(case: OpenCase, person: str, *, viewer: Viewer, now: datetime) -> bool:
    """The same for a person of the case, by their role, where a step says that they may be in danger.

    Called before the step, which they then see nothing of: the case stands for them as it stood the instant before. The
    caller has the case in hand. Returns whether nothing is sent to them now.
    """
    theirs = lasting(now).filter(case=case.row.id, reason=person, organisation=None).exclude(person=None).first()
    if theirs is None:
        return False
    with changing(actor=viewer.actor, now=now):
        together = _together(theirs, case, now)
        _hold(together, "", since=now - timedelta(microseconds=1), viewer=viewer, now=now)
    return True


def _hold(
    theirs: list[tuple[Participation, OpenCase]], why: str, *, since: datetime, viewer: Viewer, now: datetime
) -> bool:
    with changing(actor=viewer.actor, now=now):
        rows = [(row, case) for row, case in theirs if row.held_at is None]
        stopped: set[UUID | None] = set()
        for row, case in rows:
            row.held_at, row.held_state = since, case.row.state
            row.held_since, row.held_due = case.row.state_since, case.row.due_at
            _write_down(row, case, EntryKind.HELD, why, viewer=viewer, now=now)
            assert row.person_id is not None
            stopped |= messages.hold_back(row.person_id, actor=viewer.actor, now=now)
        to_say = [say_safely(case.standing, now) for row, case in rows if row.case_id in stopped]
        tasks.raise_unless_open(to_say, actor=viewer.actor, now=now)
    return bool(rows)


def send_again(participation_id: UUID, why: str, *, viewer: Viewer, now: datetime) -> bool:
    """From this instant on messages are sent to this person again, and they see their cases as they stand.

    What was held back stays to be said by staff: it may be out of date. False where it was so before. Raises NotFound,
    also for those who may not decide it.
    """
    with changing(actor=viewer.actor, now=now):
        rows = [(row, case) for row, case in _theirs(participation_id, viewer, now) if row.held_at is not None]
        for row, case in rows:
            row.held_at, row.held_state, row.held_since, row.held_due = None, "", None, None
            _write_down(row, case, EntryKind.RELEASED, why, viewer=viewer, now=now)
    return bool(rows)


def _theirs(participation_id: UUID, viewer: Viewer, now: datetime) -> list[tuple[Participation, OpenCase]]:
    """This participation and the same person's in the cases sent together with it, each with its case, locked."""
    asked = lasting(now).filter(id=participation_id).exclude(person=None).first()
    if asked is None or not viewer.roles & MAY_HOLD:
        raise NotFound
    case = open_for_change(asked.case_id, viewer, now)
    if case.row.organisation_id != viewer.organisation_id:
        raise NotFound
    return _together(asked, case, now)


def _together(asked: Participation, case: OpenCase, now: datetime) -> list[tuple[Participation, OpenCase]]:
    rows = lasting(now).filter(person=asked.person_id, case__journey=case.row.journey_id)
    locked = rows.select_related("person").select_for_update(of=("self",)).order_by("case_id")
    return [(row, case if row.case_id == asked.case_id else open_beside(row.case_id)) for row in locked]


def _write_down(
    row: Participation, case: OpenCase, kind: EntryKind, why: str, *, viewer: Viewer, now: datetime
) -> None:
    """The row, a line that only staff read, and the ledger, which has neither the name nor the reason."""
    row.save(update_fields=["held_at", "held_state", "held_since", "held_due"])
    said = NOT_SENT if kind is EntryKind.HELD else SENT_AGAIN
    name = row.person.name if row.person else ""
    add_entry(
        case,
        kind,
        Audience.STAFF,
        entry_id=ids.new_id(),
        sentence=in_languages(case.package.languages, said),
        written=Written(text=": ".join(filter(None, (name, why)))),
        viewer=viewer,
        now=now,
    )
    act = "case.sending_held" if kind is EntryKind.HELD else "case.sending_released"
    with changing(actor=viewer.actor, now=now) as change:
        change.record(Act(act, case.row.organisation_id, case.row.id, {"participation": str(row.id)}))
