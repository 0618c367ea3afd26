"""Before and after staff write to the people of a case, the page names who reads it: one of them may be the danger."""

from __future__ import annotations

from dataclasses import replace

from placewide.cases.reads.staff import TakesPart
from placewide.cases.terms import Sees
from placewide.cases.views.spoken import who_reads
from placewide.journeys.reaching import _safely, _Told
from placewide.kernel import ids
from support.place import NOW

RUTH = TakesPart(
    id=ids.new_id(), name="Ruth Hale", role="follower", sees=Sees.MESSAGES, reason="applicant", begins=NOW,
    ends=None, language="en", needs=(), is_person=True, held=False,
)  # fmt: skip
EDITH = replace(RUTH, name="Edith Hale", role="about", sees=Sees.ALL, held=True)


def test_who_is_held_does_not_read_it_and_who_asked_does() -> None:
    assert who_reads([EDITH, RUTH]) == "Who reads this: Ruth Hale. Who does not: Edith Hale."
    assert who_reads([replace(EDITH, held=False), RUTH]) == "Who reads this: Edith Hale, Ruth Hale."


def test_who_sees_only_progress_does_not_read_it_and_partners_are_not_people_of_the_case() -> None:
    partner = replace(RUTH, name="Calder Homes", role="partner", sees=Sees.ALL)
    assert who_reads([replace(RUTH, sees=Sees.PROGRESS), partner]) == "Who does not: Ruth Hale."


def test_without_a_number_staff_are_not_told_to_ring_without_a_word() -> None:
    nobody = _Told({}, {}, {"name": "Edith Hale"})
    assert _safely(nobody, "safe_contact", answered=False).sentences[1] == "No number is known yet."
    known = _Told({}, {"name": "Ruth Hale", "phone": "01632 960001"}, {"name": "Edith Hale"})
    assert "No number is known yet." not in _safely(known, "safe_contact", answered=False).sentences
