"""A letter that was stopped may not be posted; one that left all the same is recorded as what it is (A12, A14)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from placewide.cases import actions
from placewide.cases.models import Case, Participation
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.models import LedgerEntry
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.messages.terms import LEFT_TASK, State
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings: Any) -> SmallPlace:
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: what is sent stays queued
    return caring_place()


@pytest.fixture
def desk(place: SmallPlace) -> tuple[Client, Viewer]:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    user = identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user), Viewer(user.id, place.county.id, frozenset({place.care}), frozenset({"officer"}))


@pytest.fixture
def letter(place: SmallPlace, desk: tuple[Client, Viewer]) -> Message:
    """Edith's letter waited to be posted, a colleague had it open, and then it was stopped."""
    sent(live(place.county.id, "care-needs"), care_answers(agrees="not-asked"), clock.now())
    work_until_quiet(clock.now())
    letter = Message.objects.get(person__name="Edith Hale")
    browser, officer = desk
    assert "I have posted it" in browser.get(f"/staff/letters/{letter.id}").text
    edith = Participation.objects.get(case__case_type="needs-assessment", person__name="Edith Hale")
    actions.hold_back(edith.id, "He opens it.", viewer=officer, now=clock.now())
    letter.refresh_from_db()
    assert letter.state == State.HELD
    return letter


def test_the_page_says_that_it_may_not_be_posted_and_has_no_sheet(letter: Message, desk: tuple[Client, Viewer]) -> None:
    shown = desk[0].get(f"/staff/letters/{letter.id}").text
    assert "Not to be posted" in shown
    assert "Ask the team" in shown
    assert "This letter was posted" not in shown
    assert "pw-sheet" not in shown
    assert letter.body.split("\n")[0] not in shown


def test_whoever_posted_it_all_the_same_is_told_and_the_case_warns(
    letter: Message, desk: tuple[Client, Viewer]
) -> None:
    browser, _ = desk
    answer = browser.post(f"/staff/letters/{letter.id}/posted", follow=True).text
    assert "It is noted that this letter was posted" in answer
    assert "If you can still stop it" in answer
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at is not None) == (State.SENT, True)
    assert LedgerEntry.objects.filter(act="letter.posted_though_held").count() == 1
    task = Task.objects.get(kind=LEFT_TASK)
    assert task.urgent
    page = f"/staff/case/{Case.objects.get(case_type='needs-assessment').reference}"
    warned = "A letter to Edith Hale was posted before it could be stopped."
    assert warned in browser.get(page).text
    browser.post(f"{page}/settle", {"task": str(task.id)})
    after = browser.get(page).text
    assert warned not in after
    assert "It was seen to that a letter was posted which was held back" in after


def test_pressed_twice_it_is_one_warning(letter: Message, desk: tuple[Client, Viewer]) -> None:
    for _ in range(2):
        desk[0].post(f"/staff/letters/{letter.id}/posted")
    assert Task.objects.filter(kind=LEFT_TASK).count() == 1
    assert "This letter was posted" in desk[0].get(f"/staff/letters/{letter.id}").text
