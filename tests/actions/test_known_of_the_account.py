"""What somebody signed in need not type again: their address for mail, and the number they left here before."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from placewide.identity import actions as identity
from placewide.identity.models import User
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.people import actions as people
from placewide.people.reads import phone_left
from support.calderbrook import MILL_LANE_12, Calderbrook, calderbrook
from support.desk import reported

pytestmark = pytest.mark.django_db
RUTH, PHONE = "ruth@example.org", "01632 960123"


@pytest.fixture
def place(settings: Any) -> Calderbrook:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    return calderbrook()


@pytest.fixture
def ruth(place: Calderbrook) -> Client:
    """Signed in, with an account that knows what she reported to the district without it."""
    reported(Client(), email=RUTH, phone=PHONE)
    user = identity.join(RUTH, name="Ruth Hale", actor=SYSTEM, now=clock.now())
    people.join_to_account(user.id, RUTH, actor=SYSTEM, now=clock.now())
    browser = Client()
    browser.force_login(user)
    return browser


def contact_page(browser: Client) -> str:
    journey = browser.post("/services/calder-vale/missed-bin")["Location"]
    browser.post(f"{journey}/page/address", {"address-uprn": str(MILL_LANE_12)})
    browser.post(f"{journey}/page/which-bin", {"bin": "refuse"})
    return browser.get(f"{journey}/page/contact").text


def test_the_number_left_with_an_organisation_is_there_the_next_time(ruth: Client) -> None:
    said = contact_page(ruth)
    assert f'value="{RUTH}"' in said
    assert f'value="{PHONE}"' in said


def test_but_not_with_another_organisation_and_not_for_anybody_else(ruth: Client, place: Calderbrook) -> None:
    own = Viewer(user_id=User.objects.get(email=RUTH).id)
    found = [phone_left(own, body.id) for body in (place.district, place.fenmarch, place.county)]
    assert found == ["+441632960123", "", ""]
    stranger = Client()
    stranger.force_login(identity.join("alex@example.org", actor=SYSTEM, now=clock.now()))
    for other in (stranger, Client()):
        said = contact_page(other)
        assert "contact_phone" in said
        assert PHONE not in said
