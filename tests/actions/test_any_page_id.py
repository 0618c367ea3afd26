"""A designer calls a page what they like: no page of a package stands where one of Placewide's own does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from placewide.cases import urls as cases
from placewide.journeys import urls as journeys
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from placewide.services.check import faults_of
from placewide.services.format import read_folder
from support.calderbrook import MILL_LANE_12, calderbrook
from support.packages import copied

pytestmark = pytest.mark.django_db
ROUTES = [str(each.pattern) for each in (*cases.urlpatterns, *journeys.urlpatterns)]
OWN = sorted({found[1] for route in ROUTES if (found := re.match(r"journeys/<uuid:journey_id>/([a-z]+)", route))})


def called(into: Path, name: str) -> Path:
    """The missed bin, whose last page and wording have this id; a version later."""
    folder = copied(into)
    for path in folder.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        text = text.replace("id: contact\n", f"id: {name}\n").replace("\n  contact:\n", f"\n  {name}:\n")
        text = text.replace("which-bin, contact]", f"which-bin, {name}]").replace("version: 1.0.0", "version: 1.1.0")
        path.write_text(text, encoding="utf-8")
    return folder


def test_the_names_that_stand_after_a_journey_are_found() -> None:
    assert {"check", "save", "send", "sent", "stop", "tasks"} <= set(OWN)


@pytest.mark.parametrize("name", OWN)
def test_a_page_may_be_called_as_a_page_of_placewide(tmp_path: Path, name: str, settings: Any) -> None:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    place, folder, browser = calderbrook(), called(tmp_path, name), Client()
    assert faults_of(read_folder(folder)) == ()
    services.adopt(place.district.id, folder, {}, actor=SYSTEM, now=clock.now())
    journey = browser.post("/services/calder-vale/missed-bin", follow=True).redirect_chain[0][0]
    for answer in ({"address-uprn": str(MILL_LANE_12)}, {"bin": "refuse"}):
        browser.post(browser.get(journey)["Location"], answer)
    asked = browser.get(journey, follow=True)
    assert asked.redirect_chain and 'name="contact_email"' in asked.text
    sent = browser.post(asked.redirect_chain[-1][0], {"contact_email": "r@example.org", "contact_phone": ""})
    assert sent["Location"] == f"{journey}/check"
    assert browser.get(f"{journey}/check").status_code == 200
