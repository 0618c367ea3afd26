"""A model agreement as a page in a real browser: axe, a phone, and paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from placewide.sharing.format.agreements import read_agreement
from placewide.sharing.format.page import page as page_of
from support.browser import axe, no_overflow, valid_html

MODELS = sorted((Path(__file__).resolve().parents[2] / "agreements").glob("*.yaml"))
pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_every_model_is_a_sound_page_on_a_screen_a_phone_and_paper(browser: Any) -> None:
    pages = {each.stem: page_of(read_agreement(each, each.name), date(2026, 6, 1)) for each in MODELS}
    window = browser.new_page()
    for html in pages.values():
        window.set_content(html)
        axe(window)
        no_overflow(window)
        window.emulate_media(media="print")
        no_overflow(window, 640)  # A4 between its margins
        window.emulate_media(media="screen")
    window.close()
    valid_html(**pages)
