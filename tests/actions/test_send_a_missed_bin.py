"""From the first question to a case, on a real database."""

from __future__ import annotations

import pytest

from placewide.cases import actions, models, reads
from placewide.cases.making import makers_for
from placewide.cases.terms import Sent
from placewide.journeys import actions as journeys
from placewide.journeys import reads as journey_reads
from placewide.journeys.terms import AlreadySent, Circumstances, NotReady
from placewide.kernel.models import Delivery, Event, LedgerEntry
from placewide.kernel.terms import GUEST, Viewer
from placewide.places.models import RoundStop
from placewide.tasks.models import Task
from support.place import NOW, SmallPlace, small_place
from support.sending import guest_sees, walked

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def begun(place: SmallPlace, **contact: object) -> tuple[Viewer, Circumstances]:
    journey_id = walked(place, **contact)
    return Viewer(grants=frozenset({journey_id})), guest_sees(journey_id)


def sent(seen: Circumstances) -> Sent:
    return actions.submit(seen, makers_for(seen), actor=GUEST, now=NOW)


def test_answers_become_one_case_with_its_task_and_its_place_on_the_ledger(place: SmallPlace) -> None:
    _, seen = begun(place)
    done = sent(seen)
    case = models.Case.objects.get(reference=done.references[0])
    assert (case.state, case.place, case.team_id) == ("reported", "12 Mill Lane, Calderford, ZZ1 2AB", place.waste)
    assert Task.objects.filter(about_id=case.id, team_id=place.waste).count() == 1
    assert LedgerEntry.objects.filter(act="case.opened").count() == 1
    assert Event.objects.filter(type="case.opened/1").count() == 1


def test_whoever_sent_it_follows_it_without_a_name(place: SmallPlace) -> None:
    _, seen = begun(place)
    done = sent(seen)
    follower = Viewer(grants=frozenset(done.grants))
    shown = reads.resident_case(follower, done.references[0], "en", now=NOW)
    assert shown is not None
    assert "12 Mill Lane" in shown.line.about
    assert reads.resident_case(Viewer(), done.references[0], "en", now=NOW) is None


def test_an_email_address_brings_a_message(place: SmallPlace) -> None:
    _, seen = begun(place, contact_email="sam@example.org")
    sent(seen)
    assert Delivery.objects.filter(event__type="message.queued/1").count() <= 1
    assert Event.objects.filter(type="message.queued/1").count() == 1


def test_sent_twice_is_sent_once(place: SmallPlace) -> None:
    _, seen = begun(place)
    sent(seen)
    with pytest.raises(AlreadySent):
        sent(seen)
    assert models.Case.objects.count() == 1


def test_what_is_not_finished_cannot_be_sent(place: SmallPlace) -> None:
    journey_id = journeys.begin(place.missed_bin, language="en", actor=GUEST, now=NOW)
    viewer = Viewer(grants=frozenset({journey_id}))
    seen = journey_reads.circumstances(viewer, journey_id, now=NOW)
    assert seen is not None
    with pytest.raises(NotReady):
        sent(seen)
    assert models.Case.objects.count() == 0


def test_what_was_chosen_stays_in_words_though_the_facts_have_moved_on(place: SmallPlace) -> None:
    _, seen = begun(place)
    done = sent(seen)
    RoundStop.objects.all().delete()
    shown = reads.staff_case(place.staff("officer"), done.references[0], "en", now=NOW)
    assert shown is not None
    assert "Rubbish (black bin)" in [answer.text for answer in shown.answers]
