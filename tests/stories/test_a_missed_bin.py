"""A9: a missed bin, on a phone, without signing in and without scripts, in both languages; and every way it stops."""

from __future__ import annotations

from typing import Any

import pytest

from placewide.cases.models import Case, Participation
from placewide.journeys.models import Journey
from support.browser import error_summary_links, keyboard_order, press
from support.calderbrook import FEN_ROAD_1, MILL_LANE_12, MILL_LANE_14, Calderbrook
from support.walking import begin, choose, fill, find_address, go_on, reference_on, report_a_bin, sound

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.slow)], ids=["english", "welsh"])
def test_a_bin_is_reported_on_a_phone_and_followed(phone: Any, place: Calderbrook, language: str) -> None:
    phone.goto(f"{language}/services/calder-vale/missed-bin")
    sound(phone)
    press(phone.locator("main form button").first)
    sound(phone)
    go_on(phone)
    assert len(error_summary_links(phone)) == 1
    sound(phone)
    phone.locator("#address-search").fill("ZZ8 8ZZ")
    go_on(phone)
    wrong = phone.locator(".govuk-error-summary").inner_text()
    assert ("Ni chafwyd hyd i gyfeiriad" if language else "No address found. Check the postcode") in wrong
    phone.locator("#address-search").fill("zz1 2ab")
    go_on(phone)
    sound(phone)
    phone.locator("#address-uprn").select_option(str(MILL_LANE_14))
    go_on(phone)
    assert phone.locator("input[name=bin]").count() == 5, "only the bins collected there"
    go_on(phone)
    assert len(error_summary_links(phone)) == 1
    choose(phone, "bin", "refuse")
    sound(phone)
    fill(phone, "contact_email", "not an address")
    assert len(error_summary_links(phone)) == 1
    fill(phone, "contact_email", "ruth@example.org")
    sound(phone)
    go_on(phone)
    reference = reference_on(phone)
    said = phone.locator("main").inner_text()
    assert ("Byddwn yn anfon criw erbyn " if language else "We will send a crew by ") in said
    sound(phone)
    phone.goto(f"{language}/case/{reference}")
    sound(phone)
    assert reference in phone.locator("main").inner_text()
    assert Case.objects.get().place.startswith("14 Mill Lane")


def test_no_scripts_are_needed(browser: Any, site: str, place: Calderbrook) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 780})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/")
    page.locator("#postcode").fill("ZZ1 2AB")
    press(page.locator(".pw-hero__button"))
    page.locator("#uprn").select_option(str(MILL_LANE_14))
    go_on(page)
    press(page.get_by_role("link", name="Report a missed bin").first)
    go_on(page)
    choose(page, "bin", "refuse")
    fill(page, "contact_email", "ruth@example.org")
    go_on(page)
    reference = reference_on(page)
    assert Case.objects.get().place.startswith("14 Mill Lane")
    page.goto(f"/case/{reference}")
    page.locator("textarea[name=message]").fill("It stands behind the gate.")
    press(page.locator("form[action$=write] button"))
    assert "It stands behind the gate." in page.locator("main").inner_text()
    context.close()


@pytest.mark.parametrize(
    ("bin", "says"),
    [
        ("recycling", "may still be emptied today"),
        ("food", "your collection is late"),
        ("garden", "did not see your bin"),
        ("paper", "too late"),
    ],
)
def test_what_the_crew_knows_is_said_before_anything_else_is_asked(
    page: Any, place: Calderbrook, bin: str, says: str
) -> None:
    begin(page, "calder-vale", "missed-bin")
    find_address(page)
    choose(page, "bin", bin)
    assert says in page.locator("h1").inner_text()
    sound(page)
    press(page.get_by_role("link", name="Change your answer"))
    choose(page, "bin", "refuse")
    assert page.locator("[name=contact_email]").count() == 1


@pytest.mark.slow
def test_an_address_typed_by_hand_or_of_another_council_is_no_dead_end(page: Any, place: Calderbrook) -> None:
    begin(page, "calder-vale", "missed-bin")
    press(page.locator("button[value=manual]"))
    for part, text in (("line_1", "The Old Mill"), ("town", "Calderford"), ("postcode", "ZZ1 9ZZ")):
        page.locator(f"#address-{part}").fill(text)
    go_on(page)
    assert "We do not know the bins" in page.locator("h1").inner_text()
    assert "01632 960100" in page.locator("main").inner_text()
    sound(page)
    press(page.get_by_role("link", name="Change your answer"))
    press(page.locator("button[value=again]"))
    find_address(page, postcode="ZZ9 9ZZ", uprn=FEN_ROAD_1)
    assert page.locator("h1").inner_text() == "Fenmarch Council collects here"
    sound(page)
    press(page.get_by_role("link", name="Report the missed bin to Fenmarch Council"))
    assert page.url.endswith("/services/fenmarch/missed-bin")
    page.goto("/services/missed-bin")
    sound(page)
    page.locator("#postcode").fill("ZZ9 9ZZ")
    go_on(page)
    assert "/services/fenmarch/missed-bin" in page.url


@pytest.mark.slow
def test_a_neighbours_report_is_said_and_ends_nothing(page: Any, browser: Any, site: str, place: Calderbrook) -> None:
    report_a_bin(page)
    begin(page, "calder-vale", "missed-bin")
    find_address(page)
    choose(page, "bin", "refuse")
    assert "told us about this bin already" in page.locator("h1").inner_text()
    neighbour = browser.new_context(base_url=site).new_page()
    begin(neighbour, "calder-vale", "missed-bin")
    find_address(neighbour, uprn=MILL_LANE_14)
    choose(neighbour, "bin", "refuse")
    assert "neighbours have reported" in neighbour.locator("main").inner_text()
    sound(neighbour)
    fill(neighbour, "contact_email", "")
    go_on(neighbour)
    assert reference_on(neighbour)
    neighbour.context.close()


def test_going_back_sending_twice_and_two_tabs_lose_and_double_nothing(page: Any, place: Calderbrook) -> None:
    begin(page, "calder-vale", "missed-bin")
    find_address(page)
    choose(page, "bin", "refuse")
    page.go_back()
    assert page.locator("input[name=bin][value=refuse]").is_checked()
    go_on(page)
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, "contact_email", "other@example.org")
    fill(page, "contact_phone", "01632 960001")
    other.reload()
    assert "01632 960001" in other.locator("main").inner_text()
    go_on(page)
    reference = reference_on(page)
    go_on(other)  # its check page is older than the sending
    assert reference_on(other) == reference
    page.go_back()
    page.reload()
    assert reference_on(page) == reference
    assert (Journey.objects.count(), Case.objects.count(), Participation.objects.count()) == (1, 1, 1)


def test_the_keyboard_alone_reports_a_bin(page: Any, place: Calderbrook) -> None:
    button = "main form button.govuk-button:not(.govuk-button--secondary)"
    page.goto("/services/calder-vale/missed-bin")
    assert "Start" in keyboard_order(page)
    _leave_by(page, "button.govuk-button--start")
    _reach(page, "#address-search")
    page.keyboard.type("zz1 2ab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    _reach(page, "#address-uprn")
    page.keyboard.press("ArrowDown")
    _leave_by(page, button)
    _reach(page, "input[name=bin]")
    page.keyboard.press("Space")
    for _ in ("which bin", "contact", "check and send"):
        _leave_by(page, button)
    assert reference_on(page)


def _leave_by(page: Any, button: str) -> None:
    _reach(page, button)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _reach(page: Any, wanted: str) -> None:
    """Go with the Tab key to the first of these."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("css => document.activeElement === document.querySelector(css)", wanted):
            return
    raise AssertionError(f"{page.url}: the Tab key does not reach {wanted}")


def test_the_front_door_shows_each_service_once_and_leads_to_ones_own(page: Any, place: Calderbrook) -> None:
    page.goto("/")
    sound(page)
    links = page.locator(".pw-lives a")
    assert links.all_inner_texts().count("Report a missed bin") == 1
    page.locator("#postcode").fill("ZZ1 2AB")
    press(page.locator(".pw-hero__button"))
    sound(page)
    go_on(page)
    assert error_summary_links(page) == ["Choose your address from the list"], "nothing is chosen for anybody"
    sound(page)
    page.locator("#uprn").select_option(str(MILL_LANE_14))
    go_on(page)
    assert "14 Mill Lane" in page.locator("main").inner_text()
    sound(page)
    page.goto("/services/missed-bin")
    assert page.url.endswith("/services/calder-vale/missed-bin")
    go_on(page)
    assert page.locator("input[name=bin]").count() == 5, "the address is known: the next question is asked"
    assert "14 Mill Lane" in page.locator("main").inner_text()
    sound(page)
    press(page.get_by_role("link", name="Not here? Change the address"))
    assert page.locator("#address-uprn").input_value() == str(MILL_LANE_14)
    sound(page)
    press(page.locator("button[value=again]"))
    find_address(page, uprn=MILL_LANE_12)
    assert "12 Mill Lane" in page.locator("main").inner_text()
    page.goto("/")
    press(page.get_by_role("button", name="Change address"))
    assert page.locator("#postcode").is_visible()
    press(page.locator(".pw-hero__button"))
    assert len(error_summary_links(page)) == 1
    sound(page)
