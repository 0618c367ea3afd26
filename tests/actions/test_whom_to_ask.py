"""Whom a hand-over can ask: organisations of the kind that its reason names, and the team there that is to do it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placewide.cases import actions
from placewide.cases.models import Case, Participation
from placewide.cases.terms import NotFound
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Organisation
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db


def body(slug: str, name: str, kind: str) -> Organisation:
    return places.add_organisation(
        NewOrganisation(slug=slug, name=name, kind=kind, nation="England", tier=""), actor=SYSTEM, now=clock.now()
    )


@pytest.fixture
def place() -> SmallPlace:
    place = caring_place()
    sent(live(place.county.id, "care-needs"), care_answers(), clock.now())
    return place


@pytest.fixture
def case(place: SmallPlace) -> Case:
    return Case.objects.get(case_type="needs-assessment")


@pytest.fixture
def desk(place: SmallPlace) -> Client:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.MANAGER, "team_id": place.care}
    return working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))


def asking(desk: Client, case: Case, reason: str, to: object) -> Any:
    until = (clock.legal_date(clock.now()) + timedelta(days=9)).isoformat()
    posted = {"step": "refer", "reason-refer": reason, "to-body": str(to), "why": "Befriending", "until": until}
    return desk.post(f"/staff/case/{case.reference}/step", posted | {"person_knows": "agrees"})


def test_a_reason_is_for_organisations_of_its_kind(place: SmallPlace, case: Case, desk: Client) -> None:
    carers, trust = body("carers", "Carers", "charity"), body("trust", "The Trust", "health")
    body("police", "The Police", "police")
    page = desk.get(f"/staff/case/{case.reference}").text
    refer = page[page.index('value="refer"') :]
    refer = refer[: refer.index("</form>")]
    assert "The Police" not in refer, "no reason of this step is for the police"
    wrong = asking(desk, case, "charity", trust.id)
    assert wrong.status_code == 422
    assert "Choose an organisation that fits the reason" in wrong.text
    assert asking(desk, case, "charity", carers.id).status_code == 302
    assert Participation.objects.get(role="partner").organisation_id == carers.id


def test_where_no_organisation_is_of_that_kind_another_can_be_asked(
    place: SmallPlace, case: Case, desk: Client
) -> None:
    trust = body("trust", "The Trust", "health")
    assert asking(desk, case, "charity", trust.id).status_code == 302


def test_the_team_that_is_to_do_it_is_chosen_with_its_organisation(place: SmallPlace, case: Case, desk: Client) -> None:
    carers = body("carers", "Carers", "charity")
    team = identity.add_team(carers.id, "support", "Carers’ support", actor=SYSTEM, now=clock.now())
    assert "Carers, Carers’ support</option>" in desk.get(f"/staff/case/{case.reference}").text
    assert asking(desk, case, "charity", f"{carers.id}/{team.id}").status_code == 302
    part, task = Participation.objects.get(role="partner"), Task.objects.get(organisation_id=carers.id)
    assert part.team_id == task.team_id == team.id


@pytest.mark.parametrize("sent_as", ["{carers}/{care}", "{carers}/", "{carers}/x", "/{care}", "{carers}/{carers}"])
def test_a_team_of_somebody_else_is_not_taken(place: SmallPlace, case: Case, desk: Client, sent_as: str) -> None:
    carers = body("carers", "Carers", "charity")
    answer = asking(desk, case, "charity", sent_as.format(carers=carers.id, care=place.care))
    assert answer.status_code == 422
    viewer = Viewer(None, place.county.id, frozenset({place.care}), frozenset({"manager"}))
    with pytest.raises(NotFound):
        actions.hand_over(
            case.id, "refer", to_organisation_id=carers.id, to_team_id=place.care, reason="charity", why="x",
            ends=clock.now() + timedelta(days=3), viewer=viewer, now=clock.now(),
        )  # fmt: skip
