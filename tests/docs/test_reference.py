"""The reference pages keep up with the code."""

from __future__ import annotations

import pytest

from house.code import ROOT, script

docs = script("write_docs")


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_reference_page_says_what_the_code_does(name: str) -> None:
    written = (docs.REFERENCE / name).read_text(encoding="utf-8")
    assert written == docs.PAGES[name](), f"docs/reference/{name} lags behind the code: make docs"


def test_every_command_says_what_it_is_for() -> None:
    verbs = list(docs.commands(docs.program(), "placewide"))
    assert verbs
    assert [path for path, command in verbs if not command.help] == []


def test_every_setting_says_what_it_is() -> None:
    found = list(docs.settings(docs.SETTINGS.read_text(encoding="utf-8")))
    assert found
    without = [setting.name for setting in found if not setting.meaning]
    assert without == [], "end their lines in settings.py with a comment"


def test_only_settings_read_the_environment() -> None:
    """Otherwise a variable would be missing from docs/reference/settings.md. Entry points may set defaults."""
    allowed = {"web/settings.py", "web/commands.py", "web/wsgi.py", "cli.py"}
    source = ROOT / "src" / "placewide"
    files = {path.relative_to(source).as_posix(): path.read_text(encoding="utf-8") for path in source.rglob("*.py")}
    assert {name for name, text in files.items() if "os.environ" in text or "getenv" in text} <= allowed


def test_a_setting_is_found_with_its_default_and_meaning() -> None:
    source = 'import os\nA = int(os.environ.get("PLACEWIDE_A", "1"))  # how many\nB = os.environ.get("B")\n'
    assert [(s.name, s.default, s.meaning) for s in docs.settings(source)] == [
        ("PLACEWIDE_A", "'1'", "how many"),
        ("B", "", ""),
    ]
