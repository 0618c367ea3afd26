"""The residents' door: an emailed code, the same for known and unknown addresses."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from messages_place import council, mail_server
from people_at_the_door import code_in, set_everything_up, sign_in_as_resident, staff
from placewide.identity.actions import forget_strangers, join
from placewide.identity.models import User
from placewide.kernel import clock
from placewide.kernel.ids import new_id
from placewide.kernel.terms import GUEST, SYSTEM
from placewide.messages.mailbox.server import Behaviour
from placewide.people.actions import know
from placewide.people.models import Person
from placewide.people.terms import NewPerson

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(tmp_path, settings):
    cache.clear()
    with mail_server(tmp_path) as (url, mailbox):
        settings.SMTP_URL = url
        yield mailbox


def known(email="ruth@example.org"):
    user = join(email, actor=GUEST, now=clock.now())
    user.last_login = clock.now()
    user.save()
    return user


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def test_the_code_in_the_mail_signs_in(client, box):
    user = known()
    sign_in_as_resident(client, box, "ruth@example.org")
    assert signed_in_as(client) == str(user.id)


def test_the_first_sign_in_makes_the_account(client, box):
    sign_in_as_resident(client, box, "Edith@Example.org")
    assert signed_in_as(client) == str(User.objects.get(email="edith@example.org").id)


def test_nobody_learns_whether_an_address_is_known(client, box):
    known("known@example.org")
    answers = []
    for email in ("known@example.org", "stranger@example.org"):
        asked = client.post("/sign-in", {"email": email})
        page = client.get(asked["Location"])
        answers.append((asked.status_code, asked["Location"], page.status_code, page.text.replace(email, "…")))
        client.cookies.clear()
    first, second = answers
    assert first[:3] == second[:3]
    assert without_tokens(first[3]) == without_tokens(second[3])
    subjects = {mail["Subject"] for _, mail in box.mails()}
    assert subjects == {"Your code to sign in"}


def without_tokens(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_wrong_code_can_be_put_right_and_three_end_it(client, box):
    known()
    client.post("/sign-in", {"email": "ruth@example.org"})
    right = code_in(box)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(2):
        page = client.post("/sign-in/code", {"code": wrong, "action": "verify"})
        assert "The code is not right" in page.text
    client.post("/sign-in/code", {"code": wrong, "action": "verify"})
    client.post("/sign-in/code", {"code": right, "action": "verify"})
    assert signed_in_as(client) is None


def test_a_code_works_only_in_the_browser_that_asked(client, box):
    known()
    client.post("/sign-in", {"email": "ruth@example.org"})
    code = code_in(box)
    client.cookies.clear()
    client.post("/sign-in/code", {"code": code, "action": "verify"})
    assert signed_in_as(client) is None


def test_another_code_can_be_asked_for(client, box):
    known()
    client.post("/sign-in", {"email": "ruth@example.org"})
    client.post("/sign-in/code", {"action": "resend"})
    assert len(box.mails()) == 2


@pytest.mark.parametrize(
    "email", ["", "ruth", "a@b\nBcc: c@d", "x" * 5000 + "@example.org", "<script>", "\x00@example.org"]
)
def test_what_is_no_address_is_explained(client, box, email):
    page = client.post("/sign-in", {"email": email})
    assert page.status_code == 422
    assert "email address" in page.text
    assert box.mails() == []


def test_too_many_codes_for_one_address_are_refused(client, box):
    for _ in range(7):
        page = client.post("/sign-in", {"email": "ruth@example.org"})
    assert "There were too many tries" in page.text
    assert len(box.mails()) == 6


def test_a_mail_server_that_is_down_is_said_so(client, box):
    box.behave({"default": Behaviour.LATER})
    page = client.post("/sign-in", {"email": "ruth@example.org"})
    assert page.status_code == 503
    assert "Try again in a few minutes" in page.text


def test_a_closed_account_is_not_opened(client, box):
    user = known()
    user.is_active = False
    user.save()
    asked = client.post("/sign-in", {"email": "ruth@example.org"})
    assert asked["Location"] == "/sign-in/code"
    assert [mail["Subject"] for _, mail in box.mails()] == ["Your account is closed"]


def test_the_mail_speaks_the_language_of_the_page(client, box):
    client.post("/cy/sign-in", {"email": "ruth@example.org"})
    assert box.mails()[0][1]["Content-Language"] == "cy"


def test_the_account_joins_persons_of_several_organisations(client, box):
    county, district = council("county", name="Calderbrook County Council"), council("district")
    know(
        [
            NewPerson(new_id(), county.id, name="Ruth Hale", email="ruth@example.org"),
            NewPerson(new_id(), district.id, email="Ruth@example.org "),
        ],
        actor=GUEST,
        now=clock.now(),
    )
    sign_in_as_resident(client, box, "ruth@example.org")
    user = User.objects.get(email="ruth@example.org")
    assert set(Person.objects.filter(user=user).values_list("organisation_id", flat=True)) == {county.id, district.id}


def test_an_emailed_code_never_opens_staff_pages(client, box):
    user = staff(council().id)
    set_everything_up(client, user)
    client.cookies.clear()
    sign_in_as_resident(client, box, user.email)
    assert signed_in_as(client) == str(user.id)
    for page in ("/staff/second-step", "/staff/second-step/app", "/staff/organisation", "/staff/still-here"):
        answer = client.post(page) if page.endswith("here") else client.get(page)
        assert answer.status_code == 302, page
        assert answer["Location"].startswith("/staff/sign-in"), page


def test_a_typed_address_that_nobody_proved_is_forgotten(client, box):
    client.post("/sign-in", {"email": "stranger@example.org"})
    known()
    forget_strangers(actor=SYSTEM, now=clock.now() + timedelta(days=1, minutes=1))
    assert list(User.objects.values_list("email", flat=True)) == ["ruth@example.org"]
