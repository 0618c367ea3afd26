"""What is asked: who holds it, who is to get it, who asks, about whom, for what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Words = frozenset[str]
NONE: Words = frozenset()


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation or person that holds information or is to receive it, as it stands in one request."""

    id: str
    klass: str  # public_authority, competent_authority, charity, private, individual
    functions: Words
    nation: str
    publicly_commissioned: bool = False  # care paid for by a public body (HSCA 2012 s.251C)
    works_with: Words = NONE
    channel: str | None = None
    read_by_others: str = "not_shared"  # shared, not_shared, unknown: may somebody else read what is delivered?


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who asks, as their organisation knows them. ``training_until`` None: never trained."""

    role: str
    sign_in: str
    vetting: str
    training_until: date | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A person the information is about. ``match_score``: 0 to 1, how surely both sides mean the same person."""

    id: str
    born: date
    capacity: str = "presumed"
    marks: Words = NONE
    match_score: float = 1.0
    match_confirmed_by: str | None = None
    national_opt_out: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for. ``categories``: its own first, then all others found in it."""

    id: str
    subject: str
    categories: tuple[str, ...]
    held: bool
    starts: date | None = None
    ends: date | None = None
    third_party: bool = False
    sensitivity: str = "normal"
    marks: Words = NONE

    @property
    def confirmable(self) -> bool:
        """True if it may be said that this is held. What is not held and what must stay hidden look alike."""
        return self.held and "existence_sensitive" not in self.marks


@dataclass(frozen=True, slots=True)
class Cited:
    """The agreement a request relies on."""

    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``nation``: whose law applies to the place. ``claimed_basis`` is recorded and never believed."""

    nation: str
    provider: Body
    recipients: tuple[Body, ...]
    asker: Asker
    agreement: Cited | None
    purpose: str
    urgency: str
    frequency: str
    people: int
    subjects: tuple[Subject, ...]
    items: tuple[Item, ...]
    claimed_basis: str | None = None
