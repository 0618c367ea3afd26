"""Files that answers speak of, also on pages that are asked several times."""

from __future__ import annotations

from pathlib import Path

import pytest

from placewide.journeys.rules import file_ids, strange_files
from placewide.services.terms import Package
from support.packages import broken

ANSWERS = {"letters": ["a"], "who_helps": [{"helper_photo": ["b"]}, {"helper_photo": ["c"]}, {}]}


@pytest.fixture
def package(tmp_path: Path) -> Package:
    """A care needs assessment that asks for a photo with each helper, too."""
    repeated = "        repeat: {least: 0, most: 8}\n        questions:\n"
    more = repeated + "          - {id: helper_photo, kind: files, required: false}\n"
    found = broken("care-needs", tmp_path, "questions.yaml", repeated, more).package
    assert found is not None
    return found


def test_files_are_found_on_every_page(package: Package) -> None:
    assert file_ids(package, ANSWERS) == {"a", "b", "c"}


def test_only_files_given_for_it_are_taken_wherever_they_are_asked_for(package: Package) -> None:
    assert strange_files(package, ANSWERS, {"a", "b", "c"}) == ()
    told = strange_files(package, ANSWERS, {"b"})
    assert sorted((problem.question, problem.key, dict(problem.particulars)) for problem in told) == [
        ("helper_photo", "wrong", {"item": 2}),
        ("letters", "wrong", {}),
    ]
