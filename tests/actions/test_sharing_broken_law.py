"""A broken file of law: every verb of ``placewide sharing`` says where, what and what mends it, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "placewide"
CASE = ROOT / "tests" / "decisions" / "given" / "ex17.yaml"
MODEL = ROOT / "agreements" / "blue-badge.yaml"
_RUN = "import sys; from placewide.sharing.commands import sharing; sharing(sys.argv[1:])"


def with_law(folder: Path, kind: str, was: str, now: str) -> Path:
    """Placewide with one thing changed in a file of law; all other files are those of the repository."""
    law = folder / "placewide" / "sharing" / "law"
    law.mkdir(parents=True)
    for above, there in (
        (PACKAGE, folder / "placewide"),
        (PACKAGE / "sharing", law.parent),
        (PACKAGE / "sharing/law", law),
    ):
        for each in above.iterdir():
            if not (there / each.name).exists() and each.name != "__pycache__":
                (there / each.name).symlink_to(each)
    file = law / f"{kind}.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.unlink()
    file.write_text(text.replace(was, now, 1), "utf-8")
    return file


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(folder), "PATH": "", "LANG": "C.UTF-8"}
    command = [sys.executable, "-c", _RUN, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("kind", "was", "now", "words", "said"),
    [
        ("gateways", "kind: duty", "kind: dutty", ("decide", str(CASE)), "“dutty”, which is not one of: "),
        ("gateways", "kind: duty", "\tkind: duty", ("simulate", str(MODEL)), "There is a tab. Indent with blanks"),
        ("gateways", "needs: [", "needs: [1, ", ("agreement", str(MODEL), "--check"), "See docs/reference/sharing.md."),
        ("reasons", "  says: share\n", "", ("explain", str(CASE)), "lacks “says”"),
        (
            "findings",
            "says: 'It has no last day.', ",
            "",
            ("agreement", str(MODEL), "--on", "2031-01-01"),
            "“NO_END” lacks “says”. Add it.",
        ),
        (
            "agreement-names",
            "\nklass: {",
            "\nklas: {",
            ("agreement", str(MODEL)),
            "The names of “klass” are not there.",
        ),
    ],
)
def test_a_broken_file_of_law_is_named(
    tmp_path: Path, kind: str, was: str, now: str, words: tuple[str, ...], said: str
) -> None:
    file = with_law(tmp_path, kind, was, now)
    found = run(tmp_path, *words)
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert said in found.stderr
    assert all(line.startswith(f"{file}:") for line in found.stderr.splitlines())


def test_law_as_it_is_decides(tmp_path: Path) -> None:
    with_law(tmp_path, "gateways", "format:", "format:")
    found = run(tmp_path, "decide", "--check", str(CASE))
    assert (found.returncode, found.stderr) == (0, "1 cases, none otherwise than expected\n")
