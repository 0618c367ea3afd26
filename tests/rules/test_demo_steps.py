"""The demo takes steps through actions, which trust their caller: what it writes down has to be what pages accept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from placewide.services import rules
from placewide.services.terms import Step
from placewide.web.demo.files import read
from support.packages import shipped

FILES = {"care-needs.yaml": "care-needs", "missed-bins.yaml": "missed-bin"}


def steps_in(told: Any) -> Iterator[Mapping[str, Any]]:
    """Every step that a file of the demo takes, wherever it stands."""
    if isinstance(told, Mapping):
        if "step" in told:
            yield told
        told = list(told.values())
    if isinstance(told, list):
        for each in told:
            yield from steps_in(each)


def asked_by(package: str, step_id: str, reason: str) -> Iterator[Step]:
    for case in shipped(package).cases:
        yield from (step for step in case.steps if step.id == step_id and (not reason or reason in step.reasons))


@pytest.mark.parametrize("file", sorted(FILES))
def test_every_step_of_the_demo_answers_what_the_package_asks(file: str) -> None:
    package, known = shipped(FILES[file]), {"today": "2026-11-24"}
    taken = list(steps_in(read(file)))
    assert taken
    for each in taken:
        answers = {name: "2026-11-24" if said == "today" else said for name, said in each.get("answers", {}).items()}
        found = list(asked_by(FILES[file], each["step"], each.get("reason", "")))
        assert found, each
        for step in found:
            _, problems = rules.check_step(package, step, answers, known, "en")
            assert not problems, (each, problems)
