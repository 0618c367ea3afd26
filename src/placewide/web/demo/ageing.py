"""A demo made on an earlier day is put aside and made again, so that its dates are right (docs/decisions/0041)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from placewide.kernel.clock import legal_date

_MADE = "demo.json"


class InUse(Exception):
    """The database cannot be put aside: another process has it open, or it is not a file of ours."""


@dataclass(frozen=True, slots=True)
class Age:
    """What is known of the demo in this database. ``made_on`` is None where making it was never finished."""

    made_on: date | None
    kept: bool = False  # somebody asked to keep it as it is

    def is_right_on(self, day: date) -> bool:
        return self.kept or self.made_on == day


def age() -> Age:
    """When this database's demo was made."""
    told = json.loads(_note().read_text(encoding="utf-8")) if _note().exists() else {}
    if told.get("database") != _name():
        return Age(None)
    return Age(date.fromisoformat(told["made_on"]), told["kept"])


def note_made(now: datetime, *, kept: bool = False) -> None:
    """Write down that the demo is whole, and of which day it is."""
    made_on = (age().made_on if kept else None) or legal_date(now)
    told = {"database": _name(), "made_on": made_on.isoformat(), "kept": kept}
    _note().write_text(json.dumps(told), encoding="utf-8")


def put_aside(now: datetime) -> Path:
    """Move database and mailbox into a folder of their own and begin an empty database; returns the folder.

    Nothing is deleted. Raises InUse, before anything is moved.
    """
    database = connections["default"]
    if database.vendor != "sqlite":
        raise InUse
    connections.close_all()
    path = Path(_name())
    _close(path)
    folder = _new_folder((age().made_on or legal_date(now)).isoformat())
    shutil.move(path, folder / path.name)
    if settings.MAILBOX_ROOT.exists():
        shutil.move(settings.MAILBOX_ROOT, folder / settings.MAILBOX_ROOT.name)
    call_command("migrate", verbosity=0, interactive=False)
    return folder


def _close(path: Path) -> None:
    """Bring the whole database into its one file. SQLite refuses while anybody has it open (sqlite.org/wal.html)."""
    file = sqlite3.connect(path, timeout=1)
    try:
        mode: Any = file.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as locked:
        raise InUse from locked
    finally:
        file.close()
    if mode != "delete":
        raise InUse


def _new_folder(name: str) -> Path:
    """``kept/2026-11-23``, or with a number behind it where there is one."""
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    folder = next(f for f in (Path(settings.VAR) / "kept" / each for each in names) if not f.exists())
    folder.mkdir(parents=True)
    return folder


def _note() -> Path:
    return Path(settings.VAR) / _MADE


def _name() -> str:
    return str(connections["default"].settings_dict["NAME"])
