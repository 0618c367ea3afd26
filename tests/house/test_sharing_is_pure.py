"""The words and rules of sharing import nothing but the standard library and each other."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from house.code import ROOT

ROOM = ROOT / "src" / "placewide" / "sharing"
FILES = sorted([*ROOM.glob("terms/*.py"), *ROOM.glob("rules/*.py")])
OWN = ("placewide.sharing.terms", "placewide.sharing.rules")


def strangers(source: str) -> list[str]:
    """Modules that are neither of the standard library nor the room's own words and rules."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return [name for name in found if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(OWN)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_file_imports_only_the_standard_library(file: Path) -> None:
    assert strangers(file.read_text(encoding="utf-8")) == []


def test_a_stranger_is_found() -> None:
    assert strangers("import django\nfrom placewide.kernel import clock\nfrom datetime import date") == [
        "django",
        "placewide.kernel",
    ]
