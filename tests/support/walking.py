"""How stories go through a service, in any language: by fields and values, not by words."""

from __future__ import annotations

import re
from typing import Any

from support.browser import axe, no_overflow, press


def sound(page: Any) -> None:
    """The page bears axe and 320 pixels; it has one h1, and its title says first where something is to mend."""
    axe(page)
    no_overflow(page)
    assert page.locator("h1").count() == 1, page.url
    title = page.title()
    wrong = page.locator(".govuk-error-summary").count() > 0
    begins = ("Gwall:" if "/cy" in page.url else "Error:") if wrong else ""
    assert title.startswith(begins), f"{page.url}: {title}"
    assert wrong or not title.startswith(("Error:", "Gwall:")), title


def go_on(page: Any) -> None:
    """Press the page's own button."""
    press(page.locator("main form button.govuk-button:not(.govuk-button--secondary)").first)


def begin(page: Any, organisation: str, service: str, language: str = "") -> None:
    """From the front of a service to its first question."""
    page.goto(f"{language}/services/{organisation}/{service}")
    press(page.locator("main form button").first)


def find_address(page: Any, question: str = "address", postcode: str = "zz12ab", uprn: int = 10_000_000_012) -> None:
    """Postcode, find, choose."""
    page.locator(f"#{question}-search").fill(postcode)
    go_on(page)
    page.locator(f"#{question}-uprn").select_option(str(uprn))
    go_on(page)


def choose(page: Any, question: str, *options: str) -> None:
    """Tick or choose, and go on."""
    for option in options:
        page.locator(f"input[name={question}][value={option}]").check()
    go_on(page)


def fill(page: Any, question: str, text: str) -> None:
    """Type an answer, and go on."""
    page.locator(f"[name={question}]").fill(text)
    go_on(page)


def reference_on(page: Any) -> str:
    """The reference that the page shows."""
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]\b", page.locator("main").inner_text())
    assert found, page.locator("main").inner_text()
    return found[0]


def report_a_bin(page: Any, *, email: str = "", uprn: int = 10_000_000_012, language: str = "") -> str:
    """A whole missed bin report; returns its reference."""
    begin(page, "calder-vale", "missed-bin", language)
    find_address(page, uprn=uprn)
    choose(page, "bin", "refuse")
    fill(page, "contact_email", email)
    go_on(page)
    return reference_on(page)
