"""What the style page shows: components in their states, and patterns filled with Calderbrook, which does not exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from placewide.ui.faults import TEMPLATES
from placewide.ui.terms import Alert, Audience, Brand, Fault, Frame, Link

PAGES = Path(__file__).resolve().parent / "example_pages"

_RESIDENT = Frame(
    brand=Brand("Calderbrook", "#1b5e57", "hills"),
    navigation=(Link("Services", "/", current=True), Link("My account", "/account"), Link("Contact", "/contact")),
    account=(Link("Sign in", "/sign-in"),),
    footer=(Link("Accessibility", "/accessibility"), Link("Your information", "/privacy"), Link("Help", "/help")),
    note="Demonstration: Calderbrook does not exist.",
)
_FLOOD = Alert(
    "River Calder: flooding is possible in Low Mill and Wharf Street.", "Tuesday 8 December", "/alerts/1", "What to do"
)
_FRAMES = {
    "resident": _RESIDENT,
    "alerted": replace(_RESIDENT, alerts=(_FLOOD,)),
    "staff": replace(
        _RESIDENT,
        brand=Brand("Calderbrook County Council", "#4b3a78", "bridge"),
        audience=Audience.STAFF,
        navigation=(
            Link("Work", "/work/", current=True, count=12),
            Link("Teams", "/teams"),
            Link("Services", "/offer"),
        ),
        account=(Link("Priya Anand", "/me"), Link("Sign out", "/sign-out", post=True)),
    ),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A template, what it is given, and what stands around it."""

    template: str
    context: Mapping[str, Any]
    frame: Frame = _RESIDENT
    status: int = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """Stands in for a question's component (services.terms): the same three fields."""

    macro: str
    parameters: Mapping[str, Any]
    parts: list[Drawn] = field(default_factory=list)


@cache
def examples() -> Mapping[str, Example]:
    """Name of a style page → what it shows. ``components`` shows all of ui/components.html."""
    faults = [Fault("Choose which bin was missed", "bin"), Fault("Enter the year", "born-year")]
    told = {status: {"reason": "", "reference": "7K2P-9QXM-T" if status == 500 else ""} for status in TEMPLATES}
    found = {f"fault-{status}": Example(TEMPLATES[status], told[status], status=status) for status in TEMPLATES}
    for path in sorted(PAGES.glob("*.yaml")):
        found |= _filled(_reader().load(path), path.stem)
    names = ["components", *sorted(found)]
    return {"components": Example("ui/style.html", {"faults": faults, "pages": names}, _FRAMES["alerted"]), **found}


def _filled(pages: Mapping[str, Any], frame: str) -> dict[str, Example]:
    filled = {}
    for name, page in pages.items():
        whole = pages[page["like"]] if "like" in page else page
        template = f"ui/patterns/{whole['pattern']}.html"
        filled[name] = Example(template, whole["context"] | page["context"], _FRAMES[page.get("frame", frame)])
    return filled


def _reader() -> YAML:
    reader = YAML(typ="safe", pure=True)
    for tag, kind in {"!link": Link, "!fault": Fault, "!component": Drawn}.items():
        reader.constructor.add_constructor(tag, _maker(kind))
    return reader


def _maker(kind: Any) -> Any:
    return lambda constructor, node: kind(**constructor.construct_mapping(node, deep=True))
