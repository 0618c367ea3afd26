"""An administrator manages staff, teams and services: they read no case, task or letter without a role in its team."""

from __future__ import annotations

import pytest
from django.test import Client

from placewide.cases import reads
from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity import reads as people
from placewide.identity.access import working_for
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages import reads as messages
from placewide.messages.models import Message
from placewide.tasks import reads as tasks
from placewide.tasks.models import Task
from placewide.tasks.terms import QueueFilter
from support.api import place_today, right_answers, send
from support.desk import working
from support.place import SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    """A bin of the waste team, with a letter to post."""
    place = place_today()
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    Message.objects.update(channel="letter", state="to-post", to="Sam\n1 Mill Lane")
    return place


def somebody(place: SmallPlace, role: Role, team=None):
    known = {"name": "Ada", "organisation_id": place.district.id, "role": role, "team_id": team}
    return identity.add_staff("ada@staff.example", actor=SYSTEM, now=clock.now(), **known)


def as_staff(place: SmallPlace, user) -> Viewer:
    return working_for(user.id, place.district.id, legal_date(clock.now()))


def seen(viewer: Viewer) -> tuple[bool, int, int]:
    """Whether the case opens, how many tasks there are, how many letters."""
    now = clock.now()
    case = reads.staff_case(viewer, Case.objects.get().reference, "en", now=now)
    queue = tasks.queue(viewer, QueueFilter(), now=now).items
    return case is not None, len(queue), len(messages.letters_to_post(viewer).items)


@pytest.mark.parametrize("of_team", [True, False])
def test_an_administrator_of_no_team_sees_none_of_the_work(place: SmallPlace, of_team: bool) -> None:
    if not of_team:
        for model in (Case, Task, Message):
            model.objects.update(team=None)
    user = somebody(place, Role.ADMIN)
    assert seen(as_staff(place, user)) == (False, 0, 0)
    browser: Client = working(user)
    assert browser.get(f"/staff/case/{Case.objects.get().reference}").status_code == 404
    assert browser.get("/staff").status_code == 200


@pytest.mark.parametrize(("role", "in_team"), [(Role.ADMIN, True), (Role.OFFICER, True), (Role.MANAGER, False)])
def test_a_role_in_the_team_or_for_all_teams_work_sees_it(place: SmallPlace, role: Role, in_team: bool) -> None:
    user = somebody(place, role, place.waste if in_team else None)
    assert seen(as_staff(place, user)) == (True, 1, 1)


def test_a_manager_who_administers_too_sees_what_a_manager_sees(place: SmallPlace) -> None:
    user = somebody(place, Role.ADMIN)
    somebody(place, Role.MANAGER)
    assert seen(as_staff(place, user)) == (True, 1, 1)


def test_giving_a_case_to_an_administrator_is_giving_it_outside_the_team(place: SmallPlace) -> None:
    somebody(place, Role.ADMIN)
    ada = next(one for one in people.staff(place.staff(), on=legal_date(clock.now())) if one.name == "Ada")
    assert ada.is_outside(place.waste)
