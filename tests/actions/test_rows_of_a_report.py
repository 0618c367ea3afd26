"""The rows of the inbox about one report: each says what is to be done, for whom, and of which case."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from placewide.cases import actions
from placewide.cases.making import makers_for
from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.journeys import actions as journeys
from placewide.journeys.models import Journey
from placewide.journeys.reads import circumstances
from placewide.journeys.terms import Circumstances
from placewide.kernel import clock
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.messages import actions as messages
from placewide.messages.models import Message
from placewide.messages.terms import Fault, Outcome, Result
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return caring_place()


@pytest.fixture
def desk(place: SmallPlace) -> Client:
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    return working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))


def told(place: SmallPlace, **answers: object) -> Any:
    """Urgent answers, and staff were told; the journey's id."""
    journey = journeys.begin(live(place.county.id, "care-needs"), language="en", actor=GUEST, now=clock.now())
    Journey.objects.filter(id=journey).update(answers=answers)
    assert journeys.tell_at_once(seen_of(journey), actor=GUEST, now=clock.now()) == 1
    return journey


def seen_of(journey: Any) -> Circumstances:
    seen = circumstances(Viewer(grants=frozenset({journey})), journey, now=clock.now())
    assert seen is not None
    return seen


def sent(place: SmallPlace, **changed: object) -> None:
    """All mails have gone; all letters are to be posted."""
    seen = seen_of(told(place, **care_answers(urgent_signs=["risk-tonight"], **changed)))
    actions.submit(seen, makers_for(seen), actor=GUEST, now=clock.now())
    for message in Message.objects.order_by("id"):
        result = Result.TO_POST if message.channel == "letter" else Result.SENT
        messages.note_outcome(message.id, Outcome(result), actor=SYSTEM, now=clock.now())


def rows(desk: Client, language: str = "") -> list[str]:
    """Each row as it is read."""
    page = desk.get(f"{language}/staff?whose=").text
    found = re.findall(r'<li class="pw-queue__row.*?</li>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_no_two_rows_read_alike_and_each_has_a_reference_and_a_name(place: SmallPlace, desk: Client) -> None:
    sent(place, access=["braille"])
    shown = rows(desk)
    assert len(shown) == Task.objects.count() >= 4
    assert len(set(shown)) == len(shown), shown
    references = set(Case.objects.values_list("reference", flat=True))
    for row in shown:
        assert any(reference in row for reference in references), row
        assert "Edith Hale" in row or "Ruth Hale" in row, row


def test_the_row_of_what_is_urgent_leads_to_its_cases_by_name(place: SmallPlace, desk: Client) -> None:
    sent(place)
    (row,) = [row for row in rows(desk) if row.startswith("Urgent - a risk tonight")]
    assert "Needs assessment – Edith Hale" in row
    assert all(case.reference in row for case in Case.objects.all())


def test_the_row_of_what_is_not_sent_yet_says_so_with_the_names_given_so_far(place: SmallPlace, desk: Client) -> None:
    journey = told(place, who_for="somebody-else", cared_for_name="Edith Hale", urgent_signs=["risk-tonight"])
    (row,) = rows(desk)
    assert "Edith Hale" in row
    assert "Not sent yet" in row
    Journey.objects.filter(id=journey).update(answers={"urgent_signs": ["risk-tonight"]})
    assert "No name given yet" in rows(desk)[0]
    assert "Heb ei anfon eto" in rows(desk, "/cy")[0]


def test_what_is_prepared_names_the_format_and_the_reader(place: SmallPlace, desk: Client) -> None:
    sent(place, access=["braille", "easy-read"])
    braille = [row for row in rows(desk) if "Braille and Easy Read" in row]
    assert braille
    assert all("for Edith Hale" in row for row in braille), braille
    assert any("mewn Braille a Hawdd ei Ddeall" in row for row in rows(desk, "/cy")), rows(desk, "/cy")


def test_a_message_that_failed_names_who_is_to_be_reached(place: SmallPlace, desk: Client) -> None:
    sent(place)
    mail = Message.objects.filter(channel="email").first()
    assert mail is not None
    Message.objects.filter(id=mail.id).update(state="sending")
    refused = Outcome(Result.REFUSED, Fault.NO_SUCH_ADDRESS)
    messages.note_outcome(mail.id, refused, actor=SYSTEM, now=clock.now())
    assert any("did not arrive: reach Ruth Hale another way" in row for row in rows(desk))
