"""Staff read on the case what was sent about it: to whom, how, when, what became of it; never a link that opens it."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from placewide.cases.models import Case
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.messages.models import Message
from placewide.services import actions as services
from placewide.services import reads as live
from support.api import care_answers, place_today, right_answers, send
from support.desk import working
from support.place import PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db


def officer(place: SmallPlace, organisation_id, team_id) -> Client:
    known = {"name": "Tom", "organisation_id": organisation_id, "role": Role.OFFICER, "team_id": team_id}
    return working(identity.add_staff("tom@staff.example", actor=SYSTEM, now=clock.now(), **known))


def messages_of(browser: Client, case: Case) -> str:
    shown = html.unescape(browser.get(f"/staff/case/{case.reference}").text)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown.split('id="messages"')[1].split("</section>")[0]))


@pytest.mark.parametrize(
    ("channel", "state", "said"),
    [
        ("email", "queued", "Email, waits to be sent"),
        ("email", "sent", "Email, sent"),
        ("email", "failed", "Email, did not arrive"),
        ("letter", "to-post", "Letter, to be printed and posted"),
        ("letter", "sent", "Letter, posted"),
        ("letter", "told", "Letter, was not sent, and was said in a safe way"),
    ],
)
def test_what_became_of_a_message_stands_on_the_case(channel: str, state: str, said: str) -> None:
    place = place_today()
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    message = Message.objects.get()
    Message.objects.update(channel=channel, state=state)
    shown = messages_of(officer(place, place.district.id, place.waste), Case.objects.get())
    assert said in shown
    assert message.subject in shown
    assert message.body.split("\n\n")[0] in shown
    assert "http" not in shown
    assert "No messages yet" not in shown


def test_who_left_an_email_and_no_name_reads_it_by_email() -> None:
    place = place_today()
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    shown = messages_of(officer(place, place.district.id, place.waste), Case.objects.get())
    assert "Who reads this: whoever sent it, by email." in shown
    assert "sam@example.org" not in shown


def test_who_left_nothing_reads_it_in_the_browser_it_was_sent_from() -> None:
    place = place_today()
    assert send(place.missed_bin, right_answers()).status_code == 201
    shown = messages_of(officer(place, place.district.id, place.waste), Case.objects.get())
    assert "in their own browser" in shown
    assert "No messages yet" in shown


def test_each_of_two_people_stands_with_what_they_have_to_do_with_it() -> None:
    place = place_today()
    settings = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", settings, actor=SYSTEM, now=clock.now())
    assert send(live.live(place.county.id, "care-needs"), care_answers()).status_code == 201
    browser = officer(place, place.county.id, place.care)
    case = Case.objects.get(case_type="needs-assessment")
    shown = messages_of(browser, case)
    sent = Message.objects.filter(about_id=case.id).exclude(state="held").select_related("person")
    assert sent
    for message in sent:
        assert message.person is not None
        role = "whom it is about" if message.person_id == case.person_id else "follows this case"
        assert f"{message.person.name}, {role}" in shown
