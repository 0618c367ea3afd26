"""An address of somebody else's area: who provides the service there is said, and where it begins with them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from placewide.identity import actions as identity
from placewide.journeys import actions as journeys
from placewide.journeys import reads, showing
from placewide.journeys.asking import PageForm
from placewide.journeys.terms import Circumstances
from placewide.kernel import clock
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.places.models import Address, Organisation
from placewide.services import actions as adopting
from placewide.services import reads as services
from support.calderbrook import FEN_ROAD_1, MILL_LANE_14, URGENT_PHONE, Calderbrook, calderbrook
from support.place import PACKAGES

pytestmark = pytest.mark.django_db

FEN_ROAD = {"uprn": str(FEN_ROAD_1), "text": "1 Fen Road"}
BY_HAND = {"line_1": "The Old Mill", "line_2": "", "town": "Fenmarch", "postcode": "ZZ9 9ZZ"}


@pytest.fixture
def place(settings: Any) -> Calderbrook:
    settings.DEMO = True
    return calderbrook()


def answered(asked: Organisation, service: str, given: dict[str, Any], language: str = "en") -> Circumstances:
    """The address is given to this organisation's service."""
    live, now = services.live(asked.id, service), clock.now()
    journey_id = journeys.begin(live, language=language, actor=GUEST, now=now)
    viewer = Viewer(grants=frozenset({journey_id}))
    page, question = ("address", "address") if service == "missed-bin" else ("home-address", "home_address")
    seen = reads.circumstances(viewer, journey_id, language=language, now=now)
    assert seen
    journeys.keep_page(seen, page, {question: given}, actor=GUEST, now=now)
    seen = reads.circumstances(viewer, journey_id, language=language, now=now)
    assert seen
    return seen


@pytest.mark.parametrize("given", [FEN_ROAD, BY_HAND], ids=["chosen", "typed"])
def test_a_bin_that_another_council_of_the_node_collects(place: Calderbrook, given: dict[str, Any]) -> None:
    shown = showing.stop_page(answered(place.district, "missed-bin", given))
    assert shown["title"] == "Fenmarch Council collects here"
    assert "/services/fenmarch/missed" in shown["body"].replace("\\", "")


def test_the_link_and_the_name_are_in_the_language_that_is_read(place: Calderbrook) -> None:
    shown = showing.stop_page(answered(place.district, "missed-bin", FEN_ROAD, "cy"))
    assert "Fenmarch Council (cy)" in shown["title"]
    assert "/cy/services/fenmarch/missed-bin" in shown["body"].replace("\\", "")


def test_one_that_is_not_on_the_node_is_named(place: Calderbrook) -> None:
    Address.objects.filter(uprn=FEN_ROAD_1).update(district_code="ADU", county_code="")
    seen = answered(place.district, "missed-bin", FEN_ROAD)
    assert seen.outcome.stop and seen.outcome.stop.id == "collected-by-others"
    assert seen.facts["provider"]["name"] in showing.stop_page(seen)["title"]


def test_a_council_that_has_ended_is_not_said_to_collect(place: Calderbrook) -> None:
    yesterday = clock.legal_date(clock.now()) - timedelta(days=1)
    Organisation.objects.filter(slug="fenmarch").update(ends=yesterday)
    assert answered(place.district, "missed-bin", FEN_ROAD).facts["provider"]["online"] is False


@pytest.mark.parametrize("code", ["", "QQQ"])
def test_where_nobody_else_is_known_the_one_that_was_asked_stands(place: Calderbrook, code: str) -> None:
    Address.objects.filter(uprn=FEN_ROAD_1).update(district_code=code, county_code="")
    seen = answered(place.district, "missed-bin", FEN_ROAD)
    assert seen.outcome.stop and seen.outcome.stop.id == "bins-not-known"


def test_an_address_of_its_own_goes_on(place: Calderbrook) -> None:
    seen = answered(place.district, "missed-bin", {"uprn": str(MILL_LANE_14), "text": "14 Mill Lane"})
    assert seen.outcome.stop is None
    assert seen.facts["provider"]["elsewhere"] is False


def test_care_at_an_address_of_another_council_says_whom_to_ask_and_turns_nobody_away(place: Calderbrook) -> None:
    identity.add_team(place.fenmarch.id, "adult-care", "Adult social care", actor=SYSTEM, now=clock.now())
    settings = {"urgent_phone": URGENT_PHONE}
    adopting.adopt(place.fenmarch.id, PACKAGES / "care-needs", settings, actor=SYSTEM, now=clock.now())
    seen = answered(place.county, "care-needs", FEN_ROAD)
    assert seen.outcome.stop is None
    page = next(page for page in seen.package.pages if page.id == "how-to-reach-you")
    shown = showing.question_page(seen, page, None, PageForm(raw={}))
    told = "\n".join(notice["title"] + notice["text"] for notice in shown["notices"]).replace("\\", "")
    assert "Fenmarch Council helps people who live there" in told
    assert "(/services/fenmarch/care-needs)" in told
    assert "nothing has been sent yet" in told
