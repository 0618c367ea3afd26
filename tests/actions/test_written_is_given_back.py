"""What somebody wrote is given back where it cannot be taken, but nobody puts words into our pages from elsewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from placewide.cases.models import Case
from support.api import place_today, right_answers, send

pytestmark = pytest.mark.django_db
WORDS = "It is <b>still</b> there"


def test_a_message_to_a_case_that_is_no_longer_open_to_its_writer_is_given_back() -> None:
    assert send(place_today().missed_bin, right_answers()).status_code == 201
    answer = Client().post(f"/case/{Case.objects.get().reference}/write", {"message": WORDS})
    assert answer.status_code == 404
    assert "It is &lt;b&gt;still&lt;/b&gt; there" in answer.text


@pytest.mark.parametrize("where", ["/nowhere", "/case/7K2P-9QXM-4/write"])
@pytest.mark.parametrize(("came_from", "shown"), [("cross-site", False), ("same-origin", True), ("", False)])
def test_only_what_our_own_page_sent_is_given_back(where: str, came_from: str, shown: bool) -> None:
    elsewhere = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": came_from} if came_from else {})
    answer = elsewhere.post(where, {"message": "Ring 0900 1 now", "x": "y"})
    assert answer.status_code in (403, 404)
    assert ("Ring 0900 1 now" in answer.text) is shown


def test_looking_for_what_is_not_there_gives_nothing_back() -> None:
    assert "What you wrote" not in Client().get("/nowhere?message=Ring+me").text
