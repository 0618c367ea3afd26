"""Where the built files are: the address of each, with the digest of its content in the name."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def manifest() -> dict[str, str]:
    """Plain name → stamped name. Empty until ``scripts/build_assets.py`` has run."""
    path = Path(settings.BUILT) / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def static(name: str) -> str:
    """The address of a built file: ``static("placewide.css")``."""
    return f"{settings.STATIC_URL}{manifest().get(name, name)}"
