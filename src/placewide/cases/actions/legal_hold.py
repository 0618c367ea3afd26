"""Keep a case beyond its period because the law wants it kept; and let it go again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from placewide.cases.actions.open_case import OpenCase, open_for_change
from placewide.cases.models import LegalHold
from placewide.cases.terms import NotFound
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Act, Viewer

MAY_KEEP = frozenset({"manager", "admin"})


def place_legal_hold(case_id: UUID, reason: str, review_on: date, *, viewer: Viewer, now: datetime) -> UUID:
    """From this instant nothing of the case goes, whatever was promised; returns the hold's id.

    ``reason`` is sealed: it may name somebody. It holds until it is ended, also after ``review_on``: forgetting to look
    at it destroys nothing. Raises NotFound, also for those who may not decide it.
    """
    with changing(actor=viewer.actor, now=now) as change:
        case = _theirs(case_id, viewer, now)
        assert viewer.user_id is not None
        hold = LegalHold.objects.create(
            id=ids.new_id(),
            case=case.row,
            reason=reason,
            review_on=review_on,
            placed_at=now,
            placed_by_id=viewer.user_id,
        )
        particulars: dict[str, str | int | bool | None] = {"review": review_on.isoformat()}
        change.record(Act("case.legal_hold_placed", case.row.organisation_id, case_id, particulars))
    return hold.id


def end_legal_hold(case_id: UUID, *, viewer: Viewer, now: datetime) -> int:
    """End every hold on a case; what was due meanwhile goes with the next run. Returns how many. Raises NotFound."""
    with changing(actor=viewer.actor, now=now) as change:
        case = _theirs(case_id, viewer, now)
        ended = LegalHold.objects.filter(case=case_id, ended_at=None).update(ended_at=now)
        if ended:
            change.record(Act("case.legal_hold_ended", case.row.organisation_id, case_id))
    return ended


def _theirs(case_id: UUID, viewer: Viewer, now: datetime) -> OpenCase:
    if viewer.user_id is None or not viewer.roles & MAY_KEEP:
        raise NotFound
    case = open_for_change(case_id, viewer, now)
    if case.row.organisation_id != viewer.organisation_id:
        raise NotFound
    return case
