"""The urgent task of a report ends with the danger: when the last urgent case that came of it is calmed or closed."""

from __future__ import annotations

from typing import Any

import pytest

from placewide.cases import actions
from placewide.cases.making import makers_for
from placewide.cases.models import Case, Entry
from placewide.cases.terms import Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.journeys import actions as journeys
from placewide.journeys.models import Journey
from placewide.journeys.reads import circumstances
from placewide.journeys.terms import Circumstances
from placewide.kernel import clock, ids
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.services.reads import live
from placewide.tasks import actions as tasks
from placewide.tasks.models import Task
from support.api import care_answers, caring_place
from support.desk import working
from support.place import SmallPlace
from support.together import together

pytestmark = pytest.mark.django_db
NAMED = {"assessor_name": "Tom Okoro"}


@pytest.fixture
def place() -> SmallPlace:
    return caring_place()


def reported(place: SmallPlace) -> Any:
    """Somebody may come to harm tonight, and staff are told while it is typed; its id."""
    journey = journeys.begin(live(place.county.id, "care-needs"), language="en", actor=GUEST, now=clock.now())
    Journey.objects.filter(id=journey).update(answers=care_answers(urgent_signs=["risk-tonight"]))
    assert journeys.tell_at_once(seen_of(journey), actor=GUEST, now=clock.now()) == 1
    return journey


def seen_of(journey: Any) -> Circumstances:
    seen = circumstances(Viewer(grants=frozenset({journey})), journey, now=clock.now())
    assert seen is not None
    return seen


def sent(place: SmallPlace) -> Any:
    journey = reported(place)
    seen = seen_of(journey)
    actions.submit(seen, makers_for(seen), actor=GUEST, now=clock.now())
    return journey


def officer(place: SmallPlace) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@calderbrook.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset({"officer"}))


def take(place: SmallPlace, case_type: str, step: str, **written: str) -> Case:
    case = Case.objects.get(case_type=case_type)
    said = Written(recorded=written)
    actions.take_step(case.id, step, written=said, viewer=officer(place), now=clock.now())
    case.refresh_from_db()
    return case


def urgent(journey: Any) -> Task:
    return Task.objects.get(about_id=journey)


def test_it_ends_with_the_last_of_its_cases_to_be_calmed(place: SmallPlace) -> None:
    journey = sent(place)
    take(place, "needs-assessment", "make-safe")
    assert urgent(journey).state == "open", "somebody is on the way: it is not safe yet"
    take(place, "needs-assessment", "safe-now", what_was_done="A carer stays with her tonight.")
    assert urgent(journey).state == "open", "the carer's own case is as urgent, and nobody has looked at it"
    calmed = take(place, "carers-assessment", "assign-assessor", **NAMED)
    assert urgent(journey).state == "cancelled"
    assert urgent(journey).done_at == calmed.state_since, "in the same change"
    assert urgent(journey).done_by_id is not None
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    moira = working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))
    shown = moira.get(f"/staff/task/{urgent(journey).id}").text
    assert "Nobody need do this any more" in shown
    assert "This is done" not in shown


def test_it_ends_when_all_that_is_left_is_closed(place: SmallPlace) -> None:
    journey = sent(place)
    take(place, "carers-assessment", "assign-assessor", **NAMED)
    take(place, "needs-assessment", "accept-a-no", why_accepted="She can decide, and her son stays tonight.")
    assert urgent(journey).state == "cancelled"


def test_the_case_says_why_to_staff_alone(place: SmallPlace) -> None:
    sent(place)
    take(place, "carers-assessment", "assign-assessor", **NAMED)
    assert not Entry.objects.filter(audience="staff").exists()
    case = take(place, "needs-assessment", "assign-assessor", **NAMED)
    entry = Entry.objects.get(audience="staff")
    assert (entry.case_id, entry.at, entry.organisation_id) == (case.id, case.state_since, place.county.id)
    assert entry.sentence["en"] == "Nothing about this is urgent any more: the urgent task was taken off the list"
    assert entry.sentence["cy"] != entry.sentence["en"]


def test_what_staff_ended_themselves_is_left_as_it_was(place: SmallPlace) -> None:
    journey = sent(place)
    tasks.finish([urgent(journey).id], actor=officer(place).actor, now=clock.now())
    take(place, "carers-assessment", "assign-assessor", **NAMED)
    take(place, "needs-assessment", "assign-assessor", **NAMED)
    assert urgent(journey).state == "done"
    assert not Entry.objects.filter(audience="staff").exists()


def test_one_of_a_report_never_sent_stays_until_somebody_ends_it(place: SmallPlace) -> None:
    left = reported(place)
    sent_one = sent(place)
    take(place, "carers-assessment", "assign-assessor", **NAMED)
    take(place, "needs-assessment", "assign-assessor", **NAMED)
    assert (urgent(left).state, urgent(sent_one).state) == ("open", "cancelled")
    journeys.dispose_unsent(actor=SYSTEM, now=clock.now() + journeys.UNSENT_LIVES * 2)
    assert not Journey.objects.filter(id=left).exists()
    assert urgent(left).state == "open"


def test_a_mail_about_the_report_that_failed_is_not_ended_with_it(place: SmallPlace) -> None:
    journey = sent(place)
    other = Task.objects.create(
        id=ids.new_id(),
        organisation_id=place.county.id,
        about_id=journey,
        kind="message.failed",
        title={"en": "Reach them another way"},
        due_at=clock.now(),
        raised_at=clock.now(),
    )
    take(place, "carers-assessment", "assign-assessor", **NAMED)
    take(place, "needs-assessment", "assign-assessor", **NAMED)
    assert dict(Task.objects.filter(about_id=journey).values_list("kind", "state")) == {
        "care-needs": "cancelled",
        other.kind: "open",
    }


@pytest.mark.django_db(transaction=True)
def test_of_two_cases_calmed_at_one_moment_one_sees_that_it_was_the_last(place: SmallPlace) -> None:
    journey = sent(place)
    got = together(
        2, lambda nth: take(place, ("needs-assessment", "carers-assessment")[nth], "assign-assessor", **NAMED)
    )
    assert all(isinstance(each, Case) for each in got), got
    assert urgent(journey).state == "cancelled"
    assert Entry.objects.filter(audience="staff").count() == 1


def test_once_it_is_calmed_the_urgent_box_goes_and_the_timeline_keeps_what_it_said(place: SmallPlace) -> None:
    sent(place)
    case = Case.objects.get(case_type="needs-assessment")
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    moira = working(identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known))
    box, page = "Urgent - a risk tonight", f"/staff/case/{case.reference}"
    shown = moira.get(page).text
    assert shown.count(box) == 1, "on top, while it is urgent"
    assert "before the end of the day" not in shown, "one promise: now"
    take(place, "needs-assessment", "assign-assessor", **NAMED)
    shown = moira.get(page).text
    assert shown.count(box) == 1
    assert shown.index(box) > shown.index('id="timeline"'), "where it was told, and no longer on top"
    assert "Urgent then" in shown
    assert "Ar frys bryd hynny" in moira.get(f"/cy{page}").text
