"""What somebody observed, without knowing the law. Nothing here says "necessary" or "lawful": the rules find that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.sharing.terms.asked import NONE, Words


@dataclass(frozen=True, slots=True)
class Relationship:
    """``party`` (a recipient's id, or ``asker``) is ``kind`` to ``subject``."""

    party: str
    subject: str
    kind: str
    starts: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said about sharing. Agreeing counts only for the recipient and the purposes it names."""

    by: str
    subject: str
    says: str
    day: date
    kind: str | None = None  # confidentiality or uk_gdpr
    purposes: tuple[str, ...] = ()
    to: str | None = None


@dataclass(frozen=True, slots=True)
class Risk:
    """A danger somebody found. ``arises``: always, if_shared, if_not_shared."""

    to: str
    harm: str
    level: str
    timing: str
    arises: str
    assessed_by: str
    day: date


@dataclass(frozen=True, slots=True)
class Telling:
    """What telling the person would do, and until when."""

    would: str
    said_by: str
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who has been told of this sharing."""

    who: str
    day: date


@dataclass(frozen=True, slots=True)
class Notice:
    """A privacy notice: how it was given, and for which purposes."""

    given: str
    day: date
    purposes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consulted:
    """Somebody who was asked for a view."""

    who: str
    view: str
    day: date


@dataclass(frozen=True, slots=True)
class Document:
    """A paper received. ``under``: the gateway it says it rests on. ``categories``: what it names."""

    kind: str
    day: date | None = None
    until: date | None = None
    under: str | None = None
    categories: Words = NONE


@dataclass(frozen=True, slots=True)
class Proceeding:
    """Something that has been opened or declared."""

    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class Link:
    """How the asker says the subject comes into it."""

    subject: str
    link: str
    stated_by: str


@dataclass(frozen=True, slots=True)
class PersonDecided:
    """What a named person decided, once, about one subject. ``items`` empty: about all of them."""

    about: str
    by: str
    day: date
    result: str
    subject: str
    name: str | None = None
    recipient: str | None = None
    items: Words = NONE
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The time the asker says the matter covers."""

    starts: date
    ends: date
    stated_by: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything observed. An empty list: nothing recorded. Entries dated after the decision do not count."""

    relationships: tuple[Relationship, ...] = ()
    statements: tuple[Statement, ...] = ()
    risks: tuple[Risk, ...] = ()
    telling: tuple[Telling, ...] = ()
    told: tuple[Told, ...] = ()
    notices: tuple[Notice, ...] = ()
    consulted: tuple[Consulted, ...] = ()
    documents: tuple[Document, ...] = ()
    proceedings: tuple[Proceeding, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[PersonDecided, ...] = ()
    period: Period | None = None
