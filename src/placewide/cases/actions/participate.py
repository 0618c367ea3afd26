"""Let another organisation see and act on a case, for a reason, until a date; and end it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from placewide.cases.actions.ending import end
from placewide.cases.actions.open_case import OpenCase, open_for_change
from placewide.cases.actions.step import take_step
from placewide.cases.events import CaseHandedOver
from placewide.cases.models import Participation
from placewide.cases.rules.standing import task_due
from placewide.cases.terms import NotFound, Pressed, Sees, Stepped, TaskKind, Written
from placewide.cases.wording import ACT_FOR_OTHERS, in_languages
from placewide.identity import reads as identity
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Act, Viewer
from placewide.places import reads as places
from placewide.tasks import actions as tasks
from placewide.tasks.terms import NewTask


def hand_over(
    case_id: UUID,
    step_id: str,
    *,
    to_organisation_id: UUID,
    to_team_id: UUID | None,
    reason: str,
    why: str,
    ends: datetime,
    written: Written | None = None,
    pressed: Pressed | None = None,
    viewer: Viewer,
    now: datetime,
) -> UUID:
    """Take the package's hand-over step and let the other organisation in. Returns the participation's id.

    ``reason`` is one of the step's, ``why`` the words the other organisation reads, ``written`` the checked answers.
    A task is raised for them. Only the organisation that owns the case can. Raises NotFound, SentBefore, StepRefused.
    """
    with changing(actor=viewer.actor, now=now) as change:
        case = open_for_change(case_id, viewer, now)
        if case.row.organisation_id != viewer.organisation_id or to_organisation_id == viewer.organisation_id:
            raise NotFound
        if to_team_id is not None and to_team_id not in identity.team_ids(to_organisation_id).values():
            raise NotFound
        to = places.organisation_by_id(to_organisation_id)
        asked = {"en": to.name, "cy": to.name_cy or to.name}
        said = replace(written or Written(), text=why)
        stepped = take_step(
            case_id, step_id, reason=reason, written=said, asked=asked, pressed=pressed, viewer=viewer, now=now
        )
        shares = case.package.case_type(case.row.case_type).step(step_id).shares
        participation = Participation.objects.create(
            id=ids.new_id(),
            case_id=case_id,
            organisation_id=to_organisation_id,
            team_id=to_team_id,
            role="partner",
            sees=Sees.ALL if shares is None else Sees.SHARED,
            step=step_id,
            reason=why,
            begins=now,
            ends=ends,
        )
        task = _task_for(case, to_organisation_id, to_team_id, stepped, now)
        tasks.raise_tasks([task], actor=viewer.actor, now=now)
        change.publish(CaseHandedOver(case_id, case.row.organisation_id, to_organisation_id), stream=case_id)
        change.record(Act("case.handed_over", case.row.organisation_id, case_id, {"to": str(to_organisation_id)}))
    return participation.id


def _task_for(case: OpenCase, organisation_id: UUID, team_id: UUID | None, stepped: Stepped, now: datetime) -> NewTask:
    """What the other organisation is to do; what and why stands on the case's page."""
    return NewTask(
        organisation_id=organisation_id,
        team_id=team_id,
        about_id=case.row.id,
        kind=TaskKind.PARTNER,
        title=in_languages(case.package.languages, ACT_FOR_OTHERS),
        due_at=task_due(stepped.due_at, now, case.standing.nation),
        urgent=case.row.urgent,
    )


def end_participation(participation_id: UUID, *, viewer: Viewer, now: datetime) -> None:
    """End what lets somebody see a case; their next click is refused. Only the owning organisation's staff may.

    Raises NotFound.
    """
    with changing(actor=viewer.actor, now=now):
        case_id = Participation.objects.filter(id=participation_id).values_list("case_id", flat=True).first()
        if case_id is None or not viewer.is_staff:
            raise NotFound
        # The case is locked first, as in every change of it: in another order two could wait for each other for ever.
        case = open_for_change(case_id, viewer, now)
        row = Participation.objects.get(id=participation_id)
        if case.row.organisation_id != viewer.organisation_id:
            raise NotFound
        end(row, case, viewer=viewer, now=now)
