"""A12: a case worked on a phone in the street: no mouse, no script, 360 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from placewide.cases.models import Case, Entry, Participation
from support.browser import no_overflow
from support.calderbrook import Calderbrook, sign_in
from support.walking import report_a_bin

pytestmark = pytest.mark.browser
SCREEN = {"width": 360, "height": 740}


@pytest.fixture
def street(browser: Any, site: str, place: Calderbrook) -> Iterator[Any]:
    """Priya's phone, where no script may run."""
    context = browser.new_context(base_url=site, viewport=SCREEN, java_script_enabled=False)
    context.set_default_timeout(15_000)
    sign_in(context, site, place.staff["priya"])
    yield context.new_page()
    context.close()


def reach(field: Any) -> None:
    """Press Tab until the keyboard is there; from the top of the page, if need be."""
    for _ in range(120):
        if field.evaluate("e => e === document.activeElement"):
            return
        field.page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {field}")


def enter(field: Any) -> None:
    """Reach a button or link, press Enter, and stay until the next page is whole."""
    reach(field)
    with field.page.expect_navigation():
        field.page.keyboard.press("Enter")
    no_overflow(field.page, SCREEN["width"])


def write(field: Any, text: str) -> None:
    reach(field)
    field.page.keyboard.type(text)


def step(page: Any, name: str) -> Any:
    """A step's form, opened by the keyboard."""
    form = page.locator(f"details:has(input[name=step][value={name}])")
    reach(form.locator("summary"))
    page.keyboard.press("Enter")
    return form


def send(form: Any) -> None:
    enter(form.locator("form > button"))


def test_a_case_is_worked_in_the_street(phone: Any, street: Any, place: Calderbrook, tmp_path: Path) -> None:
    reference = report_a_bin(phone)
    street.goto("/staff")
    no_overflow(street, SCREEN["width"])
    enter(street.locator(".pw-queue__link").first)
    assert reference in street.url
    decision = street.locator("#decide").bounding_box()
    assert decision["y"] + decision["height"] < SCREEN["height"], "what to decide stands on the first screen"

    photo = tmp_path / "bin.jpg"
    Image.new("RGB", (64, 48), "green").save(photo)
    form = step(street, "look")
    write(form.locator("textarea"), "Full, behind the hedge.")
    reach(form.locator("input[type=file]"))
    form.locator("input[type=file]").set_input_files(str(photo))
    send(form)
    assert Entry.objects.get(step="look").written["recorded"]["seen"] == "Full, behind the hedge."
    assert street.locator("#files a").count() == 1

    write(street.locator("#note"), "Gate code is with the landlord.")
    enter(street.locator("form[action$=note] button"))
    assert "Gate code is with the landlord." in street.locator("#timeline").inner_text()

    form = step(street, "hand-over")
    reach(form.locator("input[type=radio]").first)
    street.keyboard.press("Space")
    organisation = form.locator("select[name=to-body]")
    reach(organisation)
    for _ in range(10):
        if "Carers" in organisation.evaluate("e => e.selectedOptions[0].text"):
            break
        street.keyboard.press("ArrowDown")
    write(form.locator("input[name=why]"), "Open the store, then tell us.")
    send(form)
    assert Case.objects.get().state == "with-others"
    assert Participation.objects.filter(organisation=place.carers).exists()

    form = step(street, "take-back")
    send(form)
    form = step(street, "note-not-collected")
    send(form)
    assert street.locator(".govuk-error-summary").count() == 1, "a reason is asked for"
    form = street.locator("details:has(input[name=step][value=note-not-collected])")
    assert form.get_attribute("open") is not None, "what is to mend stands open"
    reach(form.locator("input[type=radio]").first)
    street.keyboard.press("Space")
    send(form)
    assert (Case.objects.get().state, Case.objects.get().open) == ("not-collected", False)
