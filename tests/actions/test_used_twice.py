"""Links and codes that work once: pressed twice, in two tabs at one moment, too late. Each page says what to do."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from messages_place import mail_server
from people_at_the_door import code_in, sign_in_as_resident
from placewide.cases import actions as cases
from placewide.cases.models import Case, Participation
from placewide.identity import actions as identity
from placewide.identity.models import Token
from placewide.journeys import actions as journeys
from placewide.journeys.models import Journey
from placewide.journeys.views.saving import MOST_LINKS
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM, Actor
from placewide.messages.models import Message
from support.api import place_today, right_answers, send
from support.desk import reported
from support.place import SmallPlace
from support.together import together

pytestmark = pytest.mark.django_db(transaction=True)
RUTH = "ruth@example.org"


@pytest.fixture
def place() -> SmallPlace:
    cache.clear()
    return place_today()


def saved(place: SmallPlace) -> tuple[Client, UUID, str]:
    """Somebody who had a link sent to go on later: their browser, the journey, and the link."""
    browser = Client()
    browser.post(f"/services/{place.district.slug}/missed-bin")
    journey_id = Journey.objects.get().id
    Journey.objects.update(saved_to=RUTH)
    return browser, journey_id, link(journeys.RETURN_PURPOSE, journey_id, "/journeys/return/")


def link(purpose: str, subject: UUID, where: str, *, days: int = 1) -> str:
    now = clock.now()
    return where + identity.issue_token(purpose, subject, expires=now + timedelta(days=days), actor=SYSTEM, now=now)


def test_a_link_to_go_on_opens_one_browser_and_tells_the_next_what_to_do(place: SmallPlace) -> None:
    _, journey_id, address = saved(place)
    first, second = Client(), Client()
    assert first.get(address).status_code == 200
    assert second.get(address).status_code == 200, "looking uses nothing up"
    assert first.post(address)["Location"] == f"/journeys/{journey_id}"
    refused = second.post(address)
    assert refused.status_code == 410
    assert "Send me a new link" in refused.text
    assert second.get(f"/journeys/{journey_id}").status_code == 404


def test_the_same_browser_pressing_twice_goes_on(place: SmallPlace) -> None:
    _, journey_id, address = saved(place)
    browser = Client()
    browser.post(address)
    for answer in (browser.post(address), browser.get(address)):
        assert (answer.status_code, answer["Location"]) == (302, f"/journeys/{journey_id}")


def test_a_new_link_goes_to_the_address_of_the_old_one_and_to_no_other(place: SmallPlace) -> None:
    _, journey_id, address = saved(place)
    Client().post(address)
    other = Client()
    answer = other.post(address, {"action": "again", "email": "mallory@example.org"})
    assert "on its way" in answer.text
    assert [message.to for message in Message.objects.all()] == [RUTH]
    assert RUTH not in answer.text
    found = re.search(r"/journeys/return/\S+", Message.objects.get().body)
    assert found
    assert other.post(found[0])["Location"] == f"/journeys/{journey_id}"
    for _ in range(9):
        last = other.post(address, {"action": "again"})
    assert last.status_code == 429
    assert Message.objects.count() <= MOST_LINKS


def test_a_link_whose_time_is_over_says_so_and_a_new_one_can_be_sent(place: SmallPlace) -> None:
    _, journey_id, address = saved(place)
    Token.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    browser = Client()
    assert browser.get(address).status_code == 410
    assert browser.post(address).status_code == 410
    assert browser.get(f"/journeys/{journey_id}").status_code == 404
    browser.post(address, {"action": "again"})
    assert Message.objects.count() == 1
    Journey.objects.all().delete()
    assert browser.post(address, {"action": "again"}).status_code == 410, "nothing is kept any more"
    assert browser.get("/journeys/return/nonsense").status_code == 410
    assert Message.objects.count() == 1


def test_of_two_tabs_at_one_moment_one_uses_the_link(place: SmallPlace) -> None:
    _, journey_id, address = saved(place)
    secret = address.rpartition("/")[2]
    actor, now = Actor(SYSTEM.kind), clock.now()
    found = together(6, lambda _: identity.use_token(journeys.RETURN_PURPOSE, secret, actor=actor, now=now))
    assert sorted(found, key=str) == sorted([journey_id, *[None] * 5], key=str)


def test_a_link_to_follow_a_case_used_twice_or_late_says_how_to_get_another(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(contact_email=RUTH)).status_code == 201
    case, part = Case.objects.get(), Participation.objects.get()
    address = link(cases.FOLLOW_PURPOSE, part.id, "/case/open/")
    first, second = Client(), Client()
    assert first.post(address)["Location"] == f"/case/{case.reference}"
    assert first.post(address)["Location"] == f"/case/{case.reference}", "the same browser has it"
    refused = second.post(address)
    assert refused.status_code == 410
    assert "new link" in refused.text
    Participation.objects.update(ends=clock.now())
    assert first.get(address).status_code == 410, "its part has ended"
    late = link(cases.FOLLOW_PURPOSE, part.id, "/case/open/", days=-1)
    assert second.get(late).status_code == second.post(late).status_code == 410


def test_a_sign_in_code_used_in_two_tabs_signs_in_once_and_both_end_in_the_account(tmp_path, settings) -> None:
    cache.clear()
    with mail_server(tmp_path) as (url, box):
        settings.SMTP_URL = url
        browser = Client()
        sign_in_as_resident(browser, box, RUTH)
        code = code_in(box)
        again = browser.post("/sign-in/code", {"code": code, "action": "verify"}, follow=True)
        assert again.status_code == 200
        assert again.request["PATH_INFO"] == "/account"
        stranger = Client().post("/sign-in/code", {"code": code, "action": "verify"}, follow=True)
        assert stranger.request["PATH_INFO"] == "/sign-in", "where another code can be asked for"


def test_a_code_that_is_too_old_leads_to_another(tmp_path, settings) -> None:
    cache.clear()
    with mail_server(tmp_path) as (url, box):
        settings.SMTP_URL = url
        browser = Client()
        browser.post("/sign-in", {"email": RUTH})
        settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = settings.ACCOUNT_LOGIN_TIMEOUT = -1
        late = browser.post("/sign-in/code", {"code": code_in(box), "action": "verify"}, follow=True)
        assert "_auth_user_id" not in browser.session
        assert late.request["PATH_INFO"] == "/sign-in"
        assert "The time for your code is over" in late.text
        assert "wrong three times" not in late.text
        assert f'value="{RUTH}"' in late.text
        again = browser.get("/sign-in").text
        assert "is over" not in again
        assert RUTH not in again


def test_a_code_page_that_was_left_open_too_long_says_so_in_welsh_too(tmp_path, settings) -> None:
    cache.clear()
    with mail_server(tmp_path) as (url, _):
        settings.SMTP_URL = url
        browser = Client()
        browser.post("/cy/sign-in", {"email": RUTH})
        settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
        late = browser.get("/cy/sign-in/code", follow=True)
        assert "Mae amser eich cod ar ben" in late.text
        assert f'value="{RUTH}"' in late.text


def test_who_never_asked_for_a_code_reads_nothing_of_one() -> None:
    shown = Client().get("/sign-in/code", follow=True)
    assert shown.request["PATH_INFO"] == "/sign-in"
    assert "is over" not in shown.text


def test_after_three_wrong_codes_the_door_says_why_and_knows_the_address_still(tmp_path, settings) -> None:
    cache.clear()
    with mail_server(tmp_path) as (url, _):
        settings.SMTP_URL = url
        browser = Client()
        browser.post("/sign-in", {"email": RUTH})
        for _ in range(3):
            answer = browser.post("/sign-in/code", {"code": "000000", "action": "verify"})
        assert answer["Location"] == "/sign-in", "no address in it"
        shown = browser.get("/sign-in").text
        assert "Your code no longer works" in shown
        assert "wrong three times" in shown
        assert f'value="{RUTH}"' in shown
        again = browser.get("/sign-in").text
        assert "no longer works" not in again
        assert RUTH not in again


@pytest.mark.parametrize("page", ["contact", "which-bin", "tasks", "save"])
def test_what_another_tab_sends_after_sending_leads_to_what_was_sent(place: SmallPlace, page: str) -> None:
    browser = Client()
    case = reported(browser)
    journey = f"/journeys/{case.journey_id}"
    asked = page if page in ("tasks", "save") else f"page/{page}"
    answer = browser.post(f"{journey}/{asked}", {"contact_email": RUTH})
    assert (answer.status_code, answer.get("Location")) == (302, f"{journey}/sent")
