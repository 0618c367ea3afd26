"""A10, A12, A14: Edith may be in danger at home. Nobody writes to her until Tom says that it is safe."""

from __future__ import annotations

from typing import Any

import pytest

from placewide.cases.models import Case
from placewide.kernel import clock
from placewide.kernel.outbox import work_until_quiet
from placewide.messages.mailbox.server import Mailbox
from placewide.messages.models import Message
from placewide.services.reads import live
from support.api import care_answers
from support.browser import press
from support.calderbrook import Calderbrook, sign_in
from support.sending import sent
from support.walking import sound

pytestmark = pytest.mark.browser
NOTHING = "Nothing is sent to Edith Hale. Find a safe way to tell them."


@pytest.fixture
def desk(browser: Any, site: str, place: Calderbrook) -> Any:
    """Tom's window, of adult social care."""
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 780})
    context.set_default_timeout(15_000)
    sign_in(context, site, place.staff["tom"])
    yield context.new_page()
    context.close()


def test_what_may_not_be_sent_is_said_and_sent_again_once_it_is_safe(
    desk: Any, place: Calderbrook, post: Mailbox
) -> None:
    answers = care_answers(urgent_signs=["hurt"], safe_contact="Ring me at work", cared_for_phone=None)
    sent(live(place.county.id, "care-needs"), answers, clock.now())
    case = Case.objects.get(case_type="needs-assessment")
    page = f"/staff/case/{case.reference}"
    desk.goto(page)
    for heading in ("How it is safe to reach them", NOTHING):
        assert desk.get_by_role("heading", name=heading).is_visible()
    way = desk.get_by_role("link", name="Decide what happens next")
    assert way.bounding_box()["y"] < 780, "within the first screen"
    way.click()
    assert desk.evaluate("document.activeElement.id") == "decide"
    desk.locator("details", has_text="Say this to Edith Hale").locator("summary").click()
    assert desk.get_by_text("You can say no.").is_visible()
    sound(desk)
    desk.locator("details:has(input[value=assign-assessor]) summary").click()
    assert desk.locator("form:has(input[value=assign-assessor])").get_by_text(NOTHING).is_visible()
    desk.locator("#assessor_name").fill("Nia Price")
    press(desk.get_by_role("button", name="Name the assessor"))
    press(desk.get_by_role("button", name="I have told them"))
    work_until_quiet(clock.now())
    assert {str(mail["To"]) for _, mail in post.mails()} == {"ruth@example.com"}
    lift = desk.locator("details:has(form[action$=send-again])")
    lift.locator("summary").click()
    press(lift.get_by_role("button"))
    assert "Write something first" in desk.locator(".govuk-error-summary").inner_text()
    lift.locator("textarea").fill("She lives with her sister now.")
    press(lift.get_by_role("button"))
    assert desk.get_by_text("From now on they are sent messages again.").is_visible()
    assert desk.get_by_text(NOTHING).count() == 0
    desk.goto(f"/cy{page}")
    sound(desk)
    assert set(Message.objects.filter(person__name="Edith Hale").values_list("state", flat=True)) == {"told"}
