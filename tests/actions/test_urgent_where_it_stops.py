"""What is urgent is said, and told to somebody, also where a rule ends the rest; no other answer overrules it (A10)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from placewide.identity import actions as identity
from placewide.identity.models import StaffRole
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.services import actions as services
from placewide.services.reads import live
from placewide.services.terms import LiveService
from placewide.tasks.models import Task
from support.api import care_answers, place_today, send
from support.place import PACKAGES

pytestmark = pytest.mark.django_db
SAID_NO = {"own_assessment": "no", "can_decide": "yes", "agrees": "no", "in_danger": "no"}
CARER = {"able_and_willing", "what_caring_does", "carers_words"}


@pytest.fixture
def care() -> LiveService:
    place = place_today()
    known = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    role = {"role": Role.OFFICER, "team_id": place.care, "actor": SYSTEM, "now": clock.now()}
    identity.add_staff("a@county.example", name="A", organisation_id=place.county.id, **role)  # somebody is there
    return live(place.county.id, "care-needs")


def said_no(*signs: str, **others: Any) -> dict[str, Any]:
    answers = care_answers(**SAID_NO, urgent_signs=list(signs), **others)
    return {name: value for name, value in answers.items() if name not in CARER}


def test_who_is_hurt_is_not_stopped_by_no_danger(care: LiveService) -> None:
    answer = send(care, said_no("hurt", safe_contact=None))
    assert answer.status_code == 201, answer.content
    assert [case["name"] for case in answer.json()["cases"]] == ["Needs assessment"]
    assert Task.objects.filter(about_id=answer.json()["submission"], urgent=True).count() == 1


def test_a_program_that_is_stopped_reads_what_is_urgent_and_whom_to_ring(care: LiveService) -> None:
    calm, urgent = send(care, said_no("none")), send(care, said_no("alone-without-help"))
    assert [each.json()["type"].partition("#")[2] for each in (calm, urgent)] == ["stopped", "stopped"]
    assert "urgent" not in calm.json()
    told = urgent.json()["urgent"]
    assert (told["rules"], told["phone"]) == (["alone-without-help"], "01632 960 199")
    assert "nobody has been told" in told["detail"]
    assert "send the answers again" not in told["detail"]
    services.adopt(care.organisation_id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    numberless = send(
        live(care.organisation_id, "care-needs"), said_no("alone-without-help"), key="another-key-entirely"
    )
    assert numberless.json()["urgent"]["detail"].endswith("Ring 999 in an emergency.")
    assert not Task.objects.exists(), "or the sentence would not be true"


def on_the_pages(care: LiveService, *signs: str) -> tuple[Client, str]:
    """Safety first, which the task list allows, and then that she said no and is in no danger."""
    browser = Client()
    journey = browser.post("/services/calderbrook/care-needs")["Location"]
    for page, answers in {
        "who-for": {"who_for": "somebody-else"},
        "their-name": {"cared_for_name": "Edith Hale"},
        "relationship": {"relationship": "friend-or-neighbour"},
        "do-you-help": {"i_help": "no"},
        "safe-now": {"urgent_signs": list(signs)},
        "can-decide": {"can_decide": "yes"},
        "agrees": {"agrees": "no"},
        "in-danger": {"in_danger": "no"},
    }.items():
        assert browser.post(f"{journey}/page/{page}", answers).status_code == 302
    return browser, journey


def test_the_page_that_stops_says_first_what_is_urgent_and_not_that_nothing_was_sent(care: LiveService) -> None:
    browser, journey = on_the_pages(care, "alone-without-help")
    assert Task.objects.filter(urgent=True).count() == 1
    shown = browser.get(f"{journey}/stop").text
    assert shown.index("Ring us now if nobody can come today") < shown.index("<h1")
    assert "A person was told what is urgent" in shown
    assert "You have not sent us anything" not in shown
    assert "Dywedwyd wrth berson beth sydd ar frys" in browser.get(f"/cy{journey}/stop").text


def test_where_nobody_would_hear_of_it_the_page_that_stops_says_whom_to_ring(care: LiveService) -> None:
    StaffRole.objects.all().delete()
    browser, journey = on_the_pages(care, "alone-without-help")
    shown = browser.get(f"{journey}/stop").text
    assert "Nobody may read soon what is urgent" in shown
    assert "was told" not in shown


def test_ticked_after_the_stop_it_is_told_all_the_same(care: LiveService) -> None:
    browser, journey = on_the_pages(care, "none")
    assert browser.get(f"{journey}/stop").status_code == 200
    assert not Task.objects.exists()
    browser.post(f"{journey}/page/safe-now", {"urgent_signs": ["risk-tonight"]})
    assert Task.objects.filter(urgent=True).count() == 1


def test_nobody_reads_of_no_danger_who_told_of_hurt(care: LiveService) -> None:
    browser, journey = on_the_pages(care, "hurt")
    assert browser.get(f"{journey}/stop").status_code == 302
    shown = browser.get(f"{journey}/tasks").text
    assert "We will look into it all the same" in shown
    assert "nobody hurts" not in shown
    assert browser.get(f"{journey}/page/normal-day").status_code == 200
