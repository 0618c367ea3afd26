"""A10: care for Edith, asked by Ruth: the ways by consent and capacity, saving, a letter's photo, two linked cases."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from placewide.cases.models import Case, Participation
from placewide.journeys.models import Journey
from placewide.kernel import clock
from placewide.kernel.files import reads as files
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import Viewer
from placewide.messages.mailbox.server import Mailbox
from placewide.messages.models import Message
from placewide.tasks.models import Task
from support.browser import error_summary_links, press
from support.calderbrook import URGENT_PHONE, Calderbrook
from support.walking import begin, choose, fill, find_address, go_on, sound

pytestmark = pytest.mark.browser


def about_edith(page: Any, language: str = "") -> None:
    """As far as the questions whether she agrees and can decide."""
    begin(page, "calderbrook", "care-needs", language)
    choose(page, "who_for", "somebody-else")
    fill(page, "cared_for_name", "Edith Hale")
    choose(page, "relationship", "parent")
    choose(page, "i_help", "yes")
    choose(page, "own_assessment", "yes")


def section(page: Any, number: int) -> None:
    """Open a section from the task list, by its place."""
    press(page.locator("main a[href*='/journeys/']").nth(number))


def photo() -> bytes:
    """A letter, photographed by a phone that notes where it is."""
    picture, buffer = Image.new("RGB", (80, 60), "white"), BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((("can_decide", "yes"), ("agrees", "yes")), "What we do next"),
        ((("can_decide", "not-sure"), ("agrees", "not-asked")), "We will ask them first"),
        ((("can_decide", "yes"), ("agrees", "no"), ("in_danger", "not-sure")), "section 11(2)"),
        ((("can_decide", "yes"), ("agrees", "no"), ("in_danger", "no")), "We will only talk about what you need"),
        ((("can_decide", "no"),), "When somebody cannot decide"),
    ],
    ids=["agrees", "not asked", "said no but at risk", "said no", "cannot decide"],
)
def test_each_answer_about_consent_and_capacity_is_explained(
    phone: Any, place: Calderbrook, answers: tuple[tuple[str, str], ...], says: str
) -> None:
    about_edith(phone)
    section(phone, 1)
    for question, option in answers:
        choose(phone, question, option)
    assert says in phone.locator("main").inner_text()
    sound(phone)


def test_urgent_signs_reach_a_person_before_anything_is_sent(phone: Any, place: Calderbrook) -> None:
    about_edith(phone)
    section(phone, 2)
    choose(phone, "urgent_signs", "risk-tonight")
    assert URGENT_PHONE in phone.locator("main").inner_text()
    sound(phone)
    task = Task.objects.get()
    assert (task.urgent, task.organisation_id) == (True, place.county.id)
    assert Journey.objects.get().state == "open"


def test_saved_answers_open_in_another_browser_by_a_link_once(
    phone: Any, browser: Any, site: str, place: Calderbrook, post: Mailbox
) -> None:
    about_edith(phone)
    journey = phone.url.split("/journeys/")[1][:36]
    press(phone.locator("button[value=save]"))
    sound(phone)
    phone.locator("#email").fill("ruth@")
    go_on(phone)
    assert len(error_summary_links(phone)) == 1
    phone.locator("#email").fill("ruth@example.org")
    go_on(phone)
    sound(phone)
    work_until_quiet(clock.now())
    words = post.mails()[0][1].get_body(("plain",)).get_content()
    link = re.search(r"http\S+/journeys/return/\S+", words)
    assert link, words
    other = browser.new_context(base_url=site).new_page()
    other.goto(link[0])
    sound(other)
    go_on(other)
    section(other, 0)
    _everything_is_there(other)
    other.context.clear_cookies()
    assert other.goto(link[0]).status == 410
    assert other.goto(f"/journeys/{journey}").status == 404
    assert "not open" in other.locator("h1").inner_text()
    sound(other)
    other.context.close()


def _everything_is_there(page: Any) -> None:
    """What was told about Edith in the other browser."""
    base = page.url.rpartition("/")[0]
    told = {"who-for": "somebody-else", "relationship": "parent", "do-you-help": "yes", "own-assessment": "yes"}
    for name, answer in told.items():
        page.goto(f"{base}/{name}")
        assert page.locator("main input:checked").get_attribute("value") == answer
    page.goto(f"{base}/their-name")
    assert page.locator("[name=cared_for_name]").input_value() == "Edith Hale"


@pytest.mark.slow
def test_edith_says_no_and_ruth_asks_for_her_own_assessment_alone(phone: Any, place: Calderbrook) -> None:
    """Care Act 2014 section 10(1): the carer's right does not hang on the other person's answer (section 11(1))."""
    about_edith(phone)
    section(phone, 1)
    choose(phone, "can_decide", "yes")
    choose(phone, "agrees", "no")
    choose(phone, "in_danger", "no")
    assert "does not depend on their answer" in phone.locator(".pw-notice").inner_text()
    assert "Daily life" not in phone.locator(".pw-tasks").inner_text()
    section(phone, 2)
    choose(phone, "urgent_signs", "none")
    section(phone, 3)
    choose(phone, "language", "en")
    choose(phone, "access")
    section(phone, 4)
    choose(phone, "able_and_willing", "some-of-it")
    choose(phone, "what_caring_does", "sleep")
    fill(phone, "carers_words", "A night off.")
    go_on(phone)
    section(phone, 5)
    choose(phone, "organisations", "none")
    go_on(phone)
    section(phone, 6)
    fill(phone, "applicant_name", "Ruth Hale")
    find_address(phone, "home_address")
    fill(phone, "cared_for_phone", "")
    choose(phone, "reach_by", "email")
    fill(phone, "applicant_email", "ruth@example.org")
    phone.locator("input[name=declaration]").check()
    go_on(phone)
    go_on(phone)
    assert "does not depend on their answer" in phone.locator("main").inner_text()
    go_on(phone)
    sound(phone)
    assert Case.objects.get().case_type == "carers-assessment"
    assert Participation.objects.get().sees == "all", "Ruth, and nobody else"
    assert set(Message.objects.values_list("to", flat=True)) == {"ruth@example.org"}, "nothing goes to Edith"


def test_ruth_asks_for_both_and_sees_her_own_whole(phone: Any, place: Calderbrook, tmp_path: Path) -> None:
    about_edith(phone)
    section(phone, 1)
    choose(phone, "can_decide", "yes")
    choose(phone, "agrees", "yes")
    go_on(phone)
    section(phone, 2)
    choose(phone, "urgent_signs", "none")
    section(phone, 3)
    choose(phone, "hard_things", "food", "washing")
    choose(phone, "because_of", "memory-or-mind")
    fill(phone, "normal_day", "She forgets to eat. <b>Ω</b>")
    fill(phone, "wishes", "")
    section(phone, 4)
    choose(phone, "hard_to", "none")
    choose(phone, "language", "cy")
    choose(phone, "access", "large-print")
    section(phone, 5)
    choose(phone, "able_and_willing", "some-of-it")
    choose(phone, "what_caring_does", "sleep")
    fill(phone, "carers_words", "A night off.")
    _helpers(phone)
    section(phone, 6)
    choose(phone, "organisations", "gp")
    _letter(phone, tmp_path)
    section(phone, 7)
    fill(phone, "applicant_name", "Ruth Hale")
    find_address(phone, "home_address")
    fill(phone, "cared_for_phone", "")
    choose(phone, "reach_by", "email")
    fill(phone, "applicant_email", "ruth@example.org")
    phone.locator("input[name=declaration]").check()
    go_on(phone)
    sound(phone)
    go_on(phone)
    sound(phone)
    assert "<b>Ω</b>" in phone.locator("main").inner_text()
    go_on(phone)
    sound(phone)
    _both_cases(phone)


def _helpers(page: Any) -> None:
    """One is added, changed, another added and taken out again."""
    page.locator("[name=helper_name]").fill("Una")
    page.locator("[name=helper_does]").fill("Shops")
    press(page.locator("button[value=add]"))
    press(page.locator(".pw-items a").first)
    page.locator("[name=helper_does]").fill("Shops on Fridays")
    go_on(page)
    page.locator("[name=helper_name]").fill("Max")
    page.locator("[name=helper_does]").fill("Gutters")
    press(page.locator("button[value=add]"))
    sound(page)
    press(page.locator("button[name=remove]").last)
    assert page.locator(".pw-items li").count() == 1
    assert "Fridays" in page.locator(".pw-items").inner_text()
    go_on(page)


def _letter(page: Any, folder: Path) -> None:
    """A text under a picture's name is refused; a photo is kept without its place."""
    wrong, right = folder / "letter.jpg", folder / "hospital.jpg"
    wrong.write_text("This is no picture.")
    right.write_bytes(photo())
    page.locator("input[type=file]").set_input_files(str(wrong))
    go_on(page)
    assert len(error_summary_links(page)) == 1
    sound(page)
    page.locator("input[type=file]").set_input_files(str(right))
    go_on(page)
    journey = Journey.objects.get().id
    (kept,) = files.files_about(Viewer(grants=frozenset({journey})), journey)
    _, content = files.content_of(kept.id)
    assert not Image.open(BytesIO(content)).getexif()


def _both_cases(page: Any) -> None:
    """Hers whole, Edith's as far as agreed; the one leads to the other."""
    hers, ediths = Case.objects.get(case_type="carers-assessment"), Case.objects.get(case_type="needs-assessment")
    assert set(Participation.objects.filter(case=ediths).values_list("sees", flat=True)) == {"all", "progress"}
    page.goto(f"/case/{hers.reference}")
    assert "A night off." in page.locator("main").text_content()
    sound(page)
    press(page.locator(f"main a[href$='{ediths.reference}']").first)
    assert "She forgets to eat" not in page.locator("main").text_content()
    assert page.locator("form[action$=write]").count() == 0
    sound(page)
