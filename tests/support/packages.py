"""Packages for tests: the shipped ones, and copies with something broken in them."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

from placewide.services.format import Source, read_folder
from placewide.services.terms import Package

PACKAGES = Path(__file__).parents[2] / "packages"


@cache
def shipped(package_id: str) -> Package:
    """A package as it is shipped."""
    package = read_folder(PACKAGES / package_id).package
    assert package is not None
    return package


def broken(package_id: str, into: Path, file: str, before: str, after: str) -> Source:
    """A copy in which ``before`` has become ``after`` in one file, once."""
    folder = copied(into, package_id)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text, f"{file} has no {before!r} to break"
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    return read_folder(folder)


def copied(into: Path, package_id: str = "missed-bin") -> Path:
    """A copy of a package to write in."""
    return Path(shutil.copytree(PACKAGES / package_id, into / package_id, dirs_exist_ok=True))


def _next_minor(found: re.Match[str]) -> str:
    return f"version: {found[1]}.{int(found[2]) + 1}.0"


def raised(folder: Path) -> Path:
    """The same copy as a version that may follow the shipped one."""
    service = folder / "service.yaml"
    text, times = re.subn(r"(?m)^version: (\d+)\.(\d+)\..+$", _next_minor, service.read_text(encoding="utf-8"))
    assert times == 1
    service.write_text(text, encoding="utf-8")
    return folder
