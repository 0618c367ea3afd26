"""Who gets a case can read it: nobody of another team gets one by one click, and whose team is whose is shown."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity import reads
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM, Viewer
from support.api import place_today, right_answers, send
from support.desk import working
from support.place import SmallPlace

pytestmark = pytest.mark.django_db


def member(place: SmallPlace, name: str, team, role: Role = Role.OFFICER):
    known = {"name": name, "organisation_id": place.district.id, "role": role, "team_id": team}
    return identity.add_staff(
        f"{name.split(maxsplit=1)[0].lower()}@calder-vale.example", actor=SYSTEM, now=clock.now(), **known
    )


@pytest.fixture
def place() -> SmallPlace:
    """Two bins of the waste team; Wes Waste and Ann Bin of it, Lou Light of street lighting, Mo Chief of no team."""
    place = place_today()
    lights = identity.add_team(place.district.id, "lights", "Street lighting", actor=SYSTEM, now=clock.now())
    member(place, "Wes Waste", place.waste)
    member(place, "Ann Bin", place.waste)
    member(place, "Lou Light", lights.id)
    member(place, "Mo Chief", None, Role.MANAGER)
    for key in ("a" * 22, "b" * 22):
        assert send(place.missed_bin, right_answers(), key=key).status_code == 201
    return place


def found(name: str):
    return User.objects.get(name=name)


def desk() -> Client:
    return working(found("Wes Waste"))


def given() -> set[str]:
    return set(Case.objects.exclude(assignee=None).values_list("assignee__name", flat=True))


def test_colleagues_stand_with_their_teams_ones_own_first(place: SmallPlace) -> None:
    shown = html.unescape(desk().get(f"/staff/case/{Case.objects.first().reference}").text)
    names = re.findall(r"<option[^>]*>([^<]+)</option>", shown)
    assert [name.strip() for name in names if "–" in name or name.strip() == "Mo Chief"] == [
        "Ann Bin – Waste and recycling",
        "Lou Light – Street lighting",
        "Mo Chief",
    ]
    assert "Give to: Lou Light – Street lighting" in html.unescape(desk().get("/staff").text)


def test_a_case_goes_outside_its_team_only_after_the_page_has_asked(place: SmallPlace) -> None:
    page, lou = f"/staff/case/{Case.objects.first().reference}", str(found("Lou Light").id)
    asked = desk().post(f"{page}/assign", {"to": lou})
    assert asked.status_code == 200
    assert "Lou Light is not in Waste and recycling. They will be able to read this case." in asked.text
    assert not given()
    assert f'action="{page}/assign"' in asked.text
    assert desk().post(f"{page}/assign", {"to": lou, "sure": "yes"}).status_code == 302
    assert given() == {"Lou Light"}


@pytest.mark.parametrize("name", ["Ann Bin", "Mo Chief", "Wes Waste"])
def test_who_can_read_it_anyway_gets_it_at_once(place: SmallPlace, name: str) -> None:
    page = f"/staff/case/{Case.objects.first().reference}"
    assert desk().post(f"{page}/assign", {"to": str(found(name).id)}).status_code == 302
    assert given() == {name}


def test_with_many_at_once_the_page_says_how_many_they_could_not_read(place: SmallPlace) -> None:
    ticked = [str(pk) for pk in Case.objects.values_list("id", flat=True)]
    chosen = {"tick": ticked, "to": str(found("Lou Light").id)}
    shown = desk().post("/staff/several", chosen).text
    assert "Lou Light is not in the team of 2 of these cases. They will be able to read them." in shown
    shown = desk().post("/staff/several", chosen | {"to": str(found("Ann Bin").id)}).text
    assert "is not in the team" not in shown


def test_colleagues_cost_one_statement_however_many(place: SmallPlace, django_assert_num_queries) -> None:
    wes = Viewer(found("Wes Waste").id, place.district.id, frozenset({place.waste}), frozenset({"officer"}))
    with django_assert_num_queries(1):
        people = reads.staff(wes, on=clock.legal_date(clock.now()))
    assert [one.name for one in people] == ["Ann Bin", "Wes Waste", "Lou Light", "Mo Chief"]
