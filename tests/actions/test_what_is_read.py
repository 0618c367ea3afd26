"""What was sent and what was decided is read on the case, by staff and by whoever follows it."""

from __future__ import annotations

import pytest

from placewide.cases import actions, reads
from placewide.cases.models import Case
from placewide.cases.terms import EntryKind, Sent, Written
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.services import actions as services
from placewide.services.reads import live
from support.api import care_answers, right_answers
from support.place import NOW, PACKAGES, SmallPlace, small_place
from support.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def of_the_county(place: SmallPlace) -> Viewer:
    return Viewer(place.staff().user_id, place.county.id, frozenset({place.care}), frozenset({"manager", "officer"}))


@pytest.fixture
def care(place: SmallPlace) -> Sent:
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    return sent(live(place.county.id, "care-needs"), care_answers())


def test_staff_read_all_that_was_added_on_a_page_asked_several_times(place: SmallPlace, care: Sent) -> None:
    shown = reads.staff_case(of_the_county(place), care.references[0], "en", now=NOW)
    assert shown is not None
    added = next(answer.text.split("\n") for answer in shown.answers if "Tom" in answer.text)
    assert added[0] == "Tom – Shops on Fridays"
    assert added[1].startswith("Mrs Lee next door – Looks in at noon – 01632")


def test_so_does_who_sent_it_in_their_own_case(care: Sent) -> None:
    own = Viewer(grants=frozenset(care.grants))
    shown = reads.resident_case(own, Case.objects.get(case_type="carers-assessment").reference, "en", now=NOW)
    assert shown is not None
    assert any("Tom – Shops on Fridays" in answer.text for answer in shown.answers)


def test_a_resident_reads_why_the_bin_could_not_be_emptied(place: SmallPlace) -> None:
    done = sent(place.missed_bin, right_answers(contact_email="sam@example.org"))
    crew, case_id = place.staff("crew"), done.case_ids[0]
    actions.take_step(case_id, "send-crew", viewer=place.staff("officer"), now=NOW)
    actions.take_step(case_id, "note-not-collected", reason="too-heavy", written=Written(), viewer=crew, now=NOW)
    for language, words in (("en", "too heavy to lift"), ("cy", "rhy drwm")):
        shown = reads.resident_case(Viewer(grants=frozenset(done.grants)), done.references[0], language, now=NOW)
        assert shown is not None
        assert words in shown.entries[0].sentence


def test_staff_read_the_reason_of_a_step_and_the_resident_does_not_unless_the_package_says_it(
    place: SmallPlace, care: Sent
) -> None:
    staff, case_id = of_the_county(place), care.case_ids[0]
    actions.take_step(
        case_id, "hear-the-person", reason="says-no-but-at-risk", written=Written("x"), viewer=staff, now=NOW
    )
    shown = reads.staff_case(staff, care.references[0], "en", now=NOW)
    followed = reads.resident_case(Viewer(grants=frozenset(care.grants)), care.references[0], "en", now=NOW)
    assert shown is not None
    assert followed is not None
    assert "abuse or neglect is likely" in next(entry.reason for entry in shown.entries if entry.kind is EntryKind.STEP)
    assert "abuse" not in "".join(f"{e.sentence} {e.reason} {e.text}" for e in followed.entries)
