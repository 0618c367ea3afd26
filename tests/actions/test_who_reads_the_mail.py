"""Somebody else may open the mail of whoever asks: the case it leads to tells them nothing of danger (A10, A14)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from placewide.cases import actions, reads
from placewide.cases.models import Case
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.kernel import clock, ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.services.reads import live
from support.api import care_answers, caring_place
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
DANGER = {"urgent_signs": ["hurt"], "safe_contact": "Ring me at work"}


@pytest.fixture
def place(settings: Any) -> SmallPlace:
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: what is sent stays queued
    return caring_place()


def carers(place: SmallPlace, **answers: object) -> tuple[Case, Viewer]:
    """The carer's case, and whoever has the link that was mailed to her."""
    done = sent(live(place.county.id, "care-needs"), care_answers(**answers), clock.now())
    return Case.objects.get(case_type="carers-assessment"), Viewer(grants=frozenset(done.grants))


def test_the_carers_case_shows_nothing_of_what_was_told_of_danger(place: SmallPlace) -> None:
    case, viewer = carers(place, **DANGER)
    shown = reads.resident_case(viewer, case.reference, "en", now=clock.now())
    assert shown is not None
    assert shown.answers == ()


def test_without_danger_she_reads_what_she_sent(place: SmallPlace) -> None:
    case, viewer = carers(place)
    shown = reads.resident_case(viewer, case.reference, "en", now=clock.now())
    assert shown is not None
    assert "Edith Hale" in {answer.text for answer in shown.answers}


def test_she_is_asked_and_answers_all_the_same(place: SmallPlace) -> None:
    case, viewer = carers(place, **DANGER)
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=clock.now())
    officer = Viewer(user.id, place.county.id, frozenset({place.care}), frozenset({"officer"}))
    now = clock.now() + timedelta(minutes=1)
    asked = Written(recorded={"what_is_needed": "When do you sleep?"})
    actions.take_step(case.id, "ask-for-more", written=asked, viewer=officer, now=now)
    shown = reads.resident_case(viewer, case.reference, "en", now=now)
    assert shown is not None
    assert "When do you sleep?" in {text for entry in shown.entries for _, text in entry.recorded}
    assert [step.id for step in shown.steps] == ["answer"]
    assert shown.answers == ()
