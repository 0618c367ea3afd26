"""Every page that a resident can come to, as tests/look.toml lists them, held to what any page must bear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.sweep import Row, demo, rows, sweep

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.sqlite]


def for_residents(row: Row) -> bool:
    """The demo's own pages but those of staff."""
    return row["name"].startswith("real-") and not row.get("staff") and not row["path"].startswith("/staff")


def is_about_care(row: Row) -> bool:
    """The long service, and the link to come back to it: its mail is sent on the way there."""
    return "care-needs" in row["path"] or row["name"] == "real-come-back"


@pytest.mark.parametrize("about_care", [True, False], ids=["care-needs", "all-else"])
def test_every_page_of_a_resident_bears_whatever_a_page_must(browser: Any, tmp_path: Path, about_care: bool) -> None:
    """In two parts of about the same size, which ``make soak`` walks beside each other."""
    wanted = [row for row in rows() if for_residents(row) and is_about_care(row) is about_care]
    assert len(wanted) > 30
    with demo(tmp_path) as address:
        wrong = sweep(browser, address, tmp_path, wanted)
    assert not wrong, "\n".join(wrong)
