"""What staff send by hand or by mistake, and who can do the work they are given."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from placewide.cases.models import Case, Entry
from placewide.identity import actions as identity
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.models import LedgerEntry
from placewide.kernel.terms import SYSTEM
from placewide.tasks.models import Task
from support.api import place_today, right_answers, send
from support.place import SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return place_today()


@pytest.fixture
def case(place: SmallPlace) -> Case:
    assert send(place.missed_bin, right_answers()).status_code == 201
    return Case.objects.get()


def signed_in(place: SmallPlace, email: str, role: Role, team: UUID | None = None) -> tuple[Client, User]:
    known = {"name": email.partition("@")[0], "organisation_id": place.district.id, "role": role, "team_id": team}
    user = identity.add_staff(email, actor=SYSTEM, now=clock.now(), **known)
    browser, at = Client(raise_request_exception=False), clock.now().timestamp()
    browser.force_login(user)
    session = browser.session
    session["staff"] = {"user": str(user.pk), "since": at, "seen": at}
    session.save()
    return browser, user


def test_only_the_package_s_own_reasons_are_kept(place: SmallPlace, case: Case) -> None:
    browser, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    said = {"step": "send-crew", "reason": "She is ill. " * 20, "reason-send-crew": "She is ill. " * 20}
    assert browser.post(f"/staff/case/{case.reference}/step", said).status_code == 302
    assert Entry.objects.get(step="send-crew").reason == ""
    assert all("ill" not in str(entry.record) for entry in LedgerEntry.objects.filter(act="case.moved"))


def test_whoever_is_given_a_case_can_open_it_whatever_their_team(place: SmallPlace, case: Case) -> None:
    parks = identity.add_team(place.district.id, "parks", "Parks", actor=SYSTEM, now=clock.now())
    manager, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    other, user = signed_in(place, "priya@calder-vale.example", Role.OFFICER, parks.id)
    where = f"/staff/case/{case.reference}"
    assert other.get(where).status_code == 404
    manager.post(f"{where}/assign", {"to": str(user.id)})
    assert case.reference in other.get("/staff?whose=mine").text
    assert other.get(where).status_code == 200
    manager.post(f"{where}/assign", {"to": "nobody"})
    assert other.get(where).status_code == 404


def test_a_case_of_no_team_is_seen_by_everybody_of_its_organisation(place: SmallPlace, case: Case) -> None:
    Case.objects.update(team=None)
    Task.objects.update(team=None)
    parks = identity.add_team(place.district.id, "parks", "Parks", actor=SYSTEM, now=clock.now())
    browser, _ = signed_in(place, "priya@calder-vale.example", Role.OFFICER, parks.id)
    assert case.reference in browser.get("/staff").text
    assert browser.get(f"/staff/case/{case.reference}").status_code == 200


def test_work_is_not_given_to_somebody_who_has_left(place: SmallPlace, case: Case) -> None:
    manager, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    _, gone = signed_in(place, "priya@calder-vale.example", Role.OFFICER)
    yesterday = clock.legal_date(clock.now()) - timedelta(days=1)
    identity.end_roles(gone.id, place.district.id, on=yesterday, actor=SYSTEM, now=clock.now())
    where = f"/staff/case/{case.reference}"
    assert str(gone.id) not in manager.get(where).text
    assert manager.post(f"{where}/assign", {"to": str(gone.id)}).status_code == 422
    assert Case.objects.get().assignee_id is None
