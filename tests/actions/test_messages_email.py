"""Mail goes out through a real SMTP server, once."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from messages_place import NOW, council, mail_server, words
from placewide.kernel.models import Delivery, Event
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM
from placewide.messages.actions import AddressRefused, BeingSent, send, start_sending
from placewide.messages.events import MessageQueued
from placewide.messages.handlers import NotDelivered, deliver
from placewide.messages.mailbox.server import Behaviour
from placewide.messages.models import Message
from placewide.messages.terms import State
from placewide.people.terms import AccessNeed

pytestmark = pytest.mark.django_db(transaction=True)
NOW_ID = UUID("01938c5e-0000-7000-8000-000000000001")


@pytest.fixture
def box(tmp_path, settings):
    with mail_server(tmp_path) as (url, mailbox):
        settings.SMTP_URL = url
        settings.SMTP_TIMEOUT = 2
        yield mailbox


def queued(**changes):
    return send([words(council(), **changes)], actor=SYSTEM, now=NOW)[0]


def attempt(message, *, now=NOW):
    deliver(MessageQueued(message.id, message.organisation_id), now=now)
    message.refresh_from_db()
    return message


def only_mail(box):
    ((_, kept),) = box.mails()
    return kept


def test_a_message_arrives_with_its_words(box):
    message = attempt(queued())
    mail = only_mail(box)
    assert message.state == State.SENT
    assert message.sent_at == NOW
    assert mail["To"] == "ruth@example.org"
    assert mail["From"].addresses[0].display_name == "Calder Vale District Council"
    assert mail["Subject"] == "We have your report"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    assert text.startswith("Calder Vale District Council\n")
    assert "by Tuesday 24 November." in text
    assert '<a href="https://calder.example/c/7K2P">' in mail.get_body(("html",)).get_content()


def test_it_speaks_the_persons_language_and_the_organisation_too(box):
    organisation = council(name_cy="Cyngor Dosbarth Calder Vale")
    message = send([words(organisation, language="cy", subject="Mae gennym eich adroddiad")], actor=SYSTEM, now=NOW)[0]
    attempt(message)
    mail = only_mail(box)
    assert mail["Content-Language"] == "cy"
    assert mail.get_body(("plain",)).get_content().startswith("Cyngor Dosbarth Calder Vale\n")
    assert '<html lang="cy">' in mail.get_body(("html",)).get_content()


def test_the_mailbox_marks_a_mail_in_another_language_than_its_own(box, settings, tmp_path, client):
    settings.DEMO, settings.MAILBOX_ROOT = True, tmp_path
    attempt(queued(subject="We have your report"))
    ((key, _),) = box.mails()
    page = client.get(f"/cy/mailbox/{key}").text
    assert '<html lang="cy"' in page
    assert 'lang="en">We have your report</h1>' in page
    assert '<title lang="en">We have your report' in page


def test_large_print_is_honoured(box):
    attempt(queued(access_needs=(AccessNeed.LARGE_PRINT,)))
    assert "font-size: 24px" in only_mail(box).get_body(("html",)).get_content()


def test_markup_in_words_stays_words(box):
    attempt(queued(body="<script>alert(1)</script> & \u202eabc"))
    mail = only_mail(box)
    assert "<script>" not in mail.get_body(("html",)).get_content()
    assert "<script>alert(1)</script> &" in mail.get_body(("plain",)).get_content()


def test_delivering_twice_sends_once(box):
    message = attempt(queued())
    attempt(message)
    assert len(box.mails()) == 1


def test_the_same_key_again_sends_nothing(box):
    organisation = council()
    first = words(organisation, key="case:1:received")
    send([first], actor=SYSTEM, now=NOW)
    with pytest.raises(IntegrityError):
        send([words(organisation), words(organisation, key="case:1:received")], actor=SYSTEM, now=NOW)
    assert Message.objects.count() == 1
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("behaviour", "state", "fault"),
    [
        (Behaviour.REFUSE, State.FAILED, "no-such-address"),
        (Behaviour.REFUSE_WORDS, State.FAILED, "not-accepted"),
        (Behaviour.LATER, State.QUEUED, "busy"),
    ],
)
def test_what_the_server_answers_decides_what_is_next(box, behaviour, state, fault):
    box.behave({"default": behaviour})
    message = queued()
    try:
        attempt(message)
    except NotDelivered:
        assert state is State.QUEUED
    message.refresh_from_db()
    assert (message.state, message.fault, message.attempts) == (state, fault, 1)
    assert box.mails() == []


def test_a_message_put_off_arrives_at_the_next_attempt(box):
    box.behave({"default": Behaviour.LATER})
    message = queued()
    with pytest.raises(NotDelivered):
        attempt(message)
    box.behave({"default": Behaviour.TAKE})
    assert attempt(message, now=NOW + timedelta(minutes=1)).state == State.SENT
    assert len(box.mails()) == 1


def test_a_failure_for_good_is_told_to_the_rooms_above(box):
    box.behave({"default": Behaviour.REFUSE})
    message = attempt(queued(about_id=NOW_ID))
    failed = Event.objects.get(type="message.failed/1")
    assert failed.stream == NOW_ID
    assert failed.body["message_id"] == str(message.id)
    assert failed.body["fault"] == "no-such-address"
    assert "ruth" not in str(failed.body)


def test_an_unknown_outcome_is_sent_again_under_the_same_id(box):
    box.behave({"default": Behaviour.DROP})  # kept, but the line breaks before the answer
    message = queued()
    with pytest.raises(NotDelivered):
        attempt(message)
    message.refresh_from_db()
    assert message.fault == "no-answer"
    box.behave({"default": Behaviour.TAKE})
    attempt(message, now=NOW + timedelta(minutes=1))
    ids = [mail["Message-ID"] for _, mail in box.mails()]
    assert len(ids) == 2
    assert set(ids) == {f"<{message.id}@placewide.example>"}


def test_a_server_too_slow_to_answer_is_an_unknown_outcome(box):
    box.behave({"default": Behaviour.SLOW})
    message = queued()
    with pytest.raises(NotDelivered):
        attempt(message)
    message.refresh_from_db()
    assert (message.state, message.fault) == (State.QUEUED, "no-answer")


def test_a_server_that_is_not_there_loses_nothing(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    message = queued()
    with pytest.raises(NotDelivered):
        attempt(message)
    message.refresh_from_db()
    assert (message.state, message.fault) == (State.QUEUED, "unreachable")


def test_what_a_killed_worker_was_sending_waits_then_goes_out(box):
    message = queued()
    start_sending(message.id, actor=SYSTEM, now=NOW)  # and nothing more is heard of that worker
    with pytest.raises(BeingSent):
        attempt(message, now=NOW + timedelta(minutes=3))
    assert box.mails() == []
    assert attempt(message, now=NOW + timedelta(minutes=5)).state == State.SENT
    assert len(box.mails()) == 1


def test_a_worker_killed_while_the_server_answers_loses_nothing(box, settings):
    box.behave({"default": Behaviour.SLOW})
    message = queued()
    worker = subprocess.Popen(
        [sys.executable, "-c", "import a_mail_worker; a_mail_worker.main()", database_name(), NOW.isoformat()],
        env=os.environ | {"SMTP_URL": settings.SMTP_URL, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    wait_until(box.mails, seconds=30)
    worker.kill()
    worker.wait()
    message.refresh_from_db()
    assert message.state == State.SENDING  # arrived, but nobody noted it
    box.behave({"default": Behaviour.TAKE})
    work_until_quiet(NOW + timedelta(minutes=2))
    assert len(box.mails()) == 1  # somebody may still be at it
    work_until_quiet(NOW + timedelta(minutes=6))
    message.refresh_from_db()
    assert message.state == State.SENT
    assert {mail["Message-ID"] for _, mail in box.mails()} == {f"<{message.id}@placewide.example>"}
    assert not Delivery.objects.exclude(state="done").exists()


def database_name():
    return str(connection.settings_dict["NAME"])


def wait_until(fulfilled, *, seconds):
    until = time.monotonic() + seconds
    while not fulfilled():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "ruth@example.org\nBcc: all@example.org"},
        {"to": "a@example.org, b@example.org"},
        {"subject": "Hello\nBcc: all@example.org"},
    ],
)
def test_nothing_breaks_out_of_a_header(changes):
    with pytest.raises(AddressRefused):
        queued(**changes)
    assert not Message.objects.exists()


def test_queueing_many_takes_a_constant_number_of_statements(django_assert_num_queries):
    organisation = council()
    with django_assert_num_queries(5):  # begin, messages, events, deliveries, commit
        send([words(organisation) for _ in range(20)], actor=SYSTEM, now=NOW)
    assert Delivery.objects.count() == 20
