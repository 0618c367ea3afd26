"""What sending costs in statements, exactly; processor time is for ``make bench``."""

from __future__ import annotations

import pytest

from placewide.cases import actions
from placewide.cases.making import makers_for
from placewide.cases.terms import Sent
from placewide.journeys.terms import Circumstances
from placewide.kernel.terms import GUEST, SYSTEM
from placewide.services import actions as services
from placewide.services import reads
from plans import watched
from support.api import care_answers, right_answers
from support.place import NOW, PACKAGES, SmallPlace, small_place
from support.sending import arrived

ASIDE = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    return small_place()


def statements(seen: Circumstances) -> tuple[int, Sent]:
    makers = makers_for(seen)
    with watched() as done:
        sent = actions.submit(seen, makers, arrived=True, actor=GUEST, now=NOW)
    return sum(not sql.startswith(ASIDE) for sql in done.statements), sent


def test_a_missed_bin_with_an_email_takes_ten_statements(place: SmallPlace) -> None:
    number, sent = statements(arrived(place.missed_bin, right_answers(contact_email="sam@example.org")))
    assert (number, len(sent.references)) == (10, 1)


def test_two_cases_take_as_many(place: SmallPlace) -> None:
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=NOW)
    number, sent = statements(arrived(reads.live(place.county.id, "care-needs"), care_answers()))
    assert (number, len(sent.references)) == (10, 2)
