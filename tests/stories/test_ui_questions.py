"""Every question of every shipped package, as a page: both languages, axe clean, errors lead to their fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from support.browser import axe, error_summary_links, no_overflow
from support.questions import drawn, packages

PAGES = [(package, page) for package in packages() for page in package.pages if page.questions]
NAMES = [f"{package.id}-{page.id}" for package, page in PAGES]


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize(("package", "page"), PAGES, ids=NAMES)
def test_every_question_can_be_drawn_and_its_faults_have_a_place_to_go(package: Any, page: Any, language: str) -> None:
    assert drawn(package, page, language, wrong=False).count("<h1") == 1
    text = drawn(package, page, language, wrong=True)
    assert text.count("<h1") == 1
    targets = re.findall(r'<a href="#([^"]+)">', text)
    assert not [target for target in targets if f'id="{target}"' not in text]


def answering(html: str) -> Callable[[Any], None]:
    return lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_question_is_free_of_axe_violations_and_fits_320_pixels(page: Any, language: str) -> None:
    wrong = []
    for (package, asked), name in zip(PAGES, NAMES, strict=True):
        html = drawn(package, asked, language, wrong=True)
        page.route(f"**/drawn/{name}", answering(html))
        page.goto(f"/drawn/{name}")
        for check in (axe, no_overflow, error_summary_links):
            try:
                check(page)
            except AssertionError as fault:
                wrong.append(str(fault)[:600])
    assert not wrong, "\n".join(wrong)
