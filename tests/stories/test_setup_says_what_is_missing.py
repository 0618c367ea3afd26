"""``scripts/setup`` on a computer that lacks something: one line, which says what to install."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from house.code import ROOT

TOOLS = ("sh", "dirname", "mktemp", "rm", "cat", "head", "grep", "env", "printf")


class Computer:
    """A checkout's setup script in an empty folder, and a PATH that holds only what is put there."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.path = folder / "bin"
        (self.checkout / "scripts").mkdir(parents=True)
        (self.checkout / "requirements").mkdir()
        self.path.mkdir()
        shutil.copy(ROOT / "scripts" / "setup", self.checkout / "scripts" / "setup")
        for tool in TOOLS:
            (self.path / tool).symlink_to(str(shutil.which(tool)))

    def has(self, name: str, script: str) -> None:
        program = self.path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)

    def has_python(self, without: str = "nothing") -> None:
        """This test's Python, unable to import one module."""
        self.has("python3", f'case "$*" in *{without}*) exit 1 ;; esac\nexec {sys.executable} "$@"')

    def setup(self, *arguments: str, **environment: str) -> list[str]:
        """What setup says when it gives up, line by line."""
        done = subprocess.run(
            [str(self.path / "sh"), "scripts/setup", *arguments],
            cwd=self.checkout,
            env={"PATH": str(self.path), "HOME": str(self.checkout), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        return done.stderr.splitlines()


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


def test_no_python(computer: Computer) -> None:
    (line,) = computer.setup("python", "build")
    assert "Python 3.11 or newer is missing" in line
    assert "sudo apt install python3 python3-venv" in line


def test_a_python_that_is_too_old(computer: Computer) -> None:
    computer.has("python3", "exit 1")
    (line,) = computer.setup("python", "build")
    assert "Python 3.11 or newer is missing" in line


def test_a_newer_python_beside_an_old_one_is_found(computer: Computer) -> None:
    computer.has("python3", "exit 1")
    computer.has("python3.12", f'case "$*" in *ensurepip*) exit 1 ;; esac\nexec {sys.executable} "$@"')
    (line,) = computer.setup("python", "build")
    assert "venv is missing" in line


def test_python_without_venv(computer: Computer) -> None:
    computer.has_python(without="ensurepip")
    (line,) = computer.setup("python", "build")
    assert line.endswith("Python's venv is missing. Install it: sudo apt install python3-venv")


def test_python_without_sqlite(computer: Computer) -> None:
    computer.has_python(without="sqlite3")
    (line,) = computer.setup("python", "build")
    assert "this Python has no SQLite" in line


@pytest.mark.slow
def test_no_network(computer: Computer) -> None:
    computer.has_python()
    (computer.checkout / "requirements" / "build.txt").write_text(f"click==8.2.0 --hash=sha256:{'0' * 64}\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "1", "PIP_CONFIG_FILE": os.devnull}
    (line,) = computer.setup("python", "build", **nowhere)
    assert "the Python package index cannot be reached" in line


@pytest.mark.slow
def test_a_part_that_must_be_compiled_without_a_compiler(computer: Computer) -> None:
    computer.has_python()
    shelf = computer.checkout / "shelf"
    shelf.mkdir()
    with tarfile.open(shelf / "onlysource-1.0.tar.gz", "w:gz") as archive:
        archive.add(ROOT / "LICENSE", "onlysource-1.0/LICENSE")
    digest = hashlib.sha256((shelf / "onlysource-1.0.tar.gz").read_bytes()).hexdigest()
    (computer.checkout / "requirements" / "build.txt").write_text(f"onlysource==1.0 --hash=sha256:{digest}\n")
    local = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(shelf), "PIP_CONFIG_FILE": os.devnull}
    (line,) = computer.setup("python", "build", **local)
    assert line.endswith("Install compilers: sudo apt install build-essential python3-dev cargo")


@pytest.mark.parametrize(
    ("name", "head"), [("plain", "#!{0}/python3"), ("a space and ü", '#!/bin/sh\nexec "{0}/python3"')]
)
def test_what_was_built_in_a_checkout_is_not_built_again(tmp_path: Path, name: str, head: str) -> None:
    """A script names its interpreter on the first line, or in quotes on the second where the path has spaces."""
    (tmp_path / name).mkdir()
    computer = Computer(tmp_path / name)
    programs = computer.checkout / ".venv" / "bin"
    programs.mkdir(parents=True)
    computer.has_python()
    shutil.copy(computer.path / "python3", programs / "python")
    (programs / "pip").write_text(head.format(programs) + "\n", encoding="utf-8")
    computer.has("python3", "exit 1")  # it would be needed to build again
    said = computer.setup("python", "build", PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert "Python 3.11 or newer is missing" not in said[-1]
