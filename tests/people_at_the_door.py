"""Signing in as people do, in a test browser without scripts."""

import re
from datetime import UTC, datetime, timedelta
from time import time

from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from placewide.identity.actions import add_staff, issue_token
from placewide.identity.rules import code_at
from placewide.identity.terms import SET_UP, Role
from placewide.kernel.terms import SYSTEM
from placewide.messages.mailbox.server import Mailbox

PASSWORD = "three small otters"
NOW = datetime.now(UTC)  # sessions and codes live in real time


def code_in(box: Mailbox) -> str:
    """The code in the newest mail."""
    body = box.mails()[0][1].get_body(("plain",)).get_content()
    found = re.search(r"^(\d{6})$", body, re.MULTILINE)
    assert found, body
    return found[1]


def sign_in_as_resident(client: Client, box: Mailbox, email: str) -> None:
    """Ask for a code, read the mail, enter it."""
    client.post("/sign-in", {"email": email})
    client.post("/sign-in/code", {"code": code_in(box), "action": "verify"})


def staff(organisation_id, email="amina@calder.example", *, role=Role.OFFICER, name="Amina Shah", team_id=None):
    """A member of staff who has not set anything up yet."""
    return add_staff(
        email, name=name, organisation_id=organisation_id, role=role, team_id=team_id, actor=SYSTEM, now=NOW
    )


def set_up_link(user) -> str:
    token = issue_token(SET_UP, user.id, expires=NOW + timedelta(days=7), actor=SYSTEM, now=NOW)
    return f"/staff/set-up/{token}"


def secret_shown(page: str) -> str:
    found = re.search(r'pw-key">([A-Z2-7 ]+)<', page)
    assert found
    return found[1].replace(" ", "")


def set_everything_up(client: Client, user) -> str:
    """From the administrator's link to a password and an app; returns the app's secret."""
    client.post(set_up_link(user), {"password": PASSWORD, "again": PASSWORD})
    secret = secret_shown(client.get("/staff/second-step/app").text)
    client.post("/staff/second-step/app", {"code": code_at(secret, time())})
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    return secret


def sign_in_as_staff(client: Client, user, secret: str, *, next_page: str = ""):
    """Password, then the app's code; returns the last answer."""
    cache.clear()  # the code of this half minute may have been used to set the app up
    where = f"/staff/sign-in?next={next_page}" if next_page else "/staff/sign-in"
    client.post(where, {"login": user.email, "password": PASSWORD})
    return client.post("/staff/sign-in/second-step", {"code": code_at(secret, time())})
