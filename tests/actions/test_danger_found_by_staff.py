"""Danger that staff find is as danger that was told: urgent, and nothing is sent until they say so (A10, A12)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import EntryKind, StepRefused, Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.messages.terms import State
from placewide.people.models import Person
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
HEARD = {"how_heard": "Alone at the surgery. She fears him."}


@pytest.fixture
def place(settings: Any) -> SmallPlace:
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: what is sent stays queued
    return caring_place()


@pytest.fixture
def case(place: SmallPlace) -> Case:
    """Ruth asks for Edith, and nobody spoke of danger; the letter to Edith waits to be posted."""
    sent(live(place.county.id, "care-needs"), care_answers(agrees="not-asked"), clock.now())
    work_until_quiet(clock.now())
    case = Case.objects.get(case_type="needs-assessment")
    assert told() == [State.TO_POST]
    assert not case.urgent
    return case


def told() -> list[str]:
    rows = Message.objects.filter(person__name="Edith Hale")
    return list(rows.order_by("queued_at", "id").values_list("state", flat=True))


def officer(place: SmallPlace) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset({"officer"}))


def edith() -> Participation:
    return Participation.objects.get(case__case_type="needs-assessment", person__name="Edith Hale")


def take(place: SmallPlace, case: Case, step: str, reason: str = "", minutes: int = 1, **recorded: str) -> None:
    at = clock.now() + timedelta(minutes=minutes)
    written = Written(recorded=recorded)
    actions.take_step(case.id, step, reason=reason, written=written, viewer=officer(place), now=at)
    case.refresh_from_db()


@pytest.mark.parametrize(
    ("step", "reason", "recorded"),
    [("make-safe", "", {}), ("hear-the-person", "says-no-but-at-risk", HEARD)],
)
def test_it_is_urgent_and_what_waits_is_stopped(
    place: SmallPlace, case: Case, step: str, reason: str, recorded: dict[str, str]
) -> None:
    take(place, case, step, reason, **recorded)
    assert case.urgent
    assert Task.objects.filter(about_id=case.id, kind="case.state", state="open", urgent=True).count() == 1
    assert edith().held_at is not None
    assert told() == [State.HELD]
    assert Task.objects.filter(about_id=case.id, kind="case.tell", state="open").count() == 1
    assert not Task.objects.filter(kind="letter.post", state="open").exists()
    assert Entry.objects.filter(case=case, kind=EntryKind.HELD, audience="staff").count() == 1


def test_what_comes_after_is_held_until_staff_say_that_it_is_safe(place: SmallPlace, case: Case) -> None:
    take(place, case, "make-safe")
    take(place, case, "safe-now", minutes=2, what_was_done="With her sister tonight.")
    assert not case.urgent
    take(place, case, "assign-assessor", minutes=3, assessor_name="Nia Price")
    assert told() == [State.HELD, State.HELD]
    actions.send_again(edith().id, "She has moved.", viewer=officer(place), now=clock.now() + timedelta(minutes=4))
    take(place, case, "ask-for-more", minutes=5, what_is_needed="Who has a key?")
    assert told() == [State.HELD, State.HELD, State.QUEUED]


def test_she_sees_the_case_as_it_stood_before(place: SmallPlace, case: Case) -> None:
    user = identity.join("edith@home.example", actor=SYSTEM, now=clock.now())
    Person.objects.filter(name="Edith Hale").update(user=user)
    take(place, case, "make-safe")
    shown = reads.resident_case(Viewer(user.id), case.reference, "en", now=clock.now() + timedelta(hours=1))
    assert shown is not None
    assert shown.state == "triage"
    assert [entry.kind for entry in shown.entries] == [EntryKind.OPENED]


def test_another_reason_stops_nothing(place: SmallPlace, case: Case) -> None:
    take(place, case, "hear-the-person", "agrees", how_heard="She would like it.")
    assert (case.urgent, edith().held_at, told()) == (False, None, [State.TO_POST])


def test_a_step_that_is_refused_stops_nothing(place: SmallPlace, case: Case) -> None:
    take(place, case, "accept-a-no", why_accepted="She can decide.")
    with pytest.raises(StepRefused):
        take(place, case, "make-safe", minutes=2)
    assert edith().held_at is None


def test_the_page_after_the_step_says_so_in_red_and_in_a_sentence(place: SmallPlace, case: Case) -> None:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    browser: Client = working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))
    page = f"/staff/case/{case.reference}"
    assert "nothing more is sent to them until you say that it is safe" in browser.get(page).text, "before it is done"
    shown = browser.post(f"{page}/step", {"step": "make-safe"}, follow=True).text
    assert (
        "Done. The case is urgent now, and nothing more is sent to the person until you say that it is safe." in shown
    )
    assert "Nothing is sent to Edith Hale. Find a safe way to tell them." in shown
    assert "It is safe to write to Edith Hale" in shown, "how it ends"
