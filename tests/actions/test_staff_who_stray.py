"""What staff send by hand or by mistake, and who can do the work they are given."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from placewide.cases.models import Case, Entry
from placewide.identity import actions as identity
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.models import LedgerEntry
from placewide.kernel.terms import SYSTEM
from placewide.people.actions import know
from placewide.people.models import Warning
from placewide.people.terms import NewPerson
from placewide.tasks.models import Task
from support.api import place_today, right_answers, send
from support.desk import working
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
    return signed_in_at(place.district.id, email, role, team)


def signed_in_at(
    organisation_id: UUID, email: str, role: Role = Role.MANAGER, team: UUID | None = None
) -> tuple[Client, User]:
    known = {"name": email.partition("@")[0], "organisation_id": organisation_id, "role": role, "team_id": team}
    user = identity.add_staff(email, actor=SYSTEM, now=clock.now(), **known)
    return working(user, Client(raise_request_exception=False)), user


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
    manager.post(f"{where}/assign", {"to": str(user.id), "sure": "yes"})
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


def test_filters_stay_until_others_are_chosen(place: SmallPlace, case: Case) -> None:
    browser, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    assert browser.get("/staff?whose=nobody&due=overdue").status_code == 200
    again = browser.get("/staff")
    assert (again.status_code, again["Location"]) == (302, "/staff?whose=nobody&due=overdue")
    assert browser.get("/staff?whose=").status_code == 200, "everything is asked for by name"
    assert browser.get("/staff").status_code == 200


def test_several_are_said_before_they_are_done(place: SmallPlace, case: Case) -> None:
    browser, moira = signed_in(place, "moira@calder-vale.example", Role.MANAGER, place.waste)
    sent = {"tick": [str(case.id), str(case.id)], "to": "step:missed-bin:send-crew"}
    page = browser.post("/staff/several", sent)
    assert b"Send a crew: 1 case" in page.content
    assert case.reference.encode() in page.content
    assert Case.objects.get().state == "reported", "nothing was done yet"
    assert browser.post("/staff/several", sent | {"sure": "yes"}).status_code == 302
    assert Case.objects.get().state == "crew-sent"
    page = browser.post("/staff/several", sent)
    assert b"This cannot be done now" in page.content
    assert b"cannot be taken from where it stands" in page.content
    given = {"tick": [str(case.id)], "to": str(moira.pk), "sure": "yes"}
    assert browser.post("/staff/several", given).status_code == 302
    assert Case.objects.get().assignee_id == moira.pk


@pytest.mark.parametrize(
    "to", ["", "step:", "step:missed-bin:note-not-collected", "step:x:y", "nobody-at-all", "☃" * 500]
)
def test_several_sent_by_hand_do_nothing_unasked(place: SmallPlace, case: Case, to: str) -> None:
    browser, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    for ticked in ([str(case.id)], ["", "x", "☃" * 100], []):
        answer = browser.post("/staff/several", {"tick": ticked, "to": to, "sure": "yes", "inbox": "found=☃"})
        assert answer.status_code in {200, 302}
    assert (Case.objects.get().state, Case.objects.get().assignee_id) == ("reported", None)


def test_a_warning_whose_button_is_pressed_thrice_is_one(place: SmallPlace, case: Case) -> None:
    browser, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    ines = know([NewPerson(ids.new_id(), place.district.id, name="Ines")], actor=SYSTEM, now=clock.now())[0]
    Case.objects.update(person=ines)
    address, later = f"/staff/case/{case.reference}", (clock.now() + timedelta(days=60)).date()

    def warned(text: str = "Dog in the garden: ring first.") -> int:
        return browser.post(f"{address}/warn", carried | {"warning": text, "review_on": later.isoformat()}).status_code

    def drawn() -> dict[str, str]:
        form = re.search(rf'<form[^>]*action="{address}/warn".*?</form>', browser.get(address).text, re.DOTALL)
        assert form
        return dict(re.findall(r'name="(_form)" value="([^"]+)"', form[0]))

    carried = drawn()
    assert [warned(), warned(), warned()] == [302, 302, 302]
    assert Warning.objects.count() == 1
    assert LedgerEntry.objects.filter(act="person.warned").count() == 1
    assert warned("And a cat.") == 302
    carried = drawn()
    assert warned() == 302
    assert Warning.objects.count() == 3, "other words, or another form, say it anew"


def test_a_warning_about_a_person_stands_on_their_case_with_its_review(place: SmallPlace, case: Case) -> None:
    browser, _ = signed_in(place, "moira@calder-vale.example", Role.MANAGER)
    address, later = f"/staff/case/{case.reference}", (clock.now() + timedelta(days=60)).date()
    right = {"warning": "Dog in the garden: ring first.", "review_on": later.isoformat()}
    assert browser.post(f"{address}/warn", right).status_code == 404, "the case is about a place, not a person"
    ines = know([NewPerson(ids.new_id(), place.district.id, name="Ines")], actor=SYSTEM, now=clock.now())[0]
    Case.objects.update(person=ines)
    for wrong in (
        {},
        right | {"warning": "x" * 201},
        right | {"review_on": "soon"},
        right | {"review_on": "2020-01-01"},
    ):
        answer = browser.post(f"{address}/warn", wrong)
        assert answer.status_code == 422
        assert b"govuk-error-summary" in answer.content
    assert browser.post(f"{address}/warn", right).status_code == 302
    page = browser.get(address).content.decode()
    assert "Dog in the garden: ring first." in page
    assert "Look at this again on" in page
    stranger, _ = signed_in_at(place.county.id, "tom@county.example")
    end = f"{address}/warning/{Warning.objects.get().id}/end"
    assert stranger.post(end).status_code == 404
    assert browser.post(end).status_code == 302
    assert "Dog in the garden" not in browser.get(address).content.decode()
    assert browser.post(end).status_code == 404
