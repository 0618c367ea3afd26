"""No address of a page ends on an empty one: another language, a load anew, a bookmark of what a button once led to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from house.openings import pages
from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.ids import new_id
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from support.api import place_today, right_answers, send
from support.desk import working
from support.place import MILL_LANE_12, SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return place_today()


def somebody_of_staff(place: SmallPlace) -> Client:
    known = {"name": "Priya", "organisation_id": place.district.id, "role": Role.OFFICER, "team_id": place.waste}
    user = identity.add_staff("priya@calder-vale.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def addresses(reference: str) -> list[str]:
    """Every address of a page, about a case there is and about ids there are not."""
    found = []
    for one in pages():
        route = one.thing[1]
        if "(?P" in route or route.startswith(("static", "ui/", "api/")):
            continue
        route = re.sub(r"<uuid:\w+>", str(new_id()), route)
        route = re.sub(r"<int:\w+>", "1", route).replace("<str:reference>", reference)
        found.append("/" + re.sub(r"<(?:\w+:)?\w+>", "something", route))
    return found


def test_every_address_of_a_page_answers_whoever_comes_by(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    every = addresses(Case.objects.get().reference)
    assert len(every) > 50
    wrong = []
    for browser in (Client(), somebody_of_staff(place)):
        for address in every:
            answer = browser.get(address)
            leads_on = answer.status_code in (301, 302)
            if answer.status_code == 405 or (not leads_on and not answer.getvalue()):
                wrong.append(f"{address} answers {answer.status_code} with {len(answer.getvalue())} bytes")
    assert not wrong, "\n".join(sorted(set(wrong)))


POSTED = [
    ("/look", "/"),
    ("/cy/look", "/cy/"),
    ("/search", "/"),
    ("/leave", "/"),
    ("/case/7K2P-9QXM-4/write", "/case/7K2P-9QXM-4"),
    ("/case/7K2P-9QXM-4/step/answer", "/case/7K2P-9QXM-4"),
    ("/case/7K2P-9QXM-4/link", "/case/7K2P-9QXM-4"),
]


@pytest.mark.parametrize(("address", "page"), POSTED)
def test_an_address_that_takes_what_is_sent_leads_to_its_page(address: str, page: str) -> None:
    assert Client().get(address)["Location"] == page


def test_a_step_of_staff_leads_back_to_the_case(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    case = f"/staff/case/{Case.objects.get().reference}"
    browser = somebody_of_staff(place)
    for act in ("step", "write", "note", "assign", "settle"):
        assert browser.get(f"/cy{case}/{act}")["Location"] == f"/cy{case}"


def test_what_was_typed_at_the_front_door_is_kept_in_the_other_language_and_stands_in_no_address(
    place: SmallPlace,
) -> None:
    browser = Client()
    for field, address, typed in (("postcode", "/look", "ZZ99 9ZZ"), ("words", "/search", "bin collection")):
        led = browser.post(address, {field: typed})["Location"]
        assert not any(word in led for word in typed.split())
        for page in (led, f"/cy{led}"):
            assert f'value="{typed}"' in browser.get(page).text


def test_several_addresses_are_offered_at_an_address_of_their_own(place: SmallPlace) -> None:
    shown = Client().post("/look", {"postcode": "ZZ1 2AB"}, follow=True)
    assert f'value="{MILL_LANE_12}"' in shown.text
    assert f'value="{MILL_LANE_12}"' in Client().get(shown.redirect_chain[-1][0]).text


def test_loading_a_page_again_sends_no_mail_again(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    case, before = Case.objects.get(), Message.objects.count()
    browser = Client()
    shown = browser.post(f"/case/{case.reference}/link", follow=True)
    assert "Look in your email" in shown.text
    assert shown.request["REQUEST_METHOD"] == "GET"
    again: Any = browser.get(shown.request["PATH_INFO"], follow=True)
    assert "Send the link" in again.text
    assert Message.objects.count() == before + 1
