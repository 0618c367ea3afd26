"""Nothing stands in version control that must not, and the scan is seen to find it."""

from __future__ import annotations

import pytest

from house.code import ROOT, script

repository = script("check_repository")


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----",
        "key = AKIA" + "ABCDEFGHIJKLMNOP",
        "postgresql://" + "anna:verysecret@db.example.org/x",
        "see /" + "root/notes",
        "cd /" + "home/anna/placewide",
        "https://registry.npm" + "js.org/x",
        "written with co" + "pilot",
    ],
)
def test_what_must_not_be_there_is_found(line: str) -> None:
    assert list(repository.faults_in("x.py", f"first\n{line}\n")) != []


@pytest.mark.parametrize("line", ["the route /cases/root/", "postgresql://user:word@host:5432/name", "a private key"])
def test_an_innocent_line_is_left_alone(line: str) -> None:
    assert list(repository.faults_in("x.py", line)) == []


def test_version_control_holds_nothing_of_the_kind() -> None:
    files = repository.tracked(ROOT)
    assert files
    assert [fault for path in files for fault in repository.faults_of(path, ROOT)] == []


def test_the_lock_of_node_parts_carries_hashes_and_no_address() -> None:
    locked = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "sha512-" in locked
    assert "://" not in locked, "take out what npm adds about funding and downloads"
