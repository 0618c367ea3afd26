"""The shapes that facts have in packages: a collection, a container's name, the address that answers give.

Names and shapes are declared in ``services/facts.py``; ``reads/known.py`` says where each comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from placewide.places.terms import Collection
from placewide.services.terms import Answers, Package

Observed = dict[str, Any]


def as_fact(collection: Collection, now: datetime) -> Observed:
    """A collection as packages know it: dates and instants as ISO text, its name in each language."""
    starts, ends = collection.report_from, collection.report_until
    too_early = starts is not None and now < starts
    too_late = ends is not None and now > ends
    return {
        "id": collection.container.value,
        "text": container_name(collection.container.value, collection.colour),
        "container": collection.container.value,
        "colour": collection.colour,
        "round_id": str(collection.round_id),
        "assisted": collection.assisted,
        "last": _iso(collection.last),
        "next": _iso(collection.next),
        "change_reason": collection.change_reason,
        "status": collection.status.value,
        "status_at": _iso(collection.status_at),
        "report_from": _iso(starts),
        "report_until": _iso(ends),
        "reportable": collection.last is not None and not too_early and not too_late,
        "too_early": too_early,
        "too_late": too_late,
    }


def address_in(package: Package, answers: Answers) -> Mapping[str, Any] | None:
    """The address the answers give; None before there is one."""
    asked = (q for page in package.pages for q in page.questions if q.kind == "address")
    question = next(asked, None)
    value = answers.get(question.id) if question else None
    return value if isinstance(value, Mapping) else None


def uprn_in(package: Package, answers: Answers) -> str:
    """The reference number of the address the answers give; empty for none, or one typed by hand."""
    return str((address_in(package, answers) or {}).get("uprn") or "")


def container_name(container: str, colour: str) -> dict[str, str]:
    """What residents call a container, by language: "Rubbish (black bin)". Welsh awaits a native reader."""
    names = _CONTAINERS[container]
    if colour not in _COLOURS:
        return dict(names)
    coloured = {"en": f"{colour} {_BINS[container]['en']}", "cy": f"{_BINS[container]['cy']} {_COLOURS[colour]}"}
    return {language: f"{name} ({coloured[language]})" for language, name in names.items()}


_CONTAINERS: Mapping[str, Mapping[str, str]] = {
    "refuse": {"en": "Rubbish", "cy": "Sbwriel"},
    "recycling": {"en": "Recycling", "cy": "Ailgylchu"},
    "garden": {"en": "Garden waste", "cy": "Gwastraff gardd"},
    "food": {"en": "Food waste", "cy": "Gwastraff bwyd"},
    "paper": {"en": "Paper and card", "cy": "Papur a cherdyn"},
    "glass": {"en": "Glass", "cy": "Gwydr"},
}
_BIN = {"en": "bin", "cy": "bin"}
_BINS: Mapping[str, Mapping[str, str]] = {
    "refuse": _BIN,
    "recycling": _BIN,
    "garden": _BIN,
    "food": {"en": "caddy", "cy": "cadi"},
    "paper": {"en": "box", "cy": "blwch"},
    "glass": {"en": "box", "cy": "blwch"},
}
_COLOURS = {"black": "du", "green": "gwyrdd", "brown": "brown", "blue": "glas", "grey": "llwyd", "red": "coch"}


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
