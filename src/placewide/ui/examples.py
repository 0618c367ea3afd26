"""What the style page shows: components in their states, and patterns filled with a place that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from placewide.ui.terms import Alert, Audience, Brand, Fault, Frame, Link

CALDERBROOK = Brand("Calderbrook", "#1b5e57", "hills")


@dataclass(frozen=True, slots=True)
class Example:
    """A template, what it is given, and what stands around it."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    frame: Frame = field(default_factory=Frame)
    status: int = 200


def resident_frame(**changes: Any) -> Frame:
    links = (Link("Services", "/", current=True), Link("My account", "/account"), Link("Contact", "/contact"))
    footer = (Link("Accessibility", "/accessibility"), Link("Your information", "/privacy"), Link("Help", "/help"))
    usual: dict[str, Any] = {
        "brand": CALDERBROOK,
        "navigation": links,
        "footer": footer,
        "account": (Link("Sign in", "/sign-in"),),
    }
    return Frame(**(usual | {"note": "Demonstration: Calderbrook does not exist."} | changes))


def staff_frame(**changes: Any) -> Frame:
    brand = Brand("Calderbrook County Council", "#4b3a78", "bridge")
    links = (Link("Work", "/work/", current=True, count=12), Link("People", "/people"), Link("Places", "/places"))
    account = (Link("Priya Anand", "/me"), Link("Sign out", "/sign-out", post=True))
    usual: dict[str, Any] = {"brand": brand, "audience": Audience.STAFF, "navigation": links, "account": account}
    return Frame(**(usual | {"note": "Demonstration: Calderbrook does not exist."} | changes))


def components() -> Example:
    faults = [Fault("Choose which bin was missed", "bin"), Fault("Enter the year", "born-year")]
    return Example("ui/style.html", {"faults": faults}, resident_frame(alerts=(_alert(),)))


def _alert() -> Alert:
    words = "River Calder: flooding is possible in Low Mill and Wharf Street."
    return Alert(words, "Tuesday 8 December", "/alerts/1", "What to do")


PAGES: Mapping[str, Callable[[], Example]] = {"components": components}
