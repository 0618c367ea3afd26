"""One thing with many cases at once: only what asks nothing, only one's own, and one that fails holds up no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry
from placewide.cases.reads import InboxLine
from placewide.kernel.terms import Viewer
from placewide.tasks import reads as tasks
from placewide.tasks.terms import QueueFilter
from support.place import MILL_LANE_14, NOW, SmallPlace, small_place
from support.sending import missed_bin

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def line_of(case: Case, viewer: Viewer) -> InboxLine:
    return reads.chosen(viewer, [case.id], "en", now=NOW)[0]


def test_a_crew_is_sent_for_many_and_one_that_was_done_before_holds_up_none(place: SmallPlace) -> None:
    officer, later = place.staff("officer"), NOW + timedelta(minutes=1)
    first, second, done = missed_bin(place), missed_bin(place, uprn=MILL_LANE_14), missed_bin(place)
    actions.take_step(done.id, "send-crew", viewer=officer, now=NOW)
    moved, left = actions.take_step_with([first.id, done.id, second.id], "send-crew", viewer=officer, now=later)
    assert (moved, left) == ((first.id, second.id), (done.id,))
    assert set(Case.objects.values_list("state", flat=True)) == {"crew-sent"}
    assert Entry.objects.filter(step="send-crew").count() == 3


def test_nobody_moves_another_organisations_cases(place: SmallPlace) -> None:
    case = missed_bin(place)
    county = Viewer(place.staff().user_id, place.county.id, frozenset({place.care}), frozenset({"officer", "manager"}))
    assert actions.take_step_with([case.id], "send-crew", viewer=county, now=NOW) == ((), (case.id,))
    assert reads.chosen(county, [case.id], "en", now=NOW) == ()
    assert Case.objects.get().state == "reported"


def test_a_step_no_package_has_moves_nothing(place: SmallPlace) -> None:
    case = missed_bin(place)
    assert actions.take_step_with([case.id], "fly", viewer=place.staff("officer"), now=NOW) == ((), (case.id,))


def test_a_list_offers_only_steps_that_ask_nothing(place: SmallPlace) -> None:
    case = missed_bin(place)
    officer = line_of(case, place.staff("officer"))
    assert {step.id for step in officer.steps} == {"send-crew", "note-collected"}
    crew = line_of(case, place.staff("crew"))
    assert {step.id for step in crew.steps} == {"note-collected"}, "a crew is not the one who sends a crew"
    sent = next(step for step in officer.steps if step.id == "send-crew")
    assert (sent.label, sent.to, sent.tells) == ("Send a crew", "Crew sent", True)


def test_a_case_stays_with_whoever_has_it_when_it_moves_on(place: SmallPlace) -> None:
    case, officer = missed_bin(place), place.staff("officer")
    Case.objects.update(assignee_id=officer.user_id)
    actions.take_step(case.id, "send-crew", viewer=officer, now=NOW)
    mine = tasks.queue(officer, QueueFilter(mine=True), now=NOW).items
    assert [task.about_id for task in mine] == [case.id]
    assert tasks.counts(officer).mine == 1
