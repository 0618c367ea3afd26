"""A node that was told of no mail server: nothing says that mail was sent, and what waits goes once there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from messages_place import mail_server
from placewide.identity.models import User
from placewide.kernel import clock
from placewide.kernel.ids import new_id
from placewide.kernel.unset import unset
from placewide.messages.channels import OPENERS
from placewide.messages.terms import Channel, Fault, Outgoing, Result, Sender
from placewide.places.models import Organisation
from support.place import small_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_mail_server(settings: Any) -> None:
    cache.clear()
    settings.SMTP_URL = ""


@pytest.mark.parametrize("path", ["/sign-in", "/cy/sign-in"])
def test_nobody_is_promised_a_code(path: str) -> None:
    place = small_place(clock.now())
    Organisation.objects.filter(pk=place.district.id).update(phone="01632 960100", email="")
    client = Client()
    for answer in (client.get(path), client.post(path, {"email": "ruth@example.org"})):
        assert answer.status_code == 200
        page = answer.content.decode()
        assert 'name="email"' not in page
        assert "01632 960100" in page, "another way stands on the page"
        assert "/help" in page
        assert "/staff/sign-in" in page, "staff need no mail"
    assert not User.objects.filter(email="ruth@example.org").exists()
    assert ("Nobody can sign in by email here yet" in page) == (path == "/sign-in")


def test_where_there_is_a_server_the_page_asks_for_the_address(settings: Any) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9"
    assert 'name="email"' in Client().get("/sign-in").content.decode()


def test_mail_waits_and_says_why(settings: Any, tmp_path: Path) -> None:
    today = clock.legal_date(clock.now())
    mail = Outgoing(new_id(), Sender("Oxmere"), "ruth@example.org", "en", "Words", "More", False, today)
    waiting = OPENERS[Channel.EMAIL](clock.now()).deliver(mail)
    assert (waiting.result, waiting.fault) == (Result.LATER, Fault.NOT_SET_UP)
    with mail_server(tmp_path) as (url, mailbox):
        settings.SMTP_URL = url
        assert OPENERS[Channel.EMAIL](clock.now()).deliver(mail).result is Result.SENT
        assert len(mailbox.mails()) == 1


def test_each_setting_that_is_missing_is_named_with_what_that_means() -> None:
    address = "http://127.0.0.1:8521"
    told = unset({"SMTP_URL": " "}, address)
    assert list(told) == ["PLACEWIDE_ADDRESS", "SMTP_URL", "PLACEWIDE_MAIL_FROM"]
    assert address in told["PLACEWIDE_ADDRESS"]
    whole = {"PLACEWIDE_ADDRESS": "https://a.example", "SMTP_URL": "smtp://mail", "PLACEWIDE_MAIL_FROM": "a@a.example"}
    assert unset(whole, address) == {}
