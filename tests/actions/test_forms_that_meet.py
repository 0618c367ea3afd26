"""Two at one case, a button pressed thrice, a page left open: nothing written is lost, nothing is done twice."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import Sees
from placewide.identity.models import User
from placewide.kernel import clock
from support.calderbrook import Calderbrook, calderbrook
from support.desk import reported, working

pytestmark = pytest.mark.django_db
SIDE = "Which side of the house is it on?"
GATE = "The code of the gate is not the one we were told"


def photo() -> SimpleUploadedFile:
    """A small picture."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "green").save(drawn, "PNG")
    return SimpleUploadedFile("bin.png", drawn.getvalue(), content_type="image/png")


@dataclass(frozen=True)
class Desk:
    """One missed bin, Priya and Dewi of the waste team, and the resident's own browser."""

    place: Calderbrook
    case: Case
    priya: Client
    dewi: Client
    resident: Client

    @property
    def page(self) -> str:
        return f"/staff/case/{self.case.reference}"

    @property
    def theirs(self) -> str:
        return f"/case/{self.case.reference}"

    def state(self) -> str:
        return Case.objects.get(id=self.case.id).state


@pytest.fixture
def desk(settings) -> Desk:
    settings.DEMO = True
    cache.clear()
    place, resident = calderbrook(), Client()
    case = reported(resident)
    priya, dewi = (working(User.objects.get(id=place.staff[name].id)) for name in ("priya", "dewi"))
    return Desk(place, case, priya, dewi, resident)


def hidden(browser: Client, page: str) -> dict[str, str]:
    """What every form of a page carries with it: which drawing it is, and what the page showed."""
    text = browser.get(page).text
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("_form", "_seen")}  # type: ignore[index]


def asking(text: str = SIDE, **carried: str) -> dict[str, str]:
    return {"step": "ask-for-more", "what_is_needed": text, **carried}


def test_of_two_officers_who_ask_the_second_keeps_the_words_and_can_send_them_otherwise(desk: Desk) -> None:
    first, second = hidden(desk.priya, desk.page), hidden(desk.priya, desk.page)
    assert desk.priya.post(f"{desk.page}/step", asking(**first)).status_code == 302
    refused = desk.priya.post(f"{desk.page}/step", asking(GATE, **second))
    assert refused.status_code == 422
    shown = html.unescape(refused.text)
    assert "What you wrote" in shown
    assert f">{GATE}</blockquote>" in shown
    assert "this has happened: " in shown
    assert "(Priya Nand, Calder Vale District Council, " in shown
    assert desk.priya.post(f"{desk.page}/write", {"message": GATE}).status_code == 302
    assert desk.priya.post(f"{desk.page}/note", {"note": GATE}).status_code == 302
    for way, field in (("write", "message"), ("note", "note")):
        assert re.search(rf'action="{desk.page}/{way}".*?name="{field}" value="{GATE}"', shown)


def test_what_staff_recorded_for_staff_is_not_offered_as_a_message(desk: Desk) -> None:
    page = hidden(desk.dewi, desk.page)
    closing = {"step": "note-not-collected", "reason-note-not-collected": "too-heavy"}
    desk.priya.post(f"{desk.page}/step", closing | hidden(desk.priya, desk.page))
    refused = desk.dewi.post(f"{desk.page}/step", {"step": "look", "seen": GATE, **page})
    assert refused.status_code == 422
    shown = html.unescape(refused.text)
    assert f">{GATE}</blockquote>" in shown
    assert f'name="note" value="{GATE}"' in shown
    assert f'name="message" value="{GATE}"' not in shown


def test_a_resident_who_answers_what_an_officer_answered_for_them_keeps_the_words(desk: Desk) -> None:
    desk.priya.post(f"{desk.page}/step", asking())
    page = hidden(desk.resident, desk.theirs)
    desk.priya.post(f"{desk.page}/step", {"step": "answer", "more_told": "They rang"})
    refused = desk.resident.post(f"{desk.theirs}/step/answer", {"more_told": GATE, **page})
    assert refused.status_code == 422
    shown = html.unescape(refused.text)
    assert f">{GATE}</blockquote>" in shown
    assert "this has happened: " in shown
    assert "Priya" not in shown
    assert re.search(rf'action="{desk.theirs}/write".*?name="message" value="{GATE}"', shown)


def test_a_stale_page_closes_no_case_unasked_and_does_so_when_it_is_asked_again(desk: Desk) -> None:
    page = hidden(desk.dewi, desk.page)
    desk.priya.post(f"{desk.page}/step", {"step": "send-crew", **hidden(desk.priya, desk.page)})
    told = {"step": "note-not-collected", "reason-note-not-collected": "too-heavy", "crew_note": GATE}
    refused = desk.dewi.post(f"{desk.page}/step", {**told, **page})
    assert refused.status_code == 422
    assert desk.state() == "crew-sent"
    shown = html.unescape(refused.text)
    assert "Priya Nand" in shown
    assert "press the button again" in shown
    assert GATE in shown
    assert re.search(r'value="too-heavy"[^>]*checked|checked[^>]*value="too-heavy"', shown)
    again = {name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1] for name in ("_form", "_seen")}  # type: ignore[index]
    assert desk.dewi.post(f"{desk.page}/step", {**told, **again}).status_code == 302
    assert desk.state() == "not-collected"


def test_what_happened_meanwhile_is_said_beside_what_is_to_mend(desk: Desk) -> None:
    page = hidden(desk.dewi, desk.page)
    desk.priya.post(f"{desk.page}/step", {"step": "send-crew"})
    shown = html.unescape(desk.dewi.post(f"{desk.page}/step", {"step": "note-not-collected", **page}).text)
    assert "Choose a reason" in shown
    assert "this has happened: " in shown


def test_one_form_posted_thrice_takes_its_step_once_and_says_that_it_is_done(desk: Desk) -> None:
    page = hidden(desk.priya, desk.page)
    for _ in range(3):
        answer = desk.priya.post(f"{desk.page}/step", {"step": "send-crew", **page})
        assert answer.status_code == 302
        assert "Done" in desk.priya.get(answer["Location"]).text
    assert Entry.objects.filter(step="send-crew").count() == 1


def test_a_step_that_stays_in_its_state_is_taken_once_with_its_photo_and_again_for_another_form(desk: Desk) -> None:
    def look(page: dict[str, str]) -> int:
        told = {"step": "look", "seen": "Two bags beside it", "seen_photos": photo(), **page}
        return desk.priya.post(f"{desk.page}/step", told).status_code

    page = hidden(desk.priya, desk.page)
    assert [look(page), look(page), look(page)] == [302, 302, 302]
    assert Entry.objects.filter(step="look").count() == 1
    assert look(hidden(desk.priya, desk.page)) == 302
    assert Entry.objects.filter(step="look").count() == 2


def test_one_form_posted_thrice_writes_one_note_and_other_words_another(desk: Desk) -> None:
    page = hidden(desk.priya, desk.page)
    for text in (GATE, GATE, GATE, SIDE):
        assert desk.priya.post(f"{desk.page}/note", {"note": text, **page}).status_code == 302
    assert Entry.objects.filter(kind="note").count() == 2
    assert desk.priya.post(f"{desk.page}/note", {"note": GATE, **hidden(desk.priya, desk.page)}).status_code == 302
    assert Entry.objects.filter(kind="note").count() == 3, "another form says it anew"


def test_in_bulk_a_button_pressed_thrice_moves_once_and_each_case_as_it_was_shown(desk: Desk) -> None:
    other = reported(Client(), email="sam@example.org")
    ticked = [str(desk.case.id), str(other.id)]
    asked = {"tick": ticked, "to": "step:missed-bin:send-crew"}
    shown = desk.priya.post("/staff/several", asked).text
    seen = re.findall(r'name="_seen" value="([^"]*)"', shown)
    form = re.search(r'name="_form" value="([^"]*)"', shown)[1]  # type: ignore[index]
    assert len(seen) == 2
    desk.priya.post(f"/staff/case/{other.reference}/step", {"step": "ask-for-more", "what_is_needed": SIDE})
    desk.priya.post(f"/staff/case/{other.reference}/step", {"step": "answer", "more_told": "They rang"})
    for _ in range(3):
        answer = desk.priya.post("/staff/several", {**asked, "_seen": seen, "_form": form, "sure": "yes"})
        assert "1 case was taken further. 1 was left as it was." in desk.priya.get(answer["Location"]).text
    assert list(Entry.objects.filter(step="send-crew").values_list("case_id", flat=True)) == [desk.case.id]
    assert Case.objects.get(id=other.id).state == "reported", "it was asked about and answered meanwhile"


def test_who_is_shown_an_earlier_standing_is_not_told_of_a_later_one(desk: Desk) -> None:
    Participation.objects.update(sees=Sees.MESSAGES)
    text = desk.resident.get(desk.theirs).text
    assert 'name="_seen" value=""' in text


def test_a_step_that_time_has_ended_says_so_and_keeps_the_words(desk: Desk) -> None:
    desk.priya.post(f"{desk.page}/step", {"step": "note-collected"})
    Case.objects.update(state_since=clock.now() - timedelta(days=20))
    shown = html.unescape(desk.resident.post(f"{desk.theirs}/step/not-fixed", late(desk)).text)
    assert "The time for this is over" in shown
    assert f">{GATE}</blockquote>" in shown


def late(desk: Desk) -> dict[str, str]:
    """What a page says that was left open until the days were over."""
    return {"still_wrong": GATE, **hidden(desk.resident, desk.theirs)}
