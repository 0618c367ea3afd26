"""Where packages and the demo's data are: beside the sources in a checkout, inside the package once installed."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve()


def folder(name: str) -> Path:
    """``packages`` or ``demo``. Raises FileNotFoundError where neither place has it."""
    installed = _HERE.parent.parent / "shipped" / name
    checkout = _HERE.parents[3] / name
    for place in (checkout, installed):
        if place.is_dir():
            return place
    raise FileNotFoundError(name)
