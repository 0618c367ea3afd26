"""A11, A12, A13: a case from both sides of the desk, handed to another organisation, and what nobody else sees."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from time import time
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from placewide.cases.models import Case, Entry, Participation
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD
from placewide.kernel import clock
from placewide.kernel.outbox import work_until_quiet
from placewide.messages.mailbox.server import Mailbox
from placewide.tasks.models import Task
from support.browser import error_summary_links, press
from support.calderbrook import MILL_LANE_14, SECRET, Calderbrook, sign_in
from support.walking import go_on, report_a_bin, sound

pytestmark = pytest.mark.browser
RUTH = "ruth@example.org"


@pytest.fixture
def desk(browser: Any, site: str, place: Calderbrook) -> Any:
    """Priya's window, of the district's waste team."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    sign_in(context, site, place.staff["priya"])
    yield context.new_page()
    context.close()


def open_step(desk: Any, step: str) -> Any:
    """The form of a step, opened."""
    details = desk.locator(f"details:has(input[name=step][value={step}])")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return details


def mail(post: Mailbox) -> str:
    """The newest mail's words, after everything waiting was sent."""
    work_until_quiet(clock.now())
    return str(post.mails()[0][1].get_body(("plain",)).get_content())


def test_staff_sign_in_find_a_case_and_come_back_to_the_same_inbox(page: Any, phone: Any, place: Calderbrook) -> None:
    phone.goto("/")
    references = [report_a_bin(phone, uprn=MILL_LANE_14, email=RUTH)]
    cache.clear()
    page.goto("/staff")
    page.locator("#login").fill(place.staff["priya"].email)
    page.locator("#password").fill(DEMO_PASSWORD)
    go_on(page)
    page.locator("#code").fill(code_at(SECRET, time()))
    go_on(page)
    sound(page)
    press(page.get_by_role("link", name="Nobody’s yet"))
    press(page.locator(".pw-queue__link").first)
    sound(page)
    press(page.locator(".govuk-back-link"))
    assert "whose=nobody" in page.url
    press(page.get_by_role("link", name="Read here").first)
    assert references[0] in page.locator(".pw-reading").inner_text()
    assert "whose=nobody" in page.url
    sound(page)
    press(page.locator("form[action$=several] button"))
    assert "tick a case first" in page.locator("main").inner_text()
    page.locator("input[name=tick]").first.check()
    page.locator("select[name=to]").select_option(label="Give to: me")
    press(page.locator("form[action$=several] button"))
    assert "1 case?" in page.locator("h1").inner_text()
    assert references[0] in page.locator("main").inner_text(), "what will be given, before it is"
    sound(page)
    press(page.locator("form[action$=several] button"))
    assert "1 case was given" in page.locator("main").inner_text()
    page.reload()
    assert "was given" not in page.locator("main").inner_text()
    assert "Nothing due today" in page.locator("main").inner_text()
    sound(page)
    work_until_quiet(clock.now())
    for words in ("mil lane", references[0].lower()):
        page.goto("/staff")
        page.locator("#words").fill(words)
        press(page.locator("form[action$=search] button"))
        assert references[0] in page.locator(".pw-queue").inner_text(), words
        assert "lane" not in page.url
        sound(page)
    press(page.locator(".pw-queue__link").first)
    press(page.locator(".govuk-back-link"))
    assert references[0] in page.locator(".pw-queue").inner_text(), "back to what was found"


def test_writing_and_asking_both_ways(phone: Any, desk: Any, place: Calderbrook, post: Mailbox) -> None:
    reference = report_a_bin(phone, email=RUTH)
    assert reference in mail(post)
    desk.goto(f"/staff/case/{reference}")
    sound(desk)
    press(desk.locator("form[action$=write] button"))
    assert len(error_summary_links(desk)) == 1
    desk.locator("#message").fill("Is the gate locked?")
    press(desk.locator("form[action$=write] button"))
    assert "Your message was sent" in desk.locator("main").inner_text()
    assert f"/case/{reference}" in mail(post)
    phone.goto(f"/case/{reference}")
    assert "Is the gate locked?" in phone.locator("main").inner_text()
    phone.locator("#message").fill("x" * 2001)
    press(phone.locator("form[action$=write] button"))
    assert len(error_summary_links(phone)) == 1
    assert phone.locator("#message").input_value() == "x" * 2001, "nothing is lost"
    sound(phone)
    phone.locator("#message").fill("No, it is open.")
    press(phone.locator("form[action$=write] button"))
    assert Task.objects.filter(state="open").count() == 2, "a task to read it"
    form = open_step(_reloaded(desk), "ask-for-more")
    press(form.locator("button").last)
    assert len(error_summary_links(desk)) == 1
    open_step(desk, "ask-for-more").locator("textarea").fill("Which side of the house?")
    press(open_step(desk, "ask-for-more").locator("button").last)
    assert "Which side of the house?" in mail(post)
    phone.goto(f"/case/{reference}")
    assert "Which side of the house?" in phone.locator(".pw-need").inner_text()
    sound(phone)
    press(phone.locator(".pw-need button").last)
    assert len(error_summary_links(phone)) == 1
    phone.locator(".pw-need textarea").fill("The left side.")
    press(phone.locator(".pw-need button").last)
    assert "The left side." in _reloaded(desk).locator("main").inner_text()


@pytest.mark.slow
def test_not_fixed_reopens_within_its_days_and_not_after(
    phone: Any, desk: Any, place: Calderbrook, post: Mailbox
) -> None:
    reference = report_a_bin(phone, email=RUTH)
    desk.goto(f"/staff/case/{reference}")
    press(open_step(desk, "note-not-collected").locator("button").last)
    assert len(error_summary_links(desk)) == 1
    sound(desk)
    open_step(desk, "note-not-collected").locator("input[value=too-heavy]").check()
    press(open_step(desk, "note-not-collected").locator("button").last)
    assert "too heavy" in mail(post)
    phone.goto(f"/case/{reference}")
    sound(phone)
    press(phone.locator("form[action*=not-fixed] button").last)
    assert Case.objects.get().state == "reported"
    Case.objects.update(state="collected", open=False, state_since=clock.now() - timedelta(days=11))
    phone.goto(f"/case/{reference}")
    assert phone.locator("form[action*=not-fixed]").count() == 0
    refused = phone.request.post(f"/case/{reference}/step/not-fixed", form=_token(phone))
    assert refused.status == 422
    assert Case.objects.get().state == "collected"


def _reloaded(page: Any) -> Any:
    page.reload()
    return page


def _token(page: Any) -> dict[str, str]:
    return {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}


@pytest.mark.slow
def test_a_link_by_email_opens_a_case_in_another_browser_once(
    page: Any, browser: Any, site: str, place: Calderbrook, post: Mailbox
) -> None:
    reference = report_a_bin(page, email=RUTH)
    other = browser.new_context(base_url=site, viewport={"width": 360, "height": 780}).new_page()
    other.goto(f"/case/{reference}")
    sound(other)
    assert "A reference alone opens nothing" in other.locator("main").inner_text()
    press(other.locator("main form button"))
    sound(other)
    link = re.search(r"http\S+/case/open/\S+", mail(post))
    assert link
    other.goto(link[0])
    sound(other)
    press(other.locator("main form button"))
    assert other.url.endswith(f"/case/{reference}")
    other.context.clear_cookies()
    other.goto(link[0])
    assert "has been used" in other.locator("h1").inner_text()
    sound(other)
    other.context.close()


def test_a_case_is_handed_over_and_the_partner_sees_only_what_was_shared(
    phone: Any, desk: Any, browser: Any, site: str, place: Calderbrook
) -> None:
    reference = report_a_bin(phone, email=RUTH)
    phone.goto(f"/case/{reference}")
    phone.locator("#message").fill("My daughter is called Wren.")
    press(phone.locator("form[action$=write] button"))
    desk.goto(f"/staff/case/{reference}")
    desk.locator("#note").fill("Awkward neighbours.")
    press(desk.locator("form[action$=note] button"))
    form = open_step(desk, "hand-over")
    form.locator("input[name=until]").evaluate("field => { field.type = 'text' }")
    form.locator("input[name=until]").fill("when pigs fly")
    form.locator("input[name=why]").fill("Open the store, then tell us.")
    press(form.locator("button").last)
    assert len(error_summary_links(desk)) == 3, "reason, organisation and date"
    sound(desk)
    form = open_step(desk, "hand-over")
    assert form.locator("input[name=why]").input_value() == "Open the store, then tell us."
    form.locator("input[value=bin-store-locked]").check()
    form.locator("select[name=to-body]").select_option(label="Calderbrook Carers")
    form.locator("input[name=until]").fill((clock.now() + timedelta(days=9)).date().isoformat())
    press(form.locator("button").last)
    assert Participation.objects.filter(organisation=place.carers).count() == 1
    context = browser.new_context(base_url=site)
    sign_in(context, site, place.staff["sunil"])
    partner = context.new_page()
    partner.goto("/staff")
    press(partner.locator(".pw-queue__link").first)
    seen = partner.locator("main").inner_text()
    sound(partner)
    assert "12 Mill Lane" in seen
    assert "Open the store, then tell us." in seen
    for hidden in (RUTH, "Wren", "Awkward", "01632 960001"):
        assert hidden not in seen
    assert partner.locator("form[action$=write]").count() == 0
    assert (
        partner.request.post(f"/staff/case/{reference}/write", form={**_token(partner), "message": "Hi"}).status == 404
    )
    step = open_step(partner, "take-back")
    press(step.locator("button").last)
    assert Case.objects.get().state == "reported"
    desk.reload()
    assert desk.locator("form[action$=end]").count() == 0, "taking back has ended it"
    assert partner.goto(f"/staff/case/{reference}").status == 404
    sound(partner)
    context.close()


def test_a_crew_looks_with_a_photo_on_a_phone(phone: Any, place: Calderbrook, site: str, tmp_path: Path) -> None:
    reference = report_a_bin(phone)
    sign_in(phone.context, site, place.staff["dewi"])
    phone.goto(f"/staff/case/{reference}")
    sound(phone)
    form = open_step(phone, "look")
    form.locator("textarea").fill("The bin is full.")
    photo = tmp_path / "bin.jpg"
    photo.write_bytes(_photo_with_a_place())
    form.locator("input[type=file]").set_input_files(str(photo))
    press(form.locator("button").last)
    link = phone.locator("#files a").first.get_attribute("href")
    kept = phone.request.get(link)
    assert kept.ok
    assert not Image.open(BytesIO(kept.body())).getexif()
    entry = Entry.objects.get(step="look")
    assert entry.written["recorded"]["seen"] == "The bin is full."


def _photo_with_a_place() -> bytes:
    picture, buffer = Image.new("RGB", (64, 48), "green"), BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "A phone"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


@pytest.mark.slow
def test_the_county_and_strangers_see_nothing_of_the_districts_case(
    phone: Any, browser: Any, site: str, place: Calderbrook
) -> None:
    reference = report_a_bin(phone, email=RUTH)
    journey = Case.objects.get().journey_id
    work_until_quiet(clock.now())
    context = browser.new_context(base_url=site)
    sign_in(context, site, place.staff["tom"])
    county = context.new_page()
    assert county.goto(f"/staff/case/{reference}").status == 404
    county.goto("/staff")
    assert reference not in county.locator("main").inner_text()
    for words in (reference, "Mill Lane", RUTH):
        county.goto("/staff")
        county.locator("#words").fill(words)
        press(county.locator("form[action$=search] button"))
        assert "Nothing found" in county.locator("main").inner_text()
    sound(county)
    for act in ("step", "write", "note", "assign"):
        assert county.request.post(f"/staff/case/{reference}/{act}", form=_token(county)).status == 404
    context.close()
    stranger = browser.new_context(base_url=site)
    stranger.add_cookies([{"name": "grants", "value": f"{journey.hex}:forged", "url": site}])
    window = stranger.new_page()
    for address in (f"/journeys/{journey}", f"/journeys/{journey}/check", f"/journeys/{journey}/page/address"):
        assert window.goto(address).status == 404
    sound(window)
    assert window.goto(f"/case/{reference}").status == 404
    for address in ("/files/forged.1.x", "/case/open/forged", "/journeys/return/forged"):
        assert window.goto(address).status in (404, 410)
    stranger.close()
