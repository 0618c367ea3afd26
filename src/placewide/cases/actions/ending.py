"""End what hangs on a case: what lets another organisation see it, and the urgent task of the report it came of."""

from __future__ import annotations

from datetime import datetime

from placewide.cases.actions.open_case import OpenCase
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.reads.visibility import lasting
from placewide.cases.terms import Audience, EntryKind
from placewide.cases.wording import URGENT_NO_MORE, in_languages
from placewide.journeys import actions as journeys
from placewide.journeys.models import Journey
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.terms import Act, ActorKind, Viewer
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


def end_urgent(case: OpenCase, *, viewer: Viewer, now: datetime) -> None:
    """Once no case that came of a report is urgent, its urgent tasks are off the list; the last case says so to staff.

    The caller has saved the case.
    """
    sent = case.row.journey
    if case.row.urgent or not sent.told:
        return
    # Of two cases calmed at one moment the second must see the first: the report is locked after the case, always.
    Journey.objects.select_for_update().filter(id=sent.id).first()
    if Case.objects.filter(journey=sent.id, urgent=True).exists():
        return
    if journeys.end_urgent(sent.id, case.package.id, actor=viewer.actor, now=now):
        _note_to_staff(case, URGENT_NO_MORE, now)


def _note_to_staff(case: OpenCase, said: str, now: datetime) -> None:
    """A line of Placewide itself that the owning organisation's staff read, whoever took the step."""
    Entry.objects.create(
        id=ids.new_id(),
        case=case.row,
        kind=EntryKind.NOTE,
        audience=Audience.STAFF,
        at=now,
        actor_kind=ActorKind.SYSTEM,
        organisation_id=case.row.organisation_id,
        state=case.row.state,
        sentence=in_languages(case.package.languages, said),
    )
