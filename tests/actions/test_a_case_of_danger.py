"""The page of a case of danger: what to decide is near its top, and that it is urgent is said once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.services.reads import live
from support.api import care_answers, caring_place, right_answers, send
from support.desk import working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return caring_place()


def page(place: SmallPlace, case: Case) -> str:
    user = identity.add_staff(
        "moira@staff.example", name="Moira", organisation_id=case.organisation_id, role=Role.OFFICER,
        team_id=case.team_id, actor=SYSTEM, now=clock.now(),
    )  # fmt: skip
    return working(user, Client()).get(f"/staff/case/{case.reference}").text


def test_a_link_above_the_red_panels_leads_to_the_decision_and_takes_the_focus_there(place: SmallPlace) -> None:
    sent(live(place.county.id, "care-needs"), care_answers(urgent_signs=["hurt"]), clock.now())
    shown = page(place, Case.objects.get(case_type="needs-assessment"))
    order = [shown.index(part) for part in ("<h1", 'href="#decide"', 'id="reach"', 'id="held"', 'id="decide"')]
    assert order == sorted(order)
    assert re.search(r'<h2[^>]*id="decide"[^>]*tabindex="-1"', shown), "the focus goes there, too"


def test_that_it_is_urgent_stands_in_one_box_in_the_words_of_the_package(place: SmallPlace) -> None:
    sent(live(place.county.id, "care-needs"), care_answers(urgent_signs=["hurt"]), clock.now())
    shown = page(place, Case.objects.get(case_type="needs-assessment"))
    urgent = re.findall(r'<div class="pw-notice pw-notice--bad[^>]*>(?:(?!</div>).)*Urgent', shown, re.DOTALL)
    assert len(urgent) == 1, urgent
    assert "Urgent - possible abuse or neglect" in shown
    assert "Somebody may be at risk. Look at this now." not in shown


def test_where_no_red_panel_stands_above_it_there_is_no_link(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    assert 'href="#decide"' not in page(place, Case.objects.get())
