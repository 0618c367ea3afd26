"""Take a case one step further along its process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from placewide.cases.actions.ending import end_hand_overs, end_urgent
from placewide.cases.actions.hold import hold_endangered
from placewide.cases.actions.open_case import OpenCase, add_entry, open_for_change
from placewide.cases.actions.pressed import check_pressed
from placewide.cases.events import CaseMoved
from placewide.cases.reads.visibility import lasting
from placewide.cases.rules.disposing import next_day
from placewide.cases.rules.stepping import step
from placewide.cases.rules.words import naming
from placewide.cases.terms import Audience, EntryKind, Pressed, Stepped, StepRefused, TaskKind, Written
from placewide.cases.wording import ANOTHER_ORGANISATION, RING, in_languages
from placewide.kernel import ids
from placewide.kernel.change import Change, changing
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Act, Viewer
from placewide.messages import actions as messages
from placewide.services import rules
from placewide.services.terms import Package, StepKind
from placewide.tasks import actions as tasks


def take_step(
    case_id: UUID,
    step_id: str,
    *,
    reason: str = "",
    written: Written | None = None,
    asked: Mapping[str, str] | None = None,
    pressed: Pressed | None = None,
    viewer: Viewer,
    now: datetime,
) -> Stepped:
    """Take a step: case, timeline, tasks and the word to followers in one change. Of two at once one is refused.

    ``written``: its checked answers. ``asked``: whom a hand-over asks. Raises NotFound, SentBefore, StepRefused.
    """
    with changing(actor=viewer.actor, now=now) as change:
        case = _still_to_take(open_for_change(case_id, viewer, now), step_id, pressed, now)
        entry_id, before = ids.new_id(), case.row.state
        _hold_endangered(case, step_id, reason, viewer, now)
        result = step(
            case.package,
            case.standing,
            step_id,
            roles=case.roles,
            reason=reason,
            followers=case.followers(now),
            recorded=_in_words(case.package, step_id, case.row.case_type, written or Written(), now),
            ring=in_languages(case.package.languages, RING),
            asked=_named_to_followers(case, asked, now),
            entry_id=entry_id,
            now=now,
        )
        _move(case, result, now)
        add_entry(
            case,
            EntryKind.STEP,
            Audience.FOLLOWERS,
            entry_id=entry_id,
            step=step_id,
            reason=reason,
            sentence=_said(case, result, asked),
            written=written or Written(),
            viewer=viewer,
            now=now,
        )
        _work(case, result, viewer, now)
        _end_if_taken_back(case, step_id, before, viewer, now)
        _publish(change, case, step_id, before, result)
        change.record(Act("case.moved", case.row.organisation_id, case_id, {"step": step_id, "reason": reason}))
    return result


def _end_if_taken_back(case: OpenCase, step_id: str, before: str, viewer: Viewer, now: datetime) -> None:
    if case.package.case_type(case.row.case_type).step(step_id).kind is StepKind.TAKE_BACK:
        end_hand_overs(case, before, viewer=viewer, now=now)


def _named_to_followers(case: OpenCase, asked: Mapping[str, str] | None, now: datetime) -> Mapping[str, str]:
    """Whom a hand-over asks, by name; not where anybody is held: where help comes from may say what is feared.

    One statement, and none but for a hand-over.
    """
    if asked and not lasting(now).filter(case__journey=case.row.journey_id, held_at__isnull=False).exists():
        return asked
    return in_languages(case.package.languages, ANOTHER_ORGANISATION)


def _hold_endangered(case: OpenCase, step_id: str, reason: str, viewer: Viewer, now: datetime) -> None:
    """Before the step tells anybody anything. Where it is refused, all of it is undone."""
    steps = {each.id: each for each in case.package.case_type(case.row.case_type).steps}
    person = rules.endangered(steps[step_id], reason) if step_id in steps else ""
    if person:
        hold_endangered(case, person, viewer=viewer, now=now)


def _still_to_take(case: OpenCase, step_id: str, pressed: Pressed | None, now: datetime) -> OpenCase:
    """Where something has been deleted, there is nothing left to go on with: what is still needed is a new case."""
    if case.row.disposed:
        raise StepRefused(())
    check_pressed(case, step_id, pressed or Pressed(), now)
    return case


def _said(case: OpenCase, result: Stepped, asked: Mapping[str, str] | None) -> dict[str, str]:
    """The line of the timeline, which names whom a hand-over asks."""
    return naming(result.sentence, asked, case.package.languages) if asked else dict(result.sentence)


def _publish(change: Change, case: OpenCase, step_id: str, before: str, result: Stepped) -> None:
    moved = CaseMoved(case.row.id, case.row.organisation_id, step_id, before, result.state, result.open)
    change.publish(moved, stream=case.row.id)


def _in_words(
    package: Package, step_id: str, case_type: str, written: Written, now: datetime
) -> dict[str, dict[str, str]]:
    """The answers to a step's questions as text, in each language of the package; not those that are for staff only."""
    if not written.recorded:
        return {}
    known = {"today": legal_date(now).isoformat(), **written.recorded}
    spoken = {language: rules.speaker(package, language, known) for language in package.languages}
    return {
        question.id: {
            language: rules.show_answer(question, written.recorded.get(question.id), speaker)
            for language, speaker in spoken.items()
        }
        for question in package.case_type(case_type).step(step_id).asks
        if not question.staff_only
    }


def _move(case: OpenCase, result: Stepped, now: datetime) -> None:
    row = case.row
    row.state = result.state
    row.state_since = now
    row.open = result.open
    row.urgent = result.urgent
    row.due_at = result.due_at
    row.waits_for = result.waits_for
    row.closed_at = None if result.open else now
    row.dispose_on = None if result.open else next_day(case.package.retention, legal_date(now))
    moved = ["state", "state_since", "open", "urgent", "due_at", "waits_for", "closed_at", "dispose_on"]
    row.save(update_fields=moved)


def _work(case: OpenCase, result: Stepped, viewer: Viewer, now: datetime) -> None:
    """The task of the state left behind is done, here and at who was asked to help; the state entered raises its own.

    A message that nobody has read yet, a letter to post and a call to make are not done by a step: they stay.
    """
    tasks.finish_about(case.row.id, kinds=(TaskKind.STATE, TaskKind.PARTNER), actor=viewer.actor, now=now)
    own = [replace(result.task, assignee_id=case.row.assignee_id)] if result.task else []
    tasks.raise_tasks(own, actor=viewer.actor, now=now)
    tasks.raise_unless_open(result.calls, actor=viewer.actor, now=now)
    messages.send(result.messages, actor=viewer.actor, now=now)
    end_urgent(case, viewer=viewer, now=now)
