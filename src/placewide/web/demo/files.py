"""The demo's own files: people, and what happened to them."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from ruamel.yaml import YAML

from placewide.studio.shipped import folder


@cache
def read(name: str) -> Any:
    """A file of demo/, as it stands."""
    return YAML(typ="safe").load(folder("demo") / name)


@cache
def addresses() -> dict[str, str]:
    """Reference number → the address in one line, in the order of the file."""
    with (folder("demo") / "places" / "addresses.csv").open(encoding="utf-8", newline="") as file:
        parts = ("line_1", "line_2", "line_3", "town", "postcode")
        return {row["uprn"]: ", ".join(filter(None, (row[p] for p in parts))) for row in csv.DictReader(file)}
