"""A20: whatever is sent to a page of questions, a case or the front door, the answer is a page that says what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from placewide.kernel import clock
from placewide.services import reads as services
from support.calderbrook import calderbrook
from support.place import small_place

NASTY = [
    "",
    " ",
    "x" * 20_000,
    "\0",
    "<script>alert(1)</script>",
    "🎉" * 300,
    "٣",
    "-1",
    "1e309",
    "' OR 1=1 --",
    "\u202e",
]
PARTS = ["", "-search", "-uprn", "-line_1", "-postcode", "-day", "-upload"]


def refused_or_answered(answer: Any, where: str) -> None:
    """Never a fault of ours; where it is refused, a page says so."""
    assert answer.status_code < 500, where
    assert answer.status_code in (200, 302, 400, 404, 410, 422), f"{where}: {answer.status_code}"
    assert "<script>alert" not in answer.content.decode(errors="replace")


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_of_both_services_bears_anything(settings: Any) -> None:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    place = calderbrook()
    for body, slug in ((place.district, "missed-bin"), (place.county, "care-needs")):
        package = services.live(body.id, slug).package
        client = Client()
        journey = client.post(f"/services/{body.slug}/{slug}")["Location"]
        for page in package.pages:
            for nasty in NASTY:
                sent = {f"{q.id}{part}": nasty for q in page.questions for part in PARTS}
                for action in ("continue", "find", "add", nasty):
                    where = f"{journey}/page/{page.id}"
                    refused_or_answered(client.post(where, {**sent, "action": action, "remove": nasty}), where)
        _first_page_says_what_is_wrong(client, journey, package)


def _first_page_says_what_is_wrong(client: Client, journey: str, package: Any) -> None:
    answer = Client().get(journey)
    assert answer.status_code == 404, "another browser"
    empty = client.post(f"{journey}/page/{package.pages[0].id}", {"action": "continue"})
    if empty.status_code != 302:  # answered by something that was right after all
        assert empty.status_code == 422
        assert "govuk-error-summary" in empty.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_the_front_door_and_links_bear_anything(settings: Any, nasty: str) -> None:
    small_place(clock.now())
    client = Client()
    for path, sent in (
        ("/look", {"postcode": nasty, "uprn": nasty}),
        ("/look", {"uprn": "9" * 5000}),
        ("/search", {"words": nasty}),
        ("/services/missed-bin", {"postcode": nasty}),
        ("/case/7K2P-9QXM-4/write", {"message": nasty}),
        ("/case/7K2P-9QXM-4/step/answer", {"more_told": nasty}),
        ("/case/7K2P-9QXM-4/link", {}),
    ):
        refused_or_answered(client.post(path, sent), path)
    for path in ("/case/nothing", "/journeys/return/x", "/case/open/x", "/services/none", "/services/calder-vale/none"):
        assert client.get(path).status_code in (404, 410), path
    client.cookies["grants"] = client.cookies["here"] = client.cookies["done"] = "forged:1:x.9"
    assert client.get("/").status_code == 200
