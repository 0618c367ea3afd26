"""A letter is printed and posted by a person; a message that fails is a person's work too."""

import pytest
from django.core.cache import cache

from messages_place import NOW, council, words
from people_at_the_door import set_everything_up, staff
from placewide.identity.models import Team
from placewide.kernel.ids import new_id
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Actor, ActorKind, Viewer
from placewide.messages import reads
from placewide.messages.actions import note_posted, send
from placewide.messages.models import Message
from placewide.messages.terms import Channel, State
from placewide.people.terms import AccessNeed
from placewide.tasks.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisation(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return council(name_cy="Cyngor Dosbarth Calder Vale", phone="01632 960 000", address="Town Hall, Calder")


def letter(organisation, **changes):
    usual = {"channel": Channel.LETTER, "to": "Edith Hale\n12 Mill Lane\nCALDER CV1 1AA"}
    message = send([words(organisation, **(usual | changes))], actor=SYSTEM, now=NOW)[0]
    work_until_quiet(NOW)
    message.refresh_from_db()
    return message


def test_a_letter_becomes_a_task_and_waits(organisation):
    about = new_id()
    message = letter(organisation, about_id=about)
    task = Task.objects.get()
    assert message.state == State.TO_POST
    assert (task.kind, task.about_id, task.organisation_id) == ("letter.post", about, organisation.id)
    assert "Edith" not in str(task.title)


def test_noting_that_it_was_posted_ends_the_task_once(organisation):
    message = letter(organisation)
    clerk = Actor(ActorKind.STAFF, None, organisation.id)
    assert note_posted(message.id, actor=clerk, now=NOW)
    assert not note_posted(message.id, actor=clerk, now=NOW)
    assert Message.objects.get().state == State.SENT
    assert Task.objects.get().state == "done"


def test_only_the_organisation_that_wrote_it_sees_a_letter(organisation):
    message = letter(organisation)
    other = council("county")
    assert reads.letter(Viewer(organisation_id=organisation.id), message.id) == message
    assert reads.letter(Viewer(organisation_id=other.id), message.id) is None
    assert reads.letters_to_post(Viewer(organisation_id=other.id)).items == ()
    assert reads.letter(Viewer(), message.id) is None


def test_the_waiting_letters_are_read_a_slice_at_a_time(organisation, django_assert_num_queries):
    for _ in range(5):
        letter(organisation)
    viewer = Viewer(organisation_id=organisation.id)
    first = reads.letters_to_post(viewer, limit=2)
    second = reads.letters_to_post(viewer, limit=2, after=first.next_key)
    with django_assert_num_queries(1):
        third = reads.letters_to_post(viewer, limit=2, after=second.next_key)
    seen = [message.id for part in (first, second, third) for message in part.items]
    assert len(set(seen)) == 5
    assert third.next_key == ""


def test_the_sheet_honours_language_and_large_print(client, organisation):
    clerk = staff(organisation.id)
    set_everything_up(client, clerk)
    message = letter(organisation, language="cy", access_needs=(AccessNeed.LARGE_PRINT,), body="Bore da.")
    page = client.get(f"/staff/letters/{message.id}").text
    assert 'class="pw-sheet pw-sheet--large" lang="cy"' in page
    assert "Cyngor Dosbarth Calder Vale" in page
    assert "Dydd Llun 23 Tachwedd 2026" in page
    assert "Edith Hale<br>12 Mill Lane" in page
    assert "12 Mill Lane" not in client.get("/staff/letters").text
    assert client.post(f"/staff/letters/{message.id}/posted").status_code == 302
    none = client.get("/staff/letters").text
    assert "No letter waits" in none
    assert "Print each letter" not in none


def test_a_letter_is_for_the_team_whose_case_it_is_about(organisation):
    ours, theirs = (
        Team.objects.create(id=new_id(), organisation_id=organisation.id, slug=slug, name=slug) for slug in ("a", "b")
    )
    message = letter(organisation, team_id=ours.id)
    ours_reads = Viewer(organisation_id=organisation.id, team_ids=frozenset({ours.id}))
    theirs_reads = Viewer(organisation_id=organisation.id, team_ids=frozenset({theirs.id}))
    assert reads.letter(ours_reads, message.id) == message
    assert [row.id for row in reads.letters_to_post(ours_reads).items] == [message.id]
    assert reads.letter(theirs_reads, message.id) is None
    assert reads.letters_to_post(theirs_reads).items == ()


def test_a_letter_in_another_format_is_prepared_by_a_person(client, organisation):
    message = letter(organisation, access_needs=(AccessNeed.BRAILLE, AccessNeed.LARGE_PRINT))
    assert "Prepare a letter in Braille" in Task.objects.get().title["en"]
    clerk = staff(organisation.id)
    set_everything_up(client, clerk)
    assert "Braille" in client.get("/staff/letters").text
    assert "The reader needs this as: Braille" in client.get(f"/staff/letters/{message.id}").text


def test_a_mail_to_somebody_who_needs_easy_read_is_prepared_too(organisation, tmp_path, settings):
    from messages_place import mail_server

    with mail_server(tmp_path) as (url, _):
        settings.SMTP_URL = url
        send([words(organisation, access_needs=(AccessNeed.EASY_READ,))], actor=SYSTEM, now=NOW)
        send([words(organisation, access_needs=(AccessNeed.HEARING_LOOP,))], actor=SYSTEM, now=NOW)
        work_until_quiet(NOW)
    assert [task.kind for task in Task.objects.all()] == ["message.prepare"]


def test_a_letter_of_another_organisation_is_not_there(client, organisation):
    clerk = staff(organisation.id)
    set_everything_up(client, clerk)
    message = letter(council("county"))
    assert client.get(f"/staff/letters/{message.id}").status_code == 404
    assert client.post(f"/staff/letters/{message.id}/posted").status_code == 404
    assert client.get("/staff/letters?after=nonsense").status_code == 302


def test_a_message_that_failed_for_good_is_a_task(organisation, tmp_path, settings):
    from messages_place import mail_server
    from placewide.messages.mailbox.server import Behaviour

    with mail_server(tmp_path) as (url, box):
        settings.SMTP_URL = url
        box.behave({"default": Behaviour.REFUSE})
        message = send([words(organisation)], actor=SYSTEM, now=NOW)[0]
        work_until_quiet(NOW)
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert Task.objects.get().kind == "message.failed"
    assert message.task_id == Task.objects.get().id
