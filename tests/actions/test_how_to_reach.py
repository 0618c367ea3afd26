"""Words on how to reach people follow what is known, whose case it is, and who reads them (A10, A12)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from placewide.cases import actions
from placewide.cases.models import Case, Participation
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.services import actions as services
from placewide.services.reads import live
from support.api import care_answers, place_today
from support.desk import working
from support.place import PACKAGES, SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
HURT = {"urgent_signs": ["hurt"], "safe_contact": "Ring me at work"}
NUMBER = "01632 960 700"


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    known = {"urgent_phone": "01632 960 199", "phone": NUMBER}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    return place


def desk(organisation_id: object, team_id: object = None) -> Client:
    known = {"name": "Moira", "organisation_id": organisation_id, "role": Role.OFFICER, "team_id": team_id}
    address = f"{ids.new_reference().lower()}@staff.example"
    return working(identity.add_staff(address, actor=SYSTEM, now=clock.now(), **known))


def officer(place: SmallPlace) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset({"officer"}))


def case_of(place: SmallPlace, case_type: str, **answers: object) -> Case:
    sent(live(place.county.id, "care-needs"), care_answers(**answers), clock.now())
    return Case.objects.get(case_type=case_type)


def main_part(page: str) -> str:
    return " ".join(page.partition("<main")[2].partition("</main>")[0].split())


def read_by_partner(place: SmallPlace, case: Case, reason: str) -> str:
    new = NewOrganisation(slug="carers", name="Calderbrook Carers", kind="charity", nation="England", tier="")
    carers = places.add_organisation(new, actor=SYSTEM, now=clock.now())
    ends = clock.now() + timedelta(days=9)
    asked = {"to_organisation_id": carers.id, "to_team_id": None, "why": "Befriending", "ends": ends}
    actions.hand_over(case.id, "refer", reason=reason, viewer=officer(place), now=clock.now(), **asked)
    return main_part(desk(carers.id).get(f"/staff/case/{case.reference}").text)


def read_by_staff(place: SmallPlace, case: Case) -> str:
    return main_part(desk(place.county.id, place.care).get(f"/staff/case/{case.reference}").text)


def test_a_partner_of_a_carers_case_reads_whom_to_write_to_and_where_to_ask(place: SmallPlace) -> None:
    shown = read_by_partner(place, case_of(place, "carers-assessment", **HURT), "carers-charity")
    assert "No name, number or email address was left" not in shown
    assert "the person who fills this in" not in shown
    assert "Write only to ruth@example.com" in shown
    assert f"Ring them: {NUMBER}" in shown
    assert "Edith" not in shown, "a carer's case says nothing of the person cared for"
    assert "Ring me at work" not in shown


def test_staff_of_a_carers_case_are_not_told_that_it_is_about_somebody_else(place: SmallPlace) -> None:
    carers, needs = (
        case_of(place, kind, **(HURT if first else {})) if first else Case.objects.get(case_type=kind)
        for kind, first in (("carers-assessment", True), ("needs-assessment", False))
    )
    assert "Do not ring Edith Hale: who is there may hear." in read_by_staff(place, carers)
    assert "Do not ring Edith Hale, whom it is about: who is there may hear." in read_by_staff(place, needs)


def test_held_by_hand_the_page_says_that_no_safe_way_is_known(place: SmallPlace) -> None:
    case = case_of(place, "needs-assessment", cared_for_phone="+441632960555")
    edith = Participation.objects.get(case=case, person__name="Edith Hale")
    actions.hold_back(edith.id, "He is back.", viewer=officer(place), now=clock.now())
    shown = read_by_staff(place, case)
    assert "read first how it is safe" not in shown
    assert "do not ring: it is not known yet how it is safe" in shown
    assert "It is not known yet how to reach them safely." in shown
    theirs = read_by_partner(place, case, "charity")
    assert f"Ring Calderbrook County Council: {NUMBER}" in theirs


def test_a_partner_reads_where_a_carers_case_stands_in_words_to_staff(place: SmallPlace) -> None:
    shown = read_by_partner(place, case_of(place, "carers-assessment"), "carers-charity")
    assert "help you" not in shown
    assert ". since" not in shown
    assert "Calderbrook County Council asked another organisation to help the carer since" in shown


def test_the_decision_box_of_staff_is_headed_in_words_to_staff(place: SmallPlace) -> None:
    answers = {"can_decide": "yes", "agrees": "no", "in_danger": "no"}
    dropped = {"hard_things", "because_of", "normal_day", "wishes", "hard_to"}
    said = {name: value for name, value in care_answers(**answers).items() if name not in dropped}
    sent(live(place.county.id, "care-needs"), said, clock.now())
    shown = read_by_staff(place, Case.objects.get(case_type="carers-assessment"))
    assert "We will only talk about what you need" not in shown
    assert "Only the carer's own assessment goes on" in shown.replace("&#39;", "'")
