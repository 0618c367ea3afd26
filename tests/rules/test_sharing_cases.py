"""Decision cases: published examples of regulators and courts with their twins (tests/decisions/given), and our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from placewide.sharing.commands import answer
from placewide.sharing.differences import differences
from placewide.sharing.format.files import read_case
from placewide.sharing.format.told import as_line, as_values

CASES = Path(__file__).resolve().parents[1] / "decisions"
GIVEN = CASES / "given"
FILES = sorted(CASES.glob("*/*.yaml"))


def test_the_cases_are_there() -> None:
    assert len(list(GIVEN.iterdir())) == 149
    assert len(list((CASES / "ours").iterdir())) >= 27


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_case_is_decided_as_published(file: Path) -> None:
    case = read_case(file, file.name)
    assert list(differences(case.expect, as_values(answer(case)))) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_twin_moves_as_it_says(file: Path) -> None:
    twin = read_case(file, file.name)
    if twin.twin_of is None:
        return
    base = read_case(next(CASES.glob(f"*/{twin.twin_of}.yaml")), twin.twin_of)
    before, after = as_values(answer(base)), as_values(answer(twin))
    moved = {name for name in before if before[name] != after.get(name)}
    answered = {"outcome", "released", "withheld", "reasons"}
    if twin.twin_must == "differ":
        assert moved & answered
    elif twin.twin_must == "differ_in_obligations":
        assert "obligations" in moved
    elif twin.twin_must == "differ_in_cites":
        assert "cites" in moved
    else:
        assert not moved & {"outcome", "released"}


def test_not_held_and_too_sensitive_to_confirm_are_the_same_bytes() -> None:
    lines = {as_line(answer(read_case(GIVEN / f"{name}.yaml", name))) for name in ("agreement-13", "agreement-13-a")}
    assert len(lines) == 1
