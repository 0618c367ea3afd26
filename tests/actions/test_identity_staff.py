"""The staff door: a password and a second step, in this session; pauses lose nothing."""

import re
from datetime import timedelta
from time import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from messages_place import council
from people_at_the_door import PASSWORD, set_everything_up, set_up_link, sign_in_as_staff, staff
from placewide.identity.access import staff_required, viewer_of
from placewide.identity.actions import end_role, end_roles, give_demo_sign_in, set_password_by_link
from placewide.identity.models import StaffRole, User
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD, Role
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.web import urls as node

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@staff_required
def work(request):
    viewer = viewer_of(request)
    return HttpResponse(f"{viewer.organisation_id} {sorted(viewer.roles)} {request.POST.get('note', '')}")


urlpatterns = [*node.urlpatterns, path("test/work", work)]


@pytest.fixture(autouse=True)
def fresh_counts(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose


@pytest.fixture
def amina():
    return staff(council().id)


@pytest.fixture
def secret(amina):
    return set_everything_up(Client(), amina)


def age(client, **by):
    """Let time pass for a session."""
    session = client.session
    earlier = timedelta(**by).total_seconds()
    session["staff"] = session["staff"] | {"seen": session["staff"]["seen"] - earlier}
    session.save()


def test_the_administrators_link_leads_to_the_first_working_day(client, amina):
    assert "Choose a password" in client.get(set_up_link(amina)).text
    after = client.post(set_up_link(amina), {"password": PASSWORD, "again": PASSWORD})
    assert after["Location"] == "/staff/second-step"
    assert client.get("/test/work").status_code == 302  # a password alone opens nothing
    set_everything_up(client, amina)
    assert client.get("/test/work").status_code == 200


def test_setting_up_ends_with_recovery_codes_shown_once(client, amina):
    set_everything_up(client, amina)
    page = client.get("/staff/second-step/recovery-codes").text
    assert len(re.findall(r"pw-reference\">\d{4} \d{4}<", page)) == 10
    assert "pw-codes" not in client.get("/staff/second-step/recovery-codes").text


def test_who_has_no_recovery_codes_is_told_so_and_can_make_some(client, amina):
    set_everything_up(client, amina)
    Authenticator.objects.filter(user=amina, type="recovery_codes").delete()
    for address in ("", "/recovery-codes", "/recovery-codes/new"):
        page = client.get(f"/staff/second-step{address}", follow=True)
        assert page.status_code == 200, address
        assert "You have no recovery codes" in page.text
        assert "Make recovery codes" in page.text
        assert not re.search(r"\b0 codes", page.text)
    made = client.post("/staff/second-step/recovery-codes/new", follow=True)
    assert len(re.findall(r"pw-reference\">\d{4} \d{4}<", made.text)) == 10


def test_password_and_code_open_staff_pages(client, amina, secret):
    after = sign_in_as_staff(client, amina, secret, next_page="/test/work")
    assert after["Location"] == "/test/work"
    assert str(StaffRole.objects.get().organisation_id) in client.get("/test/work").text


@pytest.mark.parametrize("language", ["", "/cy"])
def test_who_comes_in_by_the_front_of_the_staff_door_lands_in_the_inbox(client, amina, secret, language):
    client.post(f"{language}/staff/sign-in", {"login": amina.email, "password": PASSWORD})
    cache.clear()
    after = client.post(f"{language}/staff/sign-in/second-step", {"code": code_at(secret, time())})
    assert after["Location"] == f"{language}/staff"
    assert client.get(after["Location"]).status_code == 200


def test_staff_find_their_way_back_to_the_inbox_from_residents_pages(client, amina, secret):
    assert 'href="/staff"' not in header(client.get("/").text)
    sign_in_as_staff(client, amina, secret)
    for address in ("/", "/account"):
        assert 'href="/staff"' in header(client.get(address).text)


def header(page):
    return page.split("<main")[0]


def test_a_password_alone_opens_nothing(client, amina, secret):
    client.post("/staff/sign-in", {"login": amina.email, "password": PASSWORD})
    assert client.get("/test/work")["Location"] == "/staff/sign-in?next=/test/work"
    assert client.get("/staff/second-step/app").status_code == 302


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, amina, secret):
    wrong = [
        client.post("/staff/sign-in", {"login": login, "password": "not this one"}).text.replace(login, "…")
        for login in (amina.email, "nobody@calder.example")
    ]
    assert "The email address or the password is not right" in wrong[0]
    assert [line for line in wrong[0].splitlines() if "csrf" not in line] == [
        line for line in wrong[1].splitlines() if "csrf" not in line
    ]


def test_guessing_passwords_is_slowed_down(client, amina, secret):
    for _ in range(6):
        page = client.post("/staff/sign-in", {"login": amina.email, "password": "guess"})
    assert "There were too many tries" in page.text


def test_guessing_codes_is_slowed_down(client, amina, secret):
    client.post("/staff/sign-in", {"login": amina.email, "password": PASSWORD})
    for _ in range(6):
        page = client.post("/staff/sign-in/second-step", {"code": "000000"})
    assert "There were too many tries" in page.text


def test_a_code_works_once(client, amina, secret):
    cache.clear()
    code = code_at(secret, time())
    for browser in (client, Client()):
        browser.post("/staff/sign-in", {"login": amina.email, "password": PASSWORD})
        last = browser.post("/staff/sign-in/second-step", {"code": code})
    assert "The code is not right" in last.text


def test_a_recovery_code_stands_in_for_a_lost_phone_once(client, amina):
    set_everything_up(client, amina)
    code = re.search(r"pw-reference\">(\d{4} \d{4})<", client.get("/staff/second-step/recovery-codes").text)[1]
    for expected in (302, 422):
        browser = Client()
        browser.post("/staff/sign-in", {"login": amina.email, "password": PASSWORD})
        assert browser.post("/staff/sign-in/second-step", {"code": code}).status_code == expected


def test_somebody_signed_in_as_resident_can_go_on_to_sign_in_as_staff(client, amina, secret):
    client.force_login(amina)
    sign_in_as_staff(client, amina, secret)
    assert client.get("/test/work").status_code == 200


def test_a_role_that_has_ended_opens_nothing(client, amina, secret):
    sign_in_as_staff(client, amina, secret)
    yesterday = clock.legal_date(clock.now()) - timedelta(days=1)
    end_role(StaffRole.objects.get().id, on=yesterday, actor=SYSTEM, now=clock.now())
    asked = client.get("/test/work")
    assert asked.status_code == 302
    told = client.get(asked["Location"])
    assert told.status_code == 403
    assert "You hold no role here today" in told.text
    assert "administrator" in told.text


def test_roles_that_were_to_end_later_end_sooner_and_never_later(amina):
    today = clock.legal_date(clock.now())
    later, sooner = today + timedelta(days=39), today - timedelta(days=3)

    def ended(on) -> int:
        return end_roles(amina.id, amina.roles.get().organisation_id, on=on, actor=SYSTEM, now=clock.now())

    assert [(ended(on), amina.roles.get().ends) for on in (later, today, later, sooner)] == [
        (1, later),
        (1, today),
        (0, today),
        (1, sooner),
    ]


def test_after_a_pause_what_was_written_is_kept_and_offered_again(client, amina, secret):
    sign_in_as_staff(client, amina, secret)
    age(client, minutes=31)
    away = client.post("/test/work", {"note": "She would rather be rung after six."})
    assert away["Location"] == "/staff/sign-in?next=/test/work"
    assert "What you wrote is kept" in client.get(away["Location"]).text
    back = sign_in_as_staff(client, amina, secret)
    assert back["Location"] == "/staff/carry-on"
    page = client.get("/staff/carry-on").text
    assert 'action="/test/work"' in page
    assert "She would rather be rung after six." in page
    assert client.get("/staff/carry-on").status_code == 302  # offered once


def test_what_one_person_wrote_is_never_offered_to_another(client, amina, secret):
    sign_in_as_staff(client, amina, secret)
    age(client, minutes=31)
    client.post("/test/work", {"note": "private"})
    other = staff(council().id, "bea@calder.example", name="Bea Lyle")
    others_secret = set_everything_up(Client(), other)
    back = sign_in_as_staff(client, other, others_secret)
    assert back["Location"] != "/staff/carry-on"
    assert client.get("/staff/carry-on").status_code == 302


def test_staying_is_one_press(client, amina, secret):
    sign_in_as_staff(client, amina, secret)
    age(client, minutes=26)
    assert client.post("/staff/still-here", headers={"accept": "application/json"}).json() == {"minutes": 30}
    age(client, minutes=26)
    assert client.get("/test/work").status_code == 200


def test_somebody_with_two_organisations_works_for_one_at_a_time(client, amina, secret):
    county = council("county", name="Calderbrook County Council")
    staff(county.id, role=Role.MANAGER)
    sign_in_as_staff(client, amina, secret)
    asked = client.get("/test/work")
    assert asked["Location"] == "/staff/organisation?next=/test/work"
    assert "Calderbrook County Council" in client.get(asked["Location"]).text
    after = client.post("/staff/organisation", {"organisation": str(county.id), "next": "/test/work"})
    assert after["Location"] == "/test/work"
    assert client.get("/test/work").text == f"{county.id} ['manager'] "


@pytest.mark.parametrize("chosen", ["", "x", "01890000-0000-7000-8000-000000000001", "../"])
def test_nobody_works_for_an_organisation_without_a_role_there(client, amina, secret, chosen):
    sign_in_as_staff(client, amina, secret)
    stranger = council("stranger")
    for organisation in (chosen, str(stranger.id)):
        page = client.post("/staff/organisation", {"organisation": organisation, "next": "/test/work"})
        assert "Choose who you work for now" in page.text


_ELSEWHERE = ["https://evil.example/", "//evil.example/", "/\\evil.example", "///evil.example", "javascript:evil()"]


@pytest.mark.parametrize("elsewhere", _ELSEWHERE)
def test_nobody_is_led_to_another_site(client, amina, secret, elsewhere):
    after = sign_in_as_staff(client, amina, secret, next_page=quote(elsewhere))
    assert "evil" not in after["Location"]
    for address in ("/staff/organisation", "/staff/still-here"):
        sent = {"organisation": str(StaffRole.objects.get().organisation_id), "next": elsewhere}
        answer = client.post(address, sent, headers={"accept": "text/html"})
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]


def test_any_page_of_this_site_may_follow_the_staff_door(client, amina, secret):
    """A resident's page too: reading it changes nothing, and shows no more there than to any resident."""
    after = sign_in_as_staff(client, amina, secret, next_page="/account")
    assert after["Location"] == "/account"
    assert client.get("/account").status_code == 200


def test_a_set_up_link_works_once(client, amina):
    link = set_up_link(amina)
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(link).status_code == 404
    assert Client().post(link, {"password": "another of mine", "again": "another of mine"}).status_code == 404
    assert User.objects.get().check_password(PASSWORD)


def test_a_mail_scanner_that_opens_the_link_does_not_use_it_up(client, amina):
    link = set_up_link(amina)
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("", "", "Enter your password"),
        ("short", "short", "Use at least 12 characters"),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "used by many people"),
        ("three small otters", "three small otter", "Both passwords must be the same"),
        ("amina@calder.example", "amina@calder.example", "too much like your name"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(client, amina, password, again, sentence):
    page = client.post(set_up_link(amina), {"password": password, "again": again})
    assert sentence in page.text


def test_a_new_password_by_link_still_needs_the_second_step(client, amina, secret):
    after = client.post(set_up_link(amina), {"password": "four quite other words", "again": "four quite other words"})
    assert after["Location"] == "/staff/sign-in/second-step"
    assert client.get("/test/work").status_code == 302


def test_a_used_link_changes_nothing_even_at_the_same_moment(amina):
    token = set_up_link(amina).rsplit("/", 1)[1]
    assert set_password_by_link(token, PASSWORD, actor=SYSTEM, now=clock.now())
    assert set_password_by_link(token, "too late for this", actor=SYSTEM, now=clock.now()) is None


def test_the_apps_secret_is_encrypted_at_rest(amina, secret):
    assert secret not in str(Authenticator.objects.get(user=amina, type="totp").data)


def test_the_demos_sign_ins_exist_in_a_demo_only(amina, settings):
    settings.DEMO = False
    with pytest.raises(PermissionError):
        give_demo_sign_in(amina.id, secret="JBSWY3DPEHPK3PXP", actor=SYSTEM, now=clock.now())


_ALMOST = '{"id":"x","rawId":"x","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA"}}'
_NONSENSE = ["", "{}", "[]", "null", '{"id": 1}', '{"response": {}}', _ALMOST, "x" * 10_000]


@pytest.mark.parametrize("credential", _NONSENSE)
def test_a_passkey_no_browser_made_is_refused(client, amina, credential):
    set_everything_up(client, amina)
    client.get("/staff/second-step/passkey")
    answer = client.post("/staff/second-step/passkey", {"name": "x", "credential": credential})
    assert answer.status_code in {400, 422}
    assert Authenticator.objects.filter(type="webauthn").count() == 0


@pytest.mark.parametrize(
    "sent", [*({"credential": credential} for credential in _NONSENSE), {"code": ""}, {"code": "é" * 999}, {}]
)
def test_nonsense_at_the_second_step_is_answered_plainly(client, amina, secret, sent):
    client.post("/staff/sign-in", {"login": amina.email, "password": PASSWORD})
    answer = client.post("/staff/sign-in/second-step", sent)
    assert answer.status_code in {400, 422}
    assert answer.status_code == 400 or "put right" in answer.text


def test_signing_out_ends_everything(client, amina, secret):
    sign_in_as_staff(client, amina, secret)
    assert client.get("/sign-out").status_code == 200  # a link alone signs nobody out
    assert client.get("/test/work").status_code == 200
    client.post("/sign-out")
    assert client.get("/test/work").status_code == 302


def test_who_works_here_no_longer_meets_no_page_of_staff_and_stands_apart_in_the_demo(client, settings):
    settings.DEMO = True
    body = council()
    gwen = staff(body.id)
    give_demo_sign_in(gwen.id, secret="JBSWY3DPEHPK3PXP", actor=SYSTEM, now=clock.now())
    for role in StaffRole.objects.filter(user=gwen):
        end_role(role.id, on=clock.legal_date(clock.now()) - timedelta(days=1), actor=SYSTEM, now=clock.now())
    client.post("/staff/sign-in", {"login": gwen.email, "password": DEMO_PASSWORD})
    client.post("/staff/sign-in/second-step", {"code": code_at("JBSWY3DPEHPK3PXP", time())})
    page = client.get("/staff", follow=True)
    said = page.content.decode()
    assert page.status_code == 403
    assert "You hold no role here today" in said
    for link in ("My inbox", "Letters to post", "How you sign in"):
        assert link not in said
    assert "My inbox" not in client.get("/").content.decode()
    listed = client.get("/demo/sign-ins").content.decode()
    assert listed.index("No longer works here") < listed.index(gwen.email)
