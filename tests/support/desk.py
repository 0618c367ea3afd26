"""Both sides of a desk without a browser: a bin reported by the pages, and somebody signed in to work on it."""

from __future__ import annotations

from datetime import datetime
from time import time
from typing import Any

from django.core.cache import cache
from django.test import Client

from placewide.cases.models import Case
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD
from placewide.kernel import clock
from support.calderbrook import MILL_LANE_12, SECRET


def reported(browser: Client, *, email: str = "ruth@example.org", phone: str = "") -> Case:
    """A missed bin, by the pages."""
    journey = browser.post("/services/calder-vale/missed-bin")["Location"]
    browser.post(f"{journey}/page/address", {"address-uprn": str(MILL_LANE_12)})
    browser.post(f"{journey}/page/which-bin", {"bin": "refuse"})
    browser.post(f"{journey}/page/contact", {"contact_email": email, "contact_phone": phone})
    browser.post(f"{journey}/send")
    return Case.objects.latest("opened_at")


def working(user: Any, browser: Client | None = None, *, at: datetime | None = None) -> Client:
    """A browser in which this member of staff is at work, without going through sign-in; ``at``: since when."""
    browser, since = browser or Client(), (at or clock.now()).timestamp()
    browser.force_login(user)
    session = browser.session
    session["staff"] = {"user": str(user.pk), "since": since, "seen": since}
    session.save()
    return browser


def at_the_desk(user: Any) -> Client:
    """A browser in which this member of staff has signed in with password and app."""
    client = Client()
    cache.clear()  # a code counts once
    client.post("/staff/sign-in", {"login": user.email, "password": DEMO_PASSWORD})
    client.post("/staff/sign-in/second-step", {"code": code_at(SECRET, time())})
    assert client.get("/staff").status_code == 200
    return client
