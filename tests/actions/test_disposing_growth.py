"""Finding and deleting what is due stays as quick among 100,000 cases, by an index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from placewide.cases import actions
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.reads.keeping import due_to_go, number_due
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.tasks.models import Task
from plans import analyse, watched
from support.api import right_answers
from support.many import copy, numbered, numbered_id, text
from support.place import NOW, small_place
from support.sending import sent

pytestmark = pytest.mark.django_db
JOURNEY, CASE, PERSON, FOLLOWS, ENTRY, TASK, MESSAGE = range(1, 8)
SMALL = ("identity_", "services_", "places_", "cases_legalhold", "people_warning", "kernel_")
EVERY = 10  # one case of so many is closed and waits for its day


def closed_among(number: int) -> Case:
    """One case to be disposed of, and so many that are open, or closed and not due."""
    place = small_place()
    done = sent(place.missed_bin, right_answers(contact_email="sam@example.org"))
    case = Case.objects.get(id=done.case_ids[0])
    copy(case.journey, number, {"id": numbered_id(JOURNEY)})
    ids = {"id": numbered_id(CASE), "journey_id": numbered_id(JOURNEY), "reference": text("R-")}
    copy(case, number, ids)
    of, follows = {"case_id": numbered_id(CASE)}, Participation.objects.get()
    assert follows.person is not None
    copy(follows.person, number, {"id": numbered_id(PERSON)})
    copy(follows, number, of | {"id": numbered_id(FOLLOWS), "person_id": numbered_id(PERSON)})
    copy(Entry.objects.get(), number, of | {"id": numbered_id(ENTRY)})
    copy(Task.objects.get(), number, {"id": numbered_id(TASK), "about_id": numbered_id(CASE)})
    told = {"id": numbered_id(MESSAGE), "about_id": numbered_id(CASE), "key": text("k")}
    copy(Message.objects.get(), number, told | {"person_id": numbered_id(PERSON)})
    waits = [numbered(CASE, n) for n in range(EVERY, number + 1, EVERY)]
    for start in range(0, len(waits), 500):
        Case.objects.filter(id__in=waits[start : start + 500]).update(open=False, dispose_on=date(2030, 1, 1))
    actions.take_step(case.id, "note-collected", viewer=place.staff(), now=NOW)
    analyse()
    return Case.objects.get(id=case.id)


@dataclass(frozen=True)
class Looked:
    """Statements of finding what is due, of counting it and of deleting one; and how the database went about them."""

    statements: tuple[int, int, int]
    scans: list[str]  # of tables that grow
    by_its_index: bool


def looked_at(number: int) -> Looked:
    case = closed_among(number)
    with watched() as finding:
        assert due_to_go(date(2027, 5, 24), 500) == [case.id]
    with watched() as counting:
        assert number_due(date(2027, 5, 24)) == {"calder-vale": 1}
    with watched() as deleting:
        assert actions.dispose(case.id, actor=SYSTEM, now=NOW + timedelta(days=200))
    scans = [line for seen in (finding, counting, deleting) for line in seen.scans]
    return Looked(
        (len(finding.statements), len(counting.statements), len(deleting.statements)),
        [line for line in scans if not any(name in line for name in SMALL)],
        "case_to_dispose" in "".join(finding.plans),
    )


STATEMENTS = (1, 1, 25)


def test_statements_for_a_few() -> None:
    assert looked_at(20).statements == STATEMENTS


@pytest.mark.slow
def test_statements_are_as_many_among_many_and_all_use_an_index() -> None:
    assert looked_at(100_000) == Looked(STATEMENTS, [], by_its_index=True)
