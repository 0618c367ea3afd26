"""The list of promises is kept honest, and its checker is seen to find faults."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from house.code import ROOT, script

promises = script("promises")
ISSUES = {"2": {"finished": False}, "1": {"finished": True}}


def listed(**changes: Any) -> dict[str, Any]:
    promise = {"issue": 2, "promise": "p", "shown": "s", "state": "open", "tests": []} | changes
    return {"issues": ISSUES, "promises": {"A1": promise}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(
        "import pytest\ndef test_a(): assert True\n@pytest.mark.skip(reason='')\ndef test_b(): ...\n"
        "@pytest.mark.soak\ndef test_c(): ...\nclass TestD:\n    def test_e(self): ...\n"
    )
    (tmp_path / "tests" / "test_y.py").write_text("import pytest\npytestmark = [pytest.mark.skip]\ndef test_a(): ...\n")
    (tmp_path / "tests" / "helpers.py").write_text("x = 1\n")
    return tmp_path


def test_the_list_is_sound() -> None:
    assert list(promises.faults(tomllib.loads(promises.LIST.read_text(encoding="utf-8")), ROOT)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"state": "kept"}, "no test shows it"),
        ({"issue": 1}, "is finished and it is not kept"),
        ({"issue": 9}, "needs issue"),
        ({"state": "nearly"}, "needs issue"),
        ({"tests": ["tests/test_z.py::test_a"]}, "there is no file"),
        ({"tests": ["tests/test_x.py::test_missing"]}, "has no test_missing"),
        ({"tests": ["tests/test_x.py::TestD::test_f"]}, "has no test_f"),
        ({"tests": ["tests/test_x.py::test_b"]}, "marked skip"),
        ({"tests": ["tests/test_x.py::test_c"]}, "marked soak"),
        ({"tests": ["tests/test_y.py"]}, "marked skip"),
        ({"tests": ["tests/helpers.py"]}, "holds no test"),
    ],
)
def test_a_fault_in_the_list_is_named(folder: Path, changes: dict[str, Any], fault: str) -> None:
    found = list(promises.faults(listed(**changes), folder))
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize("test", ["tests/test_x.py::test_a", "tests/test_x.py", "tests/test_x.py::TestD::test_e"])
def test_a_kept_promise_with_a_test_is_sound(folder: Path, test: str) -> None:
    assert list(promises.faults(listed(issue=1, state="kept", tests=[test]), folder)) == []
