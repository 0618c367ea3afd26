"""End what lets another organisation see a case, and its work on it."""

from __future__ import annotations

from datetime import datetime

from placewide.cases.actions.open_case import OpenCase
from placewide.cases.models import Participation
from placewide.cases.reads.visibility import lasting
from placewide.kernel.change import changing
from placewide.kernel.terms import Act, Viewer
from placewide.services.terms import StepKind
from placewide.tasks import actions as tasks


def end(row: Participation, case: OpenCase, *, viewer: Viewer, now: datetime) -> None:
    """End one participation; their next click is refused. The caller has checked that the viewer may."""
    with changing(actor=viewer.actor, now=now) as change:
        row.ends = now
        row.save(update_fields=["ends"])
        if row.organisation_id is not None:  # their work on it ends with their sight of it
            tasks.finish_about(
                case.row.id, organisation_id=row.organisation_id, cancelled=True, actor=viewer.actor, now=now
            )
        change.record(Act("case.participation_ended", case.row.organisation_id, case.row.id))


def end_hand_overs(case: OpenCase, state: str, *, viewer: Viewer, now: datetime) -> None:
    """A case was taken back from a state: whoever was let in by a hand-over that led to it sees it no more."""
    steps = case.package.case_type(case.row.case_type).steps
    handed = [step.id for step in steps if step.kind is StepKind.HAND_OVER and step.ends == state]
    for row in lasting(now).filter(case=case.row.id, step__in=handed).exclude(organisation=None):
        end(row, case, viewer=viewer, now=now)
