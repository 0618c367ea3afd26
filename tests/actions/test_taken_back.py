"""Danger that was told of, and taken back before it was sent: somebody may have made them do so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from placewide.cases import reads
from placewide.cases.actions import submit
from placewide.cases.making import makers_for
from placewide.cases.models import Case, Participation
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.journeys import actions as journeys
from placewide.journeys.models import Journey
from placewide.journeys.reads import circumstances
from placewide.journeys.terms import Circumstances
from placewide.kernel import clock
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return caring_place()


def desk_of(place: SmallPlace) -> Client:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    user = identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def answered(journey: Any, **changed: object) -> Circumstances:
    Journey.objects.filter(id=journey).update(answers=care_answers(**changed))
    seen = circumstances(Viewer(grants=frozenset({journey})), journey, now=clock.now())
    assert seen is not None
    return seen


def told(place: SmallPlace) -> Any:
    """Ruth ticks that her mother is hurt, and staff are told."""
    journey = journeys.begin(live(place.county.id, "care-needs"), language="en", actor=GUEST, now=clock.now())
    seen = answered(journey, urgent_signs=["hurt"], safe_contact="Ring me at work")
    assert journeys.tell_at_once(seen, actor=GUEST, now=clock.now()) == 1
    return journey


def test_it_is_urgent_and_held_and_the_case_says_so(place: SmallPlace) -> None:
    seen = answered(told(place), urgent_signs=["none"])
    submit(seen, makers_for(seen), actor=GUEST, now=clock.now())
    case = Case.objects.get(case_type="needs-assessment")
    assert case.urgent
    assert Participation.objects.get(case=case, person__name="Edith Hale").held_at is not None
    assert set(Message.objects.filter(person__name="Edith Hale").values_list("state", flat=True)) == {"held"}
    shown = desk_of(place).get(f"/staff/case/{case.reference}").text
    assert "Danger was told and taken back before it was sent: Urgent - possible abuse or neglect." in shown
    ruths = Viewer(
        grants=frozenset(Participation.objects.filter(person__name="Ruth Hale").values_list("id", flat=True))
    )
    page = reads.resident_case(ruths, case.reference, "en", now=clock.now())
    assert page is not None
    assert "anger" not in " ".join(entry.sentence for entry in page.entries), "it is staff's to know"


def test_the_urgent_task_says_that_it_was_taken_back_and_leads_to_the_case(place: SmallPlace) -> None:
    journey, browser = told(place), desk_of(place)
    address = f"/staff/task/{Task.objects.get(about_id=journey).id}"
    assert "took it back" not in browser.get(address).text
    seen = answered(journey, urgent_signs=["none"])
    assert "They took it back. It is not sent yet" in browser.get(address).text
    submit(seen, makers_for(seen), actor=GUEST, now=clock.now())
    shown = browser.get(address).text
    assert "It was sent. They took it back before" in shown
    assert f"/staff/case/{Case.objects.get(case_type='needs-assessment').reference}" in shown
