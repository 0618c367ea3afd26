"""Reads what a place sets from outside: the database's address, the secret key."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from placewide.kernel.once import write_once

# Every acknowledged write survives a power cut (synchronous=FULL); readers do not wait for a writer (WAL).
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=134217728;"
)
_BUSY_SECONDS = 20


def truthy(text: str | None) -> bool:
    """Whether an environment variable says yes."""
    return (text or "").strip().lower() in {"1", "true", "yes", "on"}


def database(url: str, var: Path) -> dict[str, Any]:
    """Django's settings for ``DATABASE_URL``: empty or ``sqlite:///path``, or ``postgresql://user:word@host:port/name``.

    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    if parts.scheme in {"", "sqlite"}:
        return _sqlite(Path(unquote(parts.path)[1:]) if parts.path else var / "placewide.sqlite3")
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError(f"DATABASE_URL must begin with sqlite: or postgresql:, not {parts.scheme}:")


def _sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": _SQLITE_PRAGMAS,
            "timeout": _BUSY_SECONDS,
        },
        "CONN_MAX_AGE": None,
    }


def read_or_make_secret(path: Path) -> str:
    """The node's secret for cookies, made at the first start and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_once(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8")
