"""Every pattern and every component in a real browser: axe, the keyboard, 320 pixels, sound HTML."""

from __future__ import annotations

from typing import Any

import pytest

from placewide.ui.examples import examples
from support.browser import axe, error_summary_links, keyboard_order, no_overflow, press, valid_html

PAGES = sorted(examples())
pytestmark = pytest.mark.browser


def soft(check: Any, *given: Any) -> list[str]:
    try:
        check(*given)
    except AssertionError as fault:
        return [str(fault)]
    return []


@pytest.mark.parametrize("prefix", ["", pytest.param("/cy", marks=pytest.mark.slow)], ids=["english", "welsh"])
def test_every_page_is_free_of_axe_violations_and_fits_320_pixels(page: Any, prefix: str) -> None:
    wrong = []
    for name in PAGES:
        page.goto(f"{prefix}/ui/{name}")
        wrong += soft(axe, page) + soft(no_overflow, page)
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_every_page_is_free_of_axe_violations_on_a_phone(phone: Any) -> None:
    wrong = []
    for name in PAGES:
        phone.goto(f"/ui/{name}")
        wrong += soft(axe, phone)
    assert not wrong, "\n".join(wrong)


def test_the_first_key_leads_past_the_header(page: Any) -> None:
    page.goto("/ui/start")
    order = keyboard_order(page)
    assert order[0] == "Skip to main content"
    assert order.index("Calderbrook") < order.index("Start now") < order.index("Accessibility")


def test_what_is_wrong_leads_to_where_it_is_mended(page: Any) -> None:
    page.goto("/ui/question-error")
    assert error_summary_links(page) == ["Choose which bin was missed"]
    page.goto("/ui/components")
    assert error_summary_links(page) == ["Choose which bin was missed", "Enter the year"]


def test_the_language_switch_keeps_the_page(page: Any) -> None:
    page.goto("/ui/start")
    press(page.get_by_role("link", name="Cymraeg"))
    page.wait_for_url("**/cy/ui/start")
    press(page.get_by_role("link", name="English"))
    page.wait_for_url("**/ui/start")


def test_ticking_rows_says_how_many(page: Any) -> None:
    page.goto("/ui/inbox-plain")
    assert page.get_by_text("None chosen").is_visible()
    page.locator("#tick-t1").check()
    page.locator("#tick-t2").check()
    assert page.get_by_text("2 chosen").is_visible()


@pytest.mark.slow
def test_the_html_is_sound(page: Any) -> None:
    valid_html(**{name.replace("-", "_"): page.request.get(f"/ui/{name}").text() for name in PAGES})


def test_paper_shows_the_place_and_nothing_to_press(page: Any) -> None:
    page.goto("/ui/case-needs-you")
    page.emulate_media(media="print")
    assert page.locator(".pw-place__name").is_visible()
    assert page.locator(".pw-status__sentence").is_visible()
    assert not page.locator("button:visible, .govuk-button:visible, nav:visible").count()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


def test_everything_can_be_reached_without_scripts(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/ui/staff-case")
    page.get_by_text("Ask Ruth for more").click()
    assert page.get_by_label("What to tell them").is_visible()
    page.goto("/ui/inbox")
    page.get_by_text("Filter", exact=True).click()
    assert page.get_by_label("What to do").is_visible()
    context.close()
