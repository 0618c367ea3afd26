"""The page about address files names every column, and the demo's page stays true."""

from __future__ import annotations

import csv
import re

from house.code import ROOT
from placewide.places.actions.loading_addresses import COLUMNS
from placewide.places.actions.loading_rounds import CHANGE_COLUMNS, ROUND_COLUMNS, STOP_COLUMNS
from placewide.places.actions.organisations import ORGANISATION_COLUMNS
from placewide.places.terms import Container

PAGE = (ROOT / "docs" / "reference" / "address-files.md").read_text(encoding="utf-8")
SECTIONS = {
    "Addresses": COLUMNS,
    "Rounds": ROUND_COLUMNS,
    "Addresses on rounds": STOP_COLUMNS,
    "Bank-holiday changes": CHANGE_COLUMNS,
    "Organisations": ORGANISATION_COLUMNS,
}


def documented(section: str) -> tuple[set[str], set[str]]:
    """The columns a section's table names, and those it marks as required."""
    text = PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    every = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    return every, {name for row in rows if "*" in row for name in re.findall(r"`(\w+)`", row)}


def test_the_page_names_every_column_and_marks_those_that_must_be_there() -> None:
    for section, columns in SECTIONS.items():
        every, required = documented(section)
        assert every == set(columns.all), section
        assert required == set(columns.required), section


def test_the_page_names_every_container() -> None:
    assert all(f"`{container}`" in PAGE for container in Container)


def test_the_demos_files_are_what_their_script_writes(tmp_path) -> None:
    from house.code import script

    demo = script("make_demo_places")
    demo.FOLDER = tmp_path
    demo.main()
    for path in sorted((ROOT / "demo" / "places").glob("*.csv")):
        assert path.read_text(encoding="utf-8") == (tmp_path / path.name).read_text(encoding="utf-8"), path.name


def test_no_real_place_is_meant() -> None:
    with (ROOT / "demo" / "places" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 408
    assert len({(row["street"], row["town"]) for row in rows}) == 31
    assert {row["postcode"][:2] for row in rows} == {"CD", "FM"}
    assert all(row["uprn"].startswith("999") for row in rows)
    assert {row["district"][:2] for row in rows} == {"ZZ"}
