"""A11, A13: one account for two organisations that see nothing of one another, and nobody else's case."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from messages_place import Mailbox
from placewide.cases import actions
from placewide.cases.models import Case, Entry
from placewide.cases.terms import Written
from placewide.kernel import clock
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import Viewer
from placewide.services import reads as live
from placewide.tasks.models import Task
from support.api import care_answers, right_answers, send
from support.browser import press
from support.calderbrook import Calderbrook, sign_in
from support.walking import begin, find_address, go_on, sound

pytestmark = pytest.mark.browser
RUTH = "ruth@example.com"


@pytest.fixture
def cases(place: Calderbrook) -> dict[str, Case]:
    """Ruth told the district of a bin, and asked the county for her mother and for herself."""
    services = ((place.district.id, "missed-bin"), (place.county.id, "care-needs"))
    for (body, service), answers in zip(services, (right_answers(contact_email=RUTH), care_answers()), strict=True):
        assert send(live.live(body, service), answers, key=f"a-key-of-{service}").status_code == 201
    work_until_quiet(clock.now())
    return {case.case_type: case for case in Case.objects.all()}


def officer(place: Calderbrook, name: str = "tom") -> Viewer:
    from placewide.identity import reads as identity

    user = place.staff[name]
    (role,) = identity.roles_of(user.id)
    assert role.team_id
    return Viewer(user.id, role.organisation_id, frozenset({role.team_id}), frozenset({role.role.value}))


def signed_in(window: Any, email: str, post: Mailbox) -> None:
    """By an emailed code."""
    cache.clear()
    window.goto("/sign-in")
    window.locator("input[type=email]").fill(email)
    go_on(window)
    code = re.search(r"\b[0-9A-Z]{4}-?[0-9A-Z]{2,4}\b", str(post.mails()[0][1].get_body(("plain",)).get_content()))
    assert code
    window.locator("#code").fill(code[0])
    go_on(window)


def photo(folder: Path, name: str) -> str:
    buffer = BytesIO()
    Image.new("RGB", (60, 40), "white").save(buffer, "JPEG")
    (folder / name).write_bytes(buffer.getvalue())
    return str(folder / name)


def test_one_account_shows_both_councils_and_what_was_asked_for_is_given_with_a_photo(
    phone: Any, browser: Any, site: str, cases: dict[str, Case], place: Calderbrook, post: Mailbox, tmp_path: Path
) -> None:
    carers = cases["carers-assessment"]
    asked = Written(recorded={"what_is_needed": "The letter from the hospital"})
    actions.take_step(carers.id, "ask-for-more", written=asked, viewer=officer(place), now=clock.now())
    signed_in(phone, RUTH, post)
    begin(phone, "calder-vale", "missed-bin")
    find_address(phone)
    phone.goto("/account")
    words = phone.locator("main").inner_text()
    sound(phone)
    for case in cases.values():
        assert case.reference in words
    for body in (place.district, place.county):
        assert body.name in words
    needs = phone.locator("main").inner_text().split("Open")[0]
    assert "Begun, not sent yet" in needs
    assert phone.locator(f"main a[href$='/case/{carers.reference}']").count() == 1, "what needs somebody stands once"
    press(phone.locator(f"main a[href$='/case/{carers.reference}']").first)
    sound(phone)
    assert "The letter from the hospital" in phone.locator(".pw-need").inner_text()
    phone.locator(".pw-need input[type=file]").set_input_files(photo(tmp_path, "Hospital letter.jpg"))
    press(phone.locator(".pw-need button.govuk-button").last)
    sound(phone)
    assert "Hospital letter.jpg" in phone.locator(".pw-need").inner_text(), "kept beside what is missing"
    phone.locator(".pw-need textarea").fill("It came on Friday.")
    press(phone.locator(".pw-need button.govuk-button").last)
    assert "Hospital letter.jpg" in phone.locator(".pw-timeline").inner_text(), "received"
    address = phone.locator(".pw-timeline a").first.get_attribute("href")
    assert phone.request.get(address).ok
    sound(phone)
    context = browser.new_context(base_url=site)
    sign_in(context, site, place.staff["tom"])
    desk = context.new_page()
    desk.goto(f"/staff/case/{carers.reference}")
    assert "Hospital letter.jpg" in desk.locator("#files").inner_text()
    assert "It came on Friday." in desk.locator("#timeline").inner_text()
    assert context.request.get(desk.locator("#files a").first.get_attribute("href")).ok
    sound(desk)
    context.close()
    _opens_nothing_to_another(browser, site, cases, address, post)


def _opens_nothing_to_another(browser: Any, site: str, cases: dict[str, Case], file: str, post: Mailbox) -> None:
    """Neither to somebody else's account nor to a browser that was only given the address."""
    for name in ("", "mallory@example.org"):
        context = browser.new_context(base_url=site)
        window = context.new_page()
        window.set_default_timeout(15_000)
        if name:
            signed_in(window, name, post)
            window.goto("/account")
            assert not any(case.reference in window.locator("main").inner_text() for case in cases.values())
        for case in cases.values():
            for address in (
                f"/case/{case.reference}",
                f"/journeys/{case.journey_id}",
                f"/journeys/{case.journey_id}/sent",
            ):
                assert window.goto(address).status == 404, address
                assert not any(word in window.locator("main").inner_text() for word in ("Edith", "Mill Lane", "Friday"))
        assert context.request.get(file).status == 404
        context.close()


def _end_what_they_see(browser: Any, site: str, reference: str, place: Calderbrook) -> None:
    """Priya presses "End this for …" on her own page of the case."""
    context = browser.new_context(base_url=site)
    sign_in(context, site, place.staff["priya"])
    desk = context.new_page()
    desk.goto(f"/staff/case/{reference}")
    press(desk.locator("#people form[action$=end] button"))
    assert "no longer see" in desk.locator("main").inner_text()
    assert desk.locator("#people form[action$=end]").count() == 0
    context.close()


@pytest.mark.slow
def test_a_partner_whose_part_has_ended_is_refused_with_the_page_still_open(
    browser: Any, site: str, cases: dict[str, Case], place: Calderbrook
) -> None:
    case = cases["missed-bin"]
    actions.hand_over(
        case.id,
        "hand-over",
        to_organisation_id=place.county.id,
        to_team_id=None,
        reason="bin-store-locked",
        why="Open the store",
        ends=clock.now() + timedelta(days=30),
        viewer=officer(place, "priya"),
        now=clock.now(),
    )
    context = browser.new_context(base_url=site)
    sign_in(context, site, place.staff["tom"])
    partner = context.new_page()
    partner.goto("/staff")
    press(partner.locator(f"a[href*='{case.reference}']").first)
    assert "Open the store" in partner.locator("main").inner_text()
    _end_what_they_see(browser, site, case.reference, place)
    before = Entry.objects.count()
    partner.locator("#note").fill("We opened it at noon.")
    press(partner.locator("form[action$=note] button"))
    assert Entry.objects.count() == before, "nothing is written to a case that is no longer theirs"
    assert Case.objects.get(id=case.id).state == "with-others"
    assert "We opened it at noon." in partner.locator("main").inner_text(), "what was written is given back"
    sound(partner)
    partner.goto("/staff")
    assert case.reference not in partner.locator("main").inner_text()
    assert not Task.objects.filter(organisation_id=place.county.id, about_id=case.id, state="open").exists()
    context.close()


@pytest.mark.slow
def test_each_council_finds_only_its_own(browser: Any, site: str, cases: dict[str, Case], place: Calderbrook) -> None:
    """Both ways: no case, task, message, file or search hit of the other."""
    theirs = {"tom": ("missed-bin",), "priya": ("needs-assessment", "carers-assessment")}
    for name, kinds in theirs.items():
        context = browser.new_context(base_url=site)
        sign_in(context, site, place.staff[name])
        window = context.new_page()
        window.goto("/staff")
        listed = window.locator("main").inner_text()
        for kind in kinds:
            case = cases[kind]
            assert case.reference not in listed
            assert window.goto(f"/staff/case/{case.reference}").status == 404
            task = Task.objects.filter(about_id=case.id).earliest("id")
            assert window.goto(f"/staff/task/{task.id}").status == 404
            window.goto("/staff")
            window.locator("#words").fill(case.reference)
            press(window.locator("form[action$=search] button"))
            assert "Nothing found" in window.locator("main").inner_text()
        context.close()
