"""Two tabs, two people, the nightly run, a new version, all at one moment: nothing is lost, nothing done twice."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from placewide.cases import actions as cases
from placewide.cases.making import makers_for
from placewide.cases.models import Case
from placewide.cases.terms import StepRefused, Written
from placewide.journeys import actions, reads
from placewide.journeys.models import Journey
from placewide.journeys.terms import AlreadySent, ChangedMeanwhile, Circumstances, Disposed
from placewide.kernel import clock, ids
from placewide.kernel.files import actions as files
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.services import actions as services
from placewide.services import reads as live
from placewide.tasks.models import Task
from support.api import care_answers, place_today, right_answers, send
from support.place import MILL_LANE_12, PACKAGES, SmallPlace
from support.together import together

pytestmark = pytest.mark.django_db(transaction=True)
MILL_LANE = {"uprn": str(MILL_LANE_12), "text": "12 Mill Lane, Calderford, ZZ1 2AB"}
ANSWERS = {
    "address": {"address": MILL_LANE},
    "which-bin": {"bin": "refuse"},
    "contact": {"contact_email": "sam@example.org", "contact_phone": None},
}


@pytest.fixture
def place() -> SmallPlace:
    cache.clear()
    return place_today()


def begun(place: SmallPlace) -> UUID:
    return actions.begin(place.missed_bin, language="en", actor=GUEST, now=clock.now())


def seen(journey_id: UUID) -> Circumstances:
    found = reads.circumstances(Viewer(grants=frozenset({journey_id})), journey_id, now=clock.now())
    assert found is not None
    return found


def test_pages_saved_in_many_tabs_at_once_are_all_kept(place: SmallPlace) -> None:
    journey_id = begun(place)
    looked, pages = seen(journey_id), list(ANSWERS.items())
    got = together(9, lambda tab: actions.keep_page(looked, *pages[tab % 3], actor=GUEST, now=clock.now()))
    assert got == [None] * 9
    kept = Journey.objects.get(id=journey_id)
    assert set(kept.answers) == {"address", "bin", "contact_email", "contact_phone"}
    assert kept.version == 9


def test_sent_from_many_tabs_at_once_it_is_sent_once(place: SmallPlace) -> None:
    journey_id = begun(place)
    for page, values in ANSWERS.items():
        actions.keep_page(seen(journey_id), page, values, actor=GUEST, now=clock.now())
    decided = seen(journey_id)
    makers = makers_for(decided)
    got = together(4, lambda _: cases.submit(decided, makers, actor=GUEST, now=clock.now()))
    assert sum(isinstance(one, AlreadySent | ChangedMeanwhile) for one in got) == 3
    assert Case.objects.count() == Task.objects.count() == 1


def test_urgent_answers_in_two_tabs_raise_one_task(place: SmallPlace) -> None:
    settings = {"urgent_phone": "01632 960199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", settings, actor=SYSTEM, now=clock.now())
    service = live.live(place.county.id, "care-needs")
    journey_id = actions.begin(service, language="en", actor=GUEST, now=clock.now())
    Journey.objects.filter(id=journey_id).update(answers=care_answers(urgent_signs=["neglected"]))
    looked = seen(journey_id)
    assert looked.outcome.urgent, "or this shows nothing"
    got = together(4, lambda _: actions.tell_at_once(looked, actor=GUEST, now=clock.now()))
    assert sorted(got) == [0, 0, 0, len(looked.outcome.urgent)]
    assert Task.objects.count() == len(looked.outcome.urgent)


@pytest.mark.parametrize("time", range(3))
def test_what_expired_is_kept_if_somebody_answers_at_that_moment(place: SmallPlace, time: int) -> None:
    journey_id = begun(place)
    looked = seen(journey_id)
    Journey.objects.filter(id=journey_id).update(expires_at=clock.now() - timedelta(minutes=1))
    acts = (
        lambda: actions.keep_page(looked, "contact", ANSWERS["contact"], actor=GUEST, now=clock.now()),
        lambda: actions.dispose_unsent(actor=SYSTEM, now=clock.now()),
    )
    kept, gone = together(2, lambda place: acts[place]())
    there = Journey.objects.filter(id=journey_id).first()
    if isinstance(kept, Disposed):
        assert (there, gone) == (None, 1)
    else:
        assert (kept, gone) == (None, 0)
        assert there is not None
        assert there.answers["contact_email"] == "sam@example.org"


def test_a_journey_that_is_gone_when_a_page_is_sent_is_no_fault(place: SmallPlace) -> None:
    browser = Client(raise_request_exception=False)
    browser.post(f"/services/{place.district.slug}/missed-bin")
    journey_id = Journey.objects.get().id
    looked = seen(journey_id)
    file = files.keep(
        b"%PDF-1.4 x %%EOF",
        name="a.pdf",
        organisation_id=place.district.id,
        about_id=journey_id,
        actor=GUEST,
        now=clock.now(),
    )
    Journey.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert actions.dispose_unsent(actor=SYSTEM, now=clock.now()) == 1
    assert not StoredFile.objects.filter(id=file.id).exists(), "its files go with it"
    with pytest.raises(Disposed):
        actions.keep_page(looked, "contact", ANSWERS["contact"], actor=GUEST, now=clock.now())
    with pytest.raises(Disposed):
        actions.save_for_later(
            looked, "s@example.org", str, {"subject": "s", "body": "b"}, actor=GUEST, now=clock.now()
        )
    with pytest.raises(ChangedMeanwhile):
        actions.complete(looked, actor=GUEST, now=clock.now())
    assert actions.tell_at_once(looked, actor=GUEST, now=clock.now()) == 0
    for where in ("page/contact", "check", "save"):
        answer = browser.post(f"/journeys/{journey_id}/{where}", {"contact_phone": "my own number"})
        assert answer.status_code in (404, 405)
        assert "open here" in answer.text or answer.status_code == 405


@pytest.mark.parametrize("stopped", [False, True], ids=["another version", "stopped"])
def test_a_journey_ends_in_the_version_it_began_with(place: SmallPlace, tmp_path: Path, stopped: bool) -> None:
    journey_id = begun(place)
    actions.keep_page(seen(journey_id), "address", ANSWERS["address"], actor=GUEST, now=clock.now())
    before = seen(journey_id).content_hash
    if stopped:
        services.stop(place.missed_bin.adoption_id, actor=SYSTEM, now=clock.now())
    else:
        newer = tmp_path / "missed-bin"
        shutil.copytree(PACKAGES / "missed-bin", newer)
        words = newer / "words" / "en.yaml"
        words.write_text(
            words.read_text(encoding="utf-8").replace("Report a missed bin", "Report a bin that was missed"),
            encoding="utf-8",
        )
        service = newer / "service.yaml"
        service.write_text(service.read_text(encoding="utf-8").replace("1.0.0", "1.0.1"), encoding="utf-8")
        services.adopt(place.district.id, newer, {}, actor=SYSTEM, now=clock.now())
        assert live.live(place.district.id, "missed-bin").content_hash != before
    for page in ("which-bin", "contact"):
        actions.keep_page(seen(journey_id), page, ANSWERS[page], actor=GUEST, now=clock.now())
    decided = seen(journey_id)
    assert decided.content_hash == before
    sent = cases.submit(decided, makers_for(decided), actor=GUEST, now=clock.now())
    case = Case.objects.get(reference=sent.references[0])
    cases.take_step(case.id, "send-crew", viewer=place.staff("officer"), now=clock.now())
    assert case.journey.package_id == before


def test_of_two_officers_taking_a_step_at_once_one_is_told_that_somebody_was_quicker(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(), key=str(ids.new_id())).status_code == 201
    case, officer = Case.objects.get(), place.staff("officer")
    asked = Written(recorded={"what_is_needed": "Which gate?"})
    got = together(
        2, lambda _: cases.take_step(case.id, "ask-for-more", written=asked, viewer=officer, now=clock.now())
    )
    assert sum(isinstance(one, StepRefused) for one in got) == 1
    assert Task.objects.filter(about_id=case.id, state="open").count() == 1


def test_a_case_taken_back_while_its_hand_over_is_ended_by_hand_ends_it_once(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(), key=str(ids.new_id())).status_code == 201
    case, officer = Case.objects.get(), place.staff("officer")
    to = {"to_organisation_id": place.county.id, "to_team_id": place.care, "ends": clock.now() + timedelta(days=9)}
    part = cases.hand_over(
        case.id, "hand-over", **to, reason="bin-store-locked", why="Open it", viewer=officer, now=clock.now()
    )
    has_it = threading.Event()

    def take_back() -> object:
        with transaction.atomic():
            Case.objects.select_for_update().get(id=case.id)
            has_it.set()
            time.sleep(0.5)  # meanwhile the other gets as far as it can
            return cases.take_step(case.id, "take-back", viewer=officer, now=clock.now())

    def end() -> None:
        has_it.wait(10)
        cases.end_participation(part, viewer=officer, now=clock.now())

    stepped, ended = together(2, lambda place: (take_back, end)[place]())
    assert not isinstance(stepped, Exception), stepped
    assert ended is None
    assert case.participation_set.get(id=part).ends < clock.now()


def test_messages_written_at_once_are_one_task_to_read(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(), key=str(ids.new_id())).status_code == 201
    case = Case.objects.get()
    resident = Viewer(grants=frozenset(case.participation_set.values_list("id", flat=True)))
    got = together(4, lambda n: cases.write(case.id, Written(text=f"{n}"), viewer=resident, now=clock.now()))
    assert all(isinstance(one, UUID) for one in got), got
    assert Task.objects.filter(about_id=case.id, kind="case.read").count() == 1
