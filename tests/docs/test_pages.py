"""What stands beside the code for people: complete, and pointing to what exists."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from house.code import ROOT

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split()]


def broken_links(page: Path, text: str) -> list[str]:
    targets = [first or second for first, second in LINK.findall(text)]
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    return [target for target in local if not (page.parent / target).exists()]


def test_links_between_pages_lead_somewhere() -> None:
    assert pages()
    found = {str(page.relative_to(ROOT)): broken_links(page, page.read_text(encoding="utf-8")) for page in pages()}
    assert {page: links for page, links in found.items() if links} == {}


def test_a_broken_link_is_found() -> None:
    text = "[a](docs/nowhere.md) ![b](nowhere.svg) [c](README.md) [d](https://example.org/)"
    assert broken_links(ROOT / "README.md", text) == ["docs/nowhere.md", "nowhere.svg"]


@pytest.mark.parametrize("name", ["LICENSE", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md", "publiccode.yml"])
def test_what_a_stranger_looks_for_is_there(name: str) -> None:
    assert (ROOT / name).stat().st_size > 200


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in guide] == []


def test_every_make_target_that_is_mentioned_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in pages():
        mentioned = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert mentioned <= targets, page


def test_the_changelog_begins_with_what_is_not_released_or_the_present_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version
    heading = re.search(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    assert heading[1].startswith(("Not released yet", version[1]))


def test_the_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_decision_has_a_number_of_its_own_and_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))
    numbers = [name.split("-")[0] for name in decisions]
    assert decisions
    assert sorted(set(numbers)) == numbers, "two decisions share a number: take the next free one"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert [name for name in decisions if f"({name})" not in listed] == [], "list it in docs/decisions/README.md"
