"""Send a journey: the one change everything else follows from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from placewide.cases import models
from placewide.cases.events import CaseOpened
from placewide.cases.rules import Makers, open_cases
from placewide.cases.terms import Audience, EntryKind, NewCase, NewParticipation, OpenedCase, Opening, Sent, Sentence
from placewide.journeys import actions as journeys
from placewide.journeys.terms import Circumstances, NotReady
from placewide.kernel import ids
from placewide.kernel.change import Change, changing
from placewide.kernel.terms import Act, Actor
from placewide.messages import actions as messages
from placewide.people import actions as people
from placewide.tasks import actions as tasks


def submit(seen: Circumstances, makers: Makers, *, arrived: bool = False, actor: Actor, now: datetime) -> Sent:
    """Open the cases that a journey's answers come to; all of it is kept, or none.

    ``seen`` was read before, ``makers`` brings ids, references and teams; ``arrived`` for answers that came whole
    through the API and are not kept yet. Raises NotReady, AlreadySent, ChangedMeanwhile. At most ten statements,
    however many cases (tests/actions/test_cases_budget.py).
    """
    if not seen.outcome.may_be_sent:
        raise NotReady(seen.outcome)
    opening = open_cases(seen, makers)
    with changing(actor=actor, now=now) as change:
        (journeys.record_sent if arrived else journeys.complete)(seen, actor=actor, now=now)
        people.know(opening.persons, actor=actor, now=now)
        _insert(seen, opening, actor, now)
        tasks.raise_tasks(opening.tasks, actor=actor, now=now)
        messages.send(opening.messages, actor=actor, now=now)
        for case in opening.cases:
            _tell(change, seen, case)
    return Sent(
        journey_id=seen.journey_id,
        references=tuple(case.reference for case in opening.cases),
        case_ids=tuple(case.id for case in opening.cases),
        grants=opening.granted,
        opened=tuple(_opened(opening, case) for case in opening.cases),
    )


def _opened(opening: Opening, case: NewCase) -> OpenedCase:
    theirs = (p.id for p in opening.participations if p.case_id == case.id and p.id in opening.granted)
    return OpenedCase(case.id, case.reference, case.case_type, case.state, next(theirs, None))


def _insert(seen: Circumstances, opening: Opening, actor: Actor, now: datetime) -> None:
    models.Case.objects.bulk_create([_case_row(seen, case, now) for case in opening.cases])
    models.Entry.objects.bulk_create(_first_entries(seen, opening.cases, actor, now))
    cases = {case.id: case for case in opening.cases}
    models.Participation.objects.bulk_create(
        [_participation_row(new, cases[new.case_id], now) for new in opening.participations]
    )


def _participation_row(new: NewParticipation, case: NewCase, now: datetime) -> models.Participation:
    """Held from the start: whoever sent it sees it as it was sent, anybody else nothing of it."""
    shown = new.held and new.shown
    return models.Participation(
        id=new.id,
        case_id=new.case_id,
        person_id=new.person_id,
        role=new.role,
        sees=new.sees,
        reason=new.reason,
        begins=now,
        held_at=now if new.held else None,
        held_state=case.state if shown else "",
        held_since=now if shown else None,
        held_due=case.due_at if shown else None,
    )


def _case_row(seen: Circumstances, case: NewCase, now: datetime) -> models.Case:
    return models.Case(
        id=case.id,
        organisation_id=seen.organisation_id,
        reference=case.reference,
        journey_id=seen.journey_id,
        adoption_id=seen.adoption_id,
        case_type=case.case_type,
        state=case.state,
        state_since=now,
        due_at=case.due_at,
        waits_for=case.waits_for,
        team_id=case.team_id,
        person_id=case.person_id,
        place=case.place,
        urgent=case.urgent,
        notes=list(case.notes),
        opened_at=now,
    )


def _first_entries(
    seen: Circumstances, cases: Iterable[NewCase], actor: Actor, now: datetime
) -> Iterator[models.Entry]:
    for case in cases:
        yield _opened_entry(seen, case, actor, now)
        yield from (_staff_entry(seen, case, said, now) for said in case.taken_back)


def _staff_entry(seen: Circumstances, case: NewCase, said: Sentence, now: datetime) -> models.Entry:
    """What only the organisation's own staff read, from the first moment on."""
    return models.Entry(
        id=ids.new_id(),
        case_id=case.id,
        kind=EntryKind.NOTE,
        audience=Audience.STAFF,
        at=now,
        actor_kind="system",
        organisation_id=seen.organisation_id,
        state=case.state,
        sentence=dict(said),
    )


def _opened_entry(seen: Circumstances, case: NewCase, actor: Actor, now: datetime) -> models.Entry:
    return models.Entry(
        id=ids.new_id(),
        case_id=case.id,
        kind=EntryKind.OPENED,
        audience=Audience.FOLLOWERS,
        at=now,
        actor_kind=actor.kind,
        user_id=actor.user_id,
        organisation_id=actor.organisation_id,
        state=case.state,
        sentence=dict(case.sentence),
    )


def _tell(change: Change, seen: Circumstances, case: NewCase) -> None:
    change.publish(
        CaseOpened(
            case_id=case.id,
            organisation_id=seen.organisation_id,
            adoption_id=seen.adoption_id,
            case_type=case.case_type,
            state=case.state,
            urgent=case.urgent,
        ),
        stream=case.id,
    )
    change.record(Act("case.opened", seen.organisation_id, case.id, {"case_type": case.case_type}))
