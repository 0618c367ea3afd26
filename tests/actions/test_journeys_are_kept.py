"""Nothing a person has answered is lost; what nobody goes on with is disposed of in time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from placewide.journeys import actions, reads
from placewide.journeys.terms import AlreadySent, ChangedMeanwhile, Circumstances
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.messages.models import Message
from support.place import MILL_LANE_12, NOW, SmallPlace, small_place

pytestmark = pytest.mark.django_db
MILL_LANE = {"uprn": str(MILL_LANE_12), "text": "12 Mill Lane, Calderford, ZZ1 2AB"}


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def begun(place: SmallPlace) -> tuple[Viewer, UUID]:
    journey_id = actions.begin(place.missed_bin, language="en", actor=GUEST, now=NOW)
    return Viewer(grants=frozenset({journey_id})), journey_id


def looked_at(viewer: Viewer, journey_id: UUID) -> Circumstances:
    seen = reads.circumstances(viewer, journey_id, now=NOW)
    assert seen is not None
    return seen


def test_two_tabs_on_different_pages_keep_both_answers(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    one, other = looked_at(viewer, journey_id), looked_at(viewer, journey_id)
    actions.keep_page(one, "address", {"address": MILL_LANE}, actor=GUEST, now=NOW)
    actions.keep_page(
        other, "contact", {"contact_email": "sam@example.org", "contact_phone": None}, actor=GUEST, now=NOW
    )
    answers = looked_at(viewer, journey_id).answers
    assert (answers["address"], answers["contact_email"]) == (MILL_LANE, "sam@example.org")


def test_what_was_decided_on_older_answers_is_not_sent(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    decided = looked_at(viewer, journey_id)
    actions.keep_page(decided, "address", {"address": MILL_LANE}, actor=GUEST, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        actions.complete(decided, actor=GUEST, now=NOW)


def test_a_sent_journey_takes_no_more_answers(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    seen = looked_at(viewer, journey_id)
    actions.complete(seen, actor=GUEST, now=NOW)
    with pytest.raises(AlreadySent):
        actions.keep_page(seen, "address", {"address": MILL_LANE}, actor=GUEST, now=NOW)


def test_a_bin_of_another_address_is_no_answer_any_more(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    actions.keep_page(looked_at(viewer, journey_id), "address", {"address": MILL_LANE}, actor=GUEST, now=NOW)
    actions.keep_page(looked_at(viewer, journey_id), "which-bin", {"bin": "refuse"}, actor=GUEST, now=NOW)
    elsewhere = {"line_1": "1 Far Street", "line_2": "", "town": "Farham", "postcode": "ZZ9 9ZZ"}
    actions.keep_page(looked_at(viewer, journey_id), "address", {"address": elsewhere}, actor=GUEST, now=NOW)
    seen = looked_at(viewer, journey_id)
    assert "bin" not in seen.walk.answers
    assert not seen.outcome.may_be_sent


def test_nobody_else_opens_it(place: SmallPlace) -> None:
    _, journey_id = begun(place)
    assert reads.circumstances(Viewer(), journey_id, now=NOW) is None
    assert reads.circumstances(place.staff("officer"), journey_id, now=NOW) is None


def test_an_unsent_journey_goes_when_its_time_is_over_and_not_before(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    assert actions.dispose_unsent(actor=SYSTEM, now=NOW + actions.UNSENT_LIVES) == 0
    assert reads.circumstances(viewer, journey_id, now=NOW + actions.UNSENT_LIVES + timedelta(seconds=1)) is None
    assert actions.dispose_unsent(actor=SYSTEM, now=NOW + actions.UNSENT_LIVES + timedelta(seconds=1)) == 1


def test_the_mail_with_the_link_goes_with_answers_that_were_never_sent(place: SmallPlace) -> None:
    viewer, journey_id = begun(place)
    words = {"subject": "Go on", "body": "{link}"}
    actions.save_for_later(looked_at(viewer, journey_id), "sam@example.org", str, words, actor=GUEST, now=NOW)
    assert actions.dispose_unsent(actor=SYSTEM, now=NOW + timedelta(days=29)) == 0
    assert Message.objects.filter(to="sam@example.org").exists()
    assert actions.dispose_unsent(actor=SYSTEM, now=NOW + timedelta(days=31)) == 1
    assert not Message.objects.exists()
