"""What people write about one another is unreadable in the database, and whole where it should be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from placewide.cases import actions
from placewide.cases.models import Case, Participation
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel import clock, search_queries
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages import reads as messages
from placewide.messages.models import Message
from placewide.services import actions as services
from placewide.services import reads as live
from support.api import care_answers, place_today, send
from support.desk import working
from support.place import PACKAGES, SmallPlace

pytestmark = pytest.mark.django_db
SECRETS = ("Quillberry", "Thistlewick", "Marrowby", "Fennelcote", "Dandlefoot")


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    return place


def everything_kept() -> bytes:
    """Every row of every table, as somebody with a copy of the database would read it."""
    kept = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    kept += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return bytes(kept)


def staff_browser(place: SmallPlace, *, ago: timedelta = timedelta(0)) -> Client:
    known = {"name": "Tom", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    user = identity.add_staff("tom@county.example", actor=SYSTEM, now=clock.now(), **known)
    return working(user, at=clock.now() - ago)


def test_no_answer_message_or_unsent_word_stands_readable_in_any_table(place: SmallPlace) -> None:
    answers = care_answers(carers_words="Quillberry keeps me awake")
    assert send(live.live(place.county.id, "care-needs"), answers).status_code == 201
    case, now = Case.objects.get(case_type="carers-assessment"), clock.now()
    officer = Viewer(place.staff("officer").user_id, place.county.id, frozenset({place.care}), frozenset({"officer"}))
    resident = Viewer(grants=frozenset(Participation.objects.filter(case=case).values_list("id", flat=True)))
    asked = Written(recorded={"what_is_needed": "The letter about Thistlewick"})
    actions.take_step(case.id, "ask-for-more", written=asked, viewer=officer, now=now)
    actions.write(case.id, Written(text="Marrowby came again"), viewer=resident, now=now)
    search_queries.remember_query(officer, "Fennelcote", now=now)
    paused = staff_browser(place, ago=timedelta(hours=2))
    paused.post(f"/staff/case/{case.reference}/note", {"note": "Dandlefoot hit her"})
    work_until_quiet(now)
    kept = everything_kept()
    assert case.reference.encode() in kept, "or nothing was looked at"
    for word in SECRETS:
        assert word.encode() not in kept, word
    assert b"Dandlefoot" not in b"".join(str(session.get_decoded()).encode() for session in Session.objects.all())


def test_a_message_is_whole_where_it_is_sent_and_no_link_in_it_can_be_lifted_from_the_database(
    place: SmallPlace,
) -> None:
    assert send(live.live(place.county.id, "care-needs"), care_answers()).status_code == 201
    case = Case.objects.get(case_type="carers-assessment")
    secrets: list[str] = []

    def link(token: str, _: str) -> str:
        secrets.append(token)
        return f"https://calderbrook.example/case/open/{token}"

    assert actions.send_link(case.reference, link, actor=SYSTEM, now=clock.now()) == 1
    assert secrets[0].encode() not in everything_kept()
    message = Message.objects.latest("queued_at", "id")
    assert f"\n\nhttps://calderbrook.example/case/open/{secrets[0]}\n\n" in messages.outgoing(message).body


def test_what_a_pause_kept_is_offered_again_in_full(place: SmallPlace) -> None:
    assert send(live.live(place.county.id, "care-needs"), care_answers()).status_code == 201
    case = Case.objects.get(case_type="carers-assessment")
    browser = staff_browser(place, ago=timedelta(hours=2))
    browser.post(f"/staff/case/{case.reference}/note", {"note": "Dandlefoot hit her"})
    session, at = browser.session, clock.now().timestamp()
    session["staff"] = session["staff"] | {"since": at, "seen": at}
    session.save()
    page = browser.get("/staff/carry-on").text
    assert "Dandlefoot hit her" in page
    assert "Dandlefoot" not in browser.get("/staff/carry-on", follow=True).text, "offered once"
