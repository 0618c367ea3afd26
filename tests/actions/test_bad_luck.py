"""What bad luck and bad will bring to pages: lost answers, wrong addresses, somebody else's mailbox."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from placewide.cases.models import Case
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.people.models import Person
from placewide.services import actions as services
from placewide.tasks.models import Task
from support.api import place_today
from support.place import MILL_LANE_12, PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db(transaction=True)
WRONG = ["a@b.c,d@e.f", "<a@b.c>", "a@b..c", ".a@b.co", "a..b@c.de", "a@b@c.de", "a@[1.2.3.4]", "a@b.co\r\nBcc: c@d.ef"]


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return place


def begun(place: SmallPlace) -> tuple[Client, str]:
    browser = Client(raise_request_exception=False)
    return browser, browser.post(f"/services/{place.district.slug}/missed-bin")["Location"]


def begun_care(place: SmallPlace) -> tuple[Client, str]:
    browser = Client(raise_request_exception=False)
    return browser, browser.post(f"/services/{place.county.slug}/care-needs")["Location"]


def answered(browser: Client, journey: str, email: str = "") -> Any:
    browser.post(f"{journey}/page/address", {"address-uprn": str(MILL_LANE_12)})
    browser.post(f"{journey}/page/which-bin", {"bin": "refuse"})
    return browser.post(f"{journey}/page/contact", {"contact_email": email, "contact_phone": ""})


@pytest.mark.parametrize("email", WRONG)
def test_an_address_no_mail_can_go_to_is_said_to_be_wrong(place: SmallPlace, email: str) -> None:
    browser, journey = begun_care(place)
    assert browser.post(f"{journey}/save", {"email": email}).status_code == 422
    browser, journey = begun(place)
    assert answered(browser, journey, email).status_code == 422
    assert Message.objects.count() == 0


def test_loading_the_page_again_that_says_a_link_is_on_its_way_sends_no_other(place: SmallPlace) -> None:
    browser, journey = begun_care(place)
    shown = browser.post(f"{journey}/save", {"email": "ruth@example.org"}, follow=True)
    assert "ruth@example.org" in shown.text
    for _ in range(2):
        assert "Your link is on its way" in browser.get(shown.redirect_chain[-1][0]).text
    assert Message.objects.count() == 1


def test_one_journey_sends_no_more_than_five_links_an_hour(place: SmallPlace) -> None:
    browser, journey = begun_care(place)
    answers = [browser.post(f"{journey}/save", {"email": f"victim{i}@example.org"}) for i in range(8)]
    assert Counter(answer.status_code for answer in answers) == {302: 5, 429: 3}
    assert "try again in an hour" in answers[-1].text
    assert Message.objects.count() == 5


def test_one_address_is_sent_no_more_than_five_links_an_hour_however_many_journeys_are_begun(
    place: SmallPlace,
) -> None:
    for spelling in ("ruth@example.org", "Ruth@Example.org") * 4:
        browser, journey = begun_care(place)
        last = browser.post(f"{journey}/save", {"email": spelling})
    assert last.status_code == 429
    assert Message.objects.count() == 5


def test_followers_of_a_case_are_sent_no_more_than_three_links_an_hour(place: SmallPlace) -> None:
    browser, journey = begun(place)
    answered(browser, journey, "sam@example.org")
    browser.post(f"{journey}/send")
    before, case = Message.objects.count(), Case.objects.get()
    answers = [Client().post(f"/case/{case.reference}/link") for _ in range(5)]
    assert Counter(answer.status_code for answer in answers) == {302: 3, 429: 2}
    assert Message.objects.count() - before == 3


def test_a_link_is_written_in_the_language_of_its_reader_whoever_asked_for_it(place: SmallPlace) -> None:
    browser, journey = begun(place)
    answered(browser, journey, "sam@example.org")
    browser.post(f"{journey}/send")
    Person.objects.update(language="cy")
    case = Case.objects.get()
    Client().post(f"/case/{case.reference}/link")
    mail = Message.objects.latest("queued_at", "id")
    assert (mail.language, mail.team_id) == ("cy", place.waste)
    assert "Gofynnodd rhywun" in mail.body
    assert "/cy/" in mail.body


def test_a_reference_that_is_none_is_answered_like_one_that_is(place: SmallPlace) -> None:
    assert [Client().post("/case/7K2P-9QXM-4/link").status_code for _ in range(5)][:2] == [302, 302]


@pytest.mark.parametrize("email", ["", "sam@example.org"])
def test_whoever_never_got_the_answer_to_send_still_comes_to_the_case(place: SmallPlace, email: str) -> None:
    browser, journey = begun(place)
    answered(browser, journey, email)
    before = browser.cookies["grants"].value
    browser.post(f"{journey}/send")
    browser.cookies["grants"] = before  # the answer was lost: its cookie never arrived
    shown = browser.post(f"{journey}/send", follow=True)
    case = Case.objects.get()
    assert case.reference in shown.text
    assert browser.get(f"/case/{case.reference}").status_code == 200


def test_a_stranger_who_knows_the_address_of_the_page_learns_nothing(place: SmallPlace) -> None:
    browser, journey = begun(place)
    answered(browser, journey)
    browser.post(f"{journey}/send")
    shown = Client().get(f"{journey}/sent", follow=True)
    assert shown.status_code == 404
    assert Case.objects.get().reference not in shown.text


def test_a_typed_address_keeps_all_its_lines() -> None:
    from placewide.cases.rules import address_line

    typed = {"line_1": "1 Far Street", "line_2": "Upper Town", "town": "Farham", "postcode": "ZZ9 9ZZ"}
    assert address_line(typed) == "1 Far Street, Upper Town, Farham, ZZ9 9ZZ"
    assert address_line({**typed, "line_2": ""}) == "1 Far Street, Farham, ZZ9 9ZZ"


def test_the_longest_address_that_is_taken_can_be_kept(place: SmallPlace) -> None:
    longest = max(3 * 100 + len(", ") * 3 + len("ZZ99 9ZZ"), 500)  # kinds/address.py: LINE, FULL
    assert (Case._meta.get_field("place").max_length or 0) >= longest
    assert Person._meta.get_field("address").max_length is None


def test_an_urgent_answer_that_is_saved_for_later_reaches_a_person_all_the_same(place: SmallPlace) -> None:
    browser, journey = begun_care(place)
    browser.post(f"{journey}/page/who-for", {"who_for": "me"})
    assert (
        browser.post(f"{journey}/page/safe-now", {"urgent_signs": "risk-tonight", "action": "save"}).status_code == 302
    )
    assert Task.objects.filter(urgent=True).count() == 1
