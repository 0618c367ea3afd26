"""Two organisations on one node are strangers; the resident's own account joins what each knows of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from placewide.cases import actions, reads
from placewide.cases.models import Case
from placewide.cases.terms import NotFound, Written
from placewide.identity import actions as identity
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.people import actions as people
from placewide.tasks.terms import QueueFilter
from support.place import NOW, SmallPlace, small_place
from support.sending import missed_bin

pytestmark = pytest.mark.django_db
SAM = "sam@example.org"


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def of_the_county(place: SmallPlace, *roles: str) -> Viewer:
    user = identity.join("tom@county.example", actor=SYSTEM, now=NOW)
    return Viewer(user.id, place.county.id, frozenset({place.care}), frozenset(roles or {"manager"}))


def test_the_county_does_not_see_the_districts_case_its_task_or_find_it(place: SmallPlace) -> None:
    case, county, district = missed_bin(place, email=SAM), of_the_county(place), place.staff("officer")
    work_until_quiet(NOW)
    assert reads.staff_case(county, case.reference, "en", now=NOW) is None
    assert reads.inbox(county, QueueFilter(), "en", now=NOW).items == ()
    assert reads.found(county, "Mill Lane", "en", now=NOW).items == ()
    assert [line.reference for line in reads.found(district, "Mil Lane", "en", now=NOW).items] == [case.reference]


@pytest.mark.parametrize("act", ["step", "write", "note"])
def test_nor_can_it_act_on_it(place: SmallPlace, act: str) -> None:
    case, county = missed_bin(place, email=SAM), of_the_county(place)
    acts = {
        "step": lambda: actions.take_step(case.id, "send-crew", viewer=county, now=NOW),
        "write": lambda: actions.write(case.id, Written(text="Hello"), viewer=county, now=NOW),
        "note": lambda: actions.note(case.id, "Hello", viewer=county, now=NOW),
    }
    with pytest.raises(NotFound):
        acts[act]()


def test_nor_can_it_give_it_to_anybody(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    officer = place.staff("officer")
    Case.objects.filter(id=case.id).update(assignee_id=officer.user_id)
    assert actions.assign([case.id], None, viewer=of_the_county(place), now=NOW) == 0
    assert Case.objects.get(id=case.id).assignee_id == officer.user_id


def test_a_team_does_not_see_another_teams_case_in_its_own_organisation(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    parks = identity.add_team(place.district.id, "parks", "Parks", actor=SYSTEM, now=NOW)
    gardener = Viewer(place.staff("manager").user_id, place.district.id, frozenset({parks.id}), frozenset({"manager"}))
    assert reads.staff_case(gardener, case.reference, "en", now=NOW) is None
    assert reads.inbox(gardener, QueueFilter(), "en", now=NOW).items == ()


def test_the_residents_own_account_joins_what_each_body_knows(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    user = identity.join(SAM, actor=SYSTEM, now=NOW)
    signed_in = Viewer(user_id=user.id)
    assert reads.cases_of_resident(signed_in, "en", now=NOW, open=True).items == ()
    people.join_to_account(user.id, SAM, actor=SYSTEM, now=NOW)
    assert [c.reference for c in reads.cases_of_resident(signed_in, "en", now=NOW, open=True).items] == [case.reference]


def test_another_resident_sees_nothing_of_it(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    people.join_to_account(identity.join(SAM, actor=SYSTEM, now=NOW).id, SAM, actor=SYSTEM, now=NOW)
    other = Viewer(user_id=identity.join("alex@example.org", actor=SYSTEM, now=NOW).id)
    assert reads.resident_case(other, case.reference, "en", now=NOW) is None
    assert reads.cases_of_resident(other, "en", now=NOW, open=True).items == ()
    with pytest.raises(NotFound):
        actions.write(case.id, Written(text="Hello"), viewer=other, now=NOW)


def test_a_case_that_ended_its_participation_is_gone_at_the_next_look(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    participation = case.participation_set.get()
    holder = Viewer(grants=frozenset({participation.id}))
    assert reads.resident_case(holder, case.reference, "en", now=NOW) is not None
    actions.end_participation(participation.id, viewer=place.staff("officer"), now=NOW)
    assert reads.resident_case(holder, case.reference, "en", now=NOW + timedelta(seconds=1)) is None


def test_no_organisation_is_let_in_without_saying_until_when(place: SmallPlace) -> None:
    case = missed_bin(place, email=SAM)
    with pytest.raises(IntegrityError):
        actions.hand_over(
            case.id,
            "hand-over",
            to_organisation_id=place.county.id,
            to_team_id=place.care,
            reason="bin-store-locked",
            why="Open the store",
            ends=None,  # type: ignore[arg-type]  # what the database must refuse even so
            viewer=place.staff("officer"),
            now=NOW,
        )
