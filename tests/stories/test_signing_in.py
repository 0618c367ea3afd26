"""Both doors in a real browser: a resident by emailed code, staff by password and app or passkey; every page sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from messages_place import NOW, council, mail_server, words
from people_at_the_door import PASSWORD, code_in, set_up_link, staff
from placewide.identity.actions import give_demo_sign_in
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD, Role
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM
from placewide.messages.actions import send
from placewide.messages.mailbox.server import Mailbox
from placewide.messages.terms import Channel
from support.browser import axe, error_summary_links, keyboard_order, no_overflow, press

pytestmark = pytest.mark.browser
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PICTURES = os.environ.get("PLACEWIDE_PICTURES", "")  # a folder: every page looked at is kept there as a picture


@pytest.fixture
def box(tmp_path: Path, settings: Any) -> Iterator[Mailbox]:
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MAILBOX_ROOT = tmp_path
    with mail_server(tmp_path) as (url, mailbox):
        settings.SMTP_URL = url
        yield mailbox


def sound(page: Any, name: str) -> None:
    """Axe finds nothing, nothing overflows at 320 pixels; a picture at two widths if somebody asked for pictures."""
    axe(page)
    no_overflow(page)
    for width in (1280, 360) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.slow)], ids=["english", "welsh"])
def test_a_resident_signs_in_with_a_code_from_the_mail(page: Any, box: Mailbox, language: str) -> None:
    name = f"resident{language.replace('/', '-')}"
    page.goto(f"{language}/sign-in")
    sound(page, f"{name}-1-sign-in")
    press(page.locator("main button"))
    assert len(error_summary_links(page)) == 1
    sound(page, f"{name}-2-error")
    page.locator("#email").fill("ruth@example.org")
    press(page.locator("main button"))
    sound(page, f"{name}-3-code")
    page.locator("#code").fill("12")
    press(page.locator("main button[value=verify]"))
    assert len(error_summary_links(page)) == 1
    sound(page, f"{name}-4-wrong-code")
    page.locator("#code").fill(code_in(box))
    press(page.locator("main button[value=verify]"))
    page.goto(f"{language}/sign-out")
    sound(page, f"{name}-5-sign-out")
    page.goto(f"{language}/mailbox")
    sound(page, f"{name}-6-mailbox")
    press(page.locator("main li a").first)
    sound(page, f"{name}-7-mail")
    page.goto(page.locator("main a[target=_blank]").get_attribute("href"))
    axe_of_mail(page)


def axe_of_mail(page: Any) -> None:
    """A mail is locked in: no script of ours runs there, so only its words are looked at."""
    assert page.locator("h1, .words").count()
    assert page.evaluate("document.documentElement.lang") in {"en", "cy"}


@pytest.mark.parametrize("language", ["", pytest.param("/cy", marks=pytest.mark.slow)], ids=["english", "welsh"])
def test_a_member_of_staff_sets_up_an_app(page: Any, box: Mailbox, language: str) -> None:
    name = f"staff{language.replace('/', '-')}"
    organisation = council()
    user = staff(organisation.id)
    page.goto(language + set_up_link(user))
    sound(page, f"{name}-1-password")
    page.locator("#password").fill("short")
    press(page.locator("main button"))
    assert len(error_summary_links(page)) == 2
    sound(page, f"{name}-2-password-error")
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    press(page.locator("main button"))
    sound(page, f"{name}-3-second-step")
    press(page.locator("main a.govuk-button").first)
    sound(page, f"{name}-4-app")
    secret = page.locator(".pw-key").inner_text().replace(" ", "")
    page.locator("#code").fill(code_at(secret, time()))
    press(page.locator("main button"))
    sound(page, f"{name}-5-recovery-codes")
    page.goto(f"{language}/staff/second-step")
    sound(page, f"{name}-6-second-step-again")
    page.goto(f"{language}/staff/second-step/recovery-codes/new")
    sound(page, f"{name}-7-new-codes")
    send([words(organisation, channel=Channel.LETTER, to="Edith Hale\n12 Mill Lane")], actor=SYSTEM, now=NOW)
    work_until_quiet(NOW)
    page.goto(f"{language}/staff/letters")
    sound(page, f"{name}-8-letters")
    press(page.locator("main li a").first)
    sound(page, f"{name}-9-letter")


@pytest.mark.slow
def test_a_passkey_is_made_used_and_removed(page: Any, box: Mailbox, settings: Any, site: str) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    page.goto(site.replace("127.0.0.1", "localhost") + "/staff/sign-in")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device | {"automaticPresenceSimulation": True}})
    user = staff(council().id)
    home = site.replace("127.0.0.1", "localhost")
    page.goto(home + set_up_link(user))
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    press(page.locator("main button"))
    press(page.get_by_role("button", name="Add a passkey"))
    sound(page, "passkey-1-add")
    page.locator("#name").fill("Work laptop")
    press(page.get_by_role("button", name="Add this passkey"))
    page.get_by_role("heading", name="Your recovery codes").wait_for()
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(home + "/staff/sign-in")
    sound(page, "passkey-2-sign-in")
    page.locator("#login").fill(user.email)
    page.locator("#password").fill(PASSWORD)
    press(page.locator("main button"))
    sound(page, "passkey-3-asked")
    press(page.get_by_role("button", name="Use your passkey"))
    page.wait_for_url(home + "/staff")
    page.goto(home + "/staff/second-step")
    sound(page, "passkey-4-have-one")
    press(page.get_by_role("link", name="Remove Work laptop"))
    sound(page, "passkey-5-remove")
    press(page.get_by_role("button", name="Remove the passkey"))
    assert "This is your only second step" in page.locator("main").inner_text()
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1


def test_a_visitor_of_the_demo_signs_in_within_seconds(page: Any, box: Mailbox) -> None:
    county = council("county", name="Calderbrook County Council")
    district = council("district")
    user = staff(county.id)
    staff(district.id, role=Role.MANAGER)
    give_demo_sign_in(user.id, secret=SECRET, actor=SYSTEM, now=NOW)
    page.goto("/staff/sign-in")
    press(page.get_by_role("link", name="Demonstration"))
    sound(page, "demo-1-sign-ins")
    code = page.locator("main li .pw-code").first.inner_text()
    assert DEMO_PASSWORD in page.locator("main").inner_text()
    press(page.get_by_role("button", name="Staff sign in"))
    page.locator("#login").fill(user.email)
    page.locator("#password").fill(DEMO_PASSWORD)
    press(page.locator("main button"))
    sound(page, "demo-2-code")
    page.locator("#code").fill(code)
    press(page.locator("main button"))
    assert page.url.endswith("/staff")
    page.goto("/staff/organisation")
    sound(page, "demo-3-organisation")
    press(page.locator("main button"))
    assert len(error_summary_links(page)) == 1
    sound(page, "demo-4-organisation-error")
    page.get_by_label("Calder Vale District Council").check()
    press(page.locator("main button"))


def test_before_a_pause_signs_somebody_out_the_page_asks(page: Any, box: Mailbox) -> None:
    user = staff(council().id)
    give_demo_sign_in(user.id, secret=SECRET, actor=SYSTEM, now=NOW)
    page.goto("/staff/sign-in?next=/staff/letters")
    page.locator("#login").fill(user.email)
    page.locator("#password").fill(DEMO_PASSWORD)
    press(page.locator("main button"))
    page.clock.install()
    page.locator("#code").fill(code_at(SECRET, time()))
    press(page.locator("main button"))
    page.get_by_role("heading", name="Letters to post").wait_for()
    dialog = page.get_by_role("dialog", name="Are you still there?")
    page.clock.fast_forward("24:50")
    assert not dialog.is_visible()
    page.clock.fast_forward("00:20")
    dialog.wait_for()
    sound(page, "pause")
    page.get_by_role("button", name="Stay signed in").click()
    dialog.wait_for(state="hidden")


def test_the_keyboard_goes_through_the_staff_door(page: Any, box: Mailbox) -> None:
    page.goto("/staff/sign-in")
    order = keyboard_order(page)
    assert order.index("Your work email address") < order.index("Your password") < order.index("Go on")
