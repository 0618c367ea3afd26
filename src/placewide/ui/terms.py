"""The words of a page: whose it is, where it leads, what may be drawn on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """For whom a page is laid out."""

    RESIDENT = "resident"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Brand:
    """How a place or one of its organisations shows itself: a name, a colour, a mark."""

    name: str = "Placewide"
    colour: str = "#1b5e57"  # any; palette() makes it readable
    mark: str = "hills"  # one of MARKS; anything else is drawn as the first letters of the name


MARKS = ("hills", "river", "bridge", "oak", "wheel", "wave", "heart", "star", "house", "gate")


@dataclass(frozen=True, slots=True)
class Link:
    """A way on. ``count`` is shown beside it where more than zero."""

    text: str
    href: str
    current: bool = False
    count: int = 0
    post: bool = False  # changes something ("Sign out"): drawn as a button in a form


@dataclass(frozen=True, slots=True)
class Alert:
    """Something everybody should know today, dated."""

    text: str
    dated: str  # "Tuesday 8 December", as shown
    href: str = ""
    more: str = ""  # text of the link


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a page's own content. Rooms above make one and hang it on the request (``request.frame``)."""

    brand: Brand = field(default_factory=Brand)
    audience: Audience = Audience.RESIDENT
    home: str = "/"
    navigation: tuple[Link, ...] = ()
    account: tuple[Link, ...] = ()  # at the right of the header: name, sign in, sign out
    footer: tuple[Link, ...] = ()  # accessibility, privacy, help
    note: str = ""  # "Demonstration: nothing here is real."
    alerts: tuple[Alert, ...] = ()
    after: str = ""  # a template drawn after the page's own content


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the page as sent: a sentence that says what to do, and the field to go to."""

    text: str
    field_id: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """One brand colour, made into the colours of a page; each pair below keeps 4.5 : 1 (WCAG 2.2, 1.4.3)."""

    colour: str  # behind white text
    deep: str  # darker: behind white text, beside ``colour``
    link: str  # text on white and on ``paper``
    tint: str  # behind dark text
    edge: str  # lines on ``tint``
    paper: str  # the page itself
