"""A12, A15: every page of staff, in both languages, with and without scripts, holds to what any page must bear."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.sweep import demo, rows, sweep

pytestmark = [pytest.mark.browser, pytest.mark.soak]


def test_every_page_of_staff_bears_what_any_page_must(browser: Any, tmp_path: Path) -> None:
    wanted = [row for row in rows() if row.get("staff") or row["path"].startswith("/staff")]
    assert len(wanted) > 30
    with demo(tmp_path) as address:
        wrong = sweep(browser, address, tmp_path, wanted)
    assert not wrong, "\n".join(wrong)
