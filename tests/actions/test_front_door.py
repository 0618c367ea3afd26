"""What the front door knows goes with whoever begins a service, and nothing is chosen for anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placewide.journeys import actions as journeys
from placewide.journeys import reads
from placewide.journeys.models import Journey
from placewide.kernel import clock
from placewide.kernel.terms import GUEST, Viewer
from placewide.places.models import Organisation
from support.calderbrook import FEN_ROAD_1, MILL_LANE_14, Calderbrook, calderbrook
from support.desk import at_the_desk, reported
from support.place import MILL_LANE_12, NOW, small_place

pytestmark = pytest.mark.django_db

ADDRESS = {"uprn": str(MILL_LANE_12), "text": "12 Mill Lane, Calderford, ZZ1 2AB"}


@pytest.fixture
def place(settings: Any) -> Calderbrook:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return calderbrook()


def test_what_is_known_is_answered_before_anything_is_asked() -> None:
    live = small_place().missed_bin
    journey_id = journeys.begin(live, language="en", known={"place.address": ADDRESS}, actor=GUEST, now=NOW)
    seen = reads.circumstances(Viewer(grants=frozenset({journey_id})), journey_id, now=NOW)
    assert seen is not None
    assert seen.answers == {"address": ADDRESS}
    assert seen.uprn == str(MILL_LANE_12)
    assert seen.outcome.unanswered[0] == "which-bin"


def test_an_address_chosen_at_the_front_door_leads_to_the_first_question_after_it(place: Calderbrook) -> None:
    browser = Client()
    _choose(browser, "ZZ1 2AB", MILL_LANE_14)
    page = browser.post("/services/calder-vale/missed-bin", follow=True)
    assert page.redirect_chain[-1][0].endswith("/which-bin")
    said = page.content.decode()
    assert "14 Mill Lane" in said
    assert "Not here?" in said
    journey = Journey.objects.get()
    asked = browser.get(f"/journeys/{journey.id}/page/address").content.decode()
    assert f'<option value="{MILL_LANE_14}" selected>' in asked
    browser.post(f"/journeys/{journey.id}/page/address", {"address-uprn": str(FEN_ROAD_1), "action": "continue"})
    journey.refresh_from_db()
    assert journey.answers["address"]["uprn"] == str(FEN_ROAD_1)


def test_who_does_not_serve_the_address_asks_for_one(place: Calderbrook) -> None:
    """Else whoever is led from one council to the next for another address would be led back again."""
    browser = Client()
    _choose(browser, "ZZ1 2AB", MILL_LANE_14)
    page = browser.post("/services/fenmarch/missed-bin", follow=True)
    assert page.redirect_chain[-1][0].endswith("/address")
    assert Journey.objects.get().answers == {}


def test_no_address_is_chosen_for_anybody(place: Calderbrook) -> None:
    browser = Client()
    page = browser.post("/look", {"postcode": "ZZ1 2AB"}, follow=True).content.decode()
    assert '<option value="" selected>2 addresses found</option>' in page
    assert "My address is not in this list" in page
    left_empty = browser.post("/look", {"postcode": "ZZ1 2AB", "uprn": ""})
    assert left_empty.status_code == 422
    assert "Choose your address from the list" in left_empty.content.decode()
    assert "14 Mill Lane" in left_empty.content.decode()
    assert "here" not in browser.cookies


@pytest.mark.parametrize("uprn", ["", "0", "-1", "9" * 13, "½", "10000000099", "<b>"])
def test_an_address_that_is_none_of_ours_is_asked_for_again(place: Calderbrook, uprn: str) -> None:
    for page in ("/look", "/services/missed-bin"):
        assert Client().post(page, {"postcode": "ZZ1 2AB", "uprn": uprn}).status_code == 422
        nothing_typed = Client().post(page, {"uprn": uprn})
        assert nothing_typed.status_code == 422


def test_the_address_chosen_for_a_service_is_not_asked_for_again(place: Calderbrook) -> None:
    browser = Client()
    page = browser.post("/services/missed-bin", {"postcode": "zz12ab"}, follow=True)
    assert "2 addresses found" in page.content.decode()
    assert "ZZ1" not in page.redirect_chain[-1][0].upper().replace("/LOOKED/", "")
    answer = browser.post("/services/missed-bin", {"postcode": "zz12ab", "uprn": str(MILL_LANE_14)})
    assert answer["Location"] == "/services/calder-vale/missed-bin"
    page = browser.post("/services/calder-vale/missed-bin", follow=True)
    assert page.redirect_chain[-1][0].endswith("/which-bin")


def test_an_organisation_that_has_ended_offers_nothing_and_is_handed_nothing(place: Calderbrook) -> None:
    today = clock.legal_date(clock.now())
    case, officer = reported(Client()), at_the_desk(place.staff["priya"])
    browser = Client()
    _choose(browser, "ZZ1 2AB", MILL_LANE_14)
    Organisation.objects.exclude(slug="fenmarch").filter(tier="").update(ends=today - timedelta(days=1))
    desk = officer.get(f"/staff/case/{case.reference}").text
    assert "Calderbrook County Council</option>" in desk
    assert "Calderbrook Carers</option>" not in desk
    assert "Calderbrook Carers" not in browser.get("/").text
    hand = {
        "step": "hand-over",
        "to-body": str(place.carers.id),
        "why": "Open it",
        "reason-hand-over": "landlords-bins",
    }
    sent = officer.post(f"/staff/case/{case.reference}/step", {**hand, "until": str(today + timedelta(days=9))})
    assert "Choose the organisation that is to act" in sent.text
    Organisation.objects.filter(slug="calder-vale").update(ends=today - timedelta(days=1))
    gone = browser.get("/").text
    assert "Calder Vale District Council" not in gone
    assert "/services/calder-vale/" not in gone
    assert browser.get("/services/missed-bin")["Location"] == "/services/fenmarch/missed-bin"


def _choose(browser: Client, postcode: str, uprn: int) -> None:
    assert browser.post("/look", {"postcode": postcode, "uprn": str(uprn)}).status_code == 302
    assert browser.cookies["here"].value


@pytest.mark.parametrize(("words", "asked"), [("", True), ("   ", True), ("xyzzy", False)])
def test_a_search_without_a_word_asks_for_one(place: Calderbrook, words: str, asked: bool) -> None:
    shown = Client().post("/search", {"words": words}, follow=True).text
    assert ("Type a word or two" in shown) is asked
    assert ("Nothing found" in shown) is not asked
