"""What was decided, and how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from placewide.sharing.terms.asked import Cited


class Outcome(StrEnum):
    """The answer, strongest first. CANNOT_CONFIRM says neither that something is held nor that it is not."""

    MUST_SHARE = "MUST_SHARE"
    MAY_SHARE = "MAY_SHARE"
    ASK = "ASK"
    MUST_NOT = "MUST_NOT"
    CANNOT_CONFIRM = "CANNOT_CONFIRM"


class Kind(StrEnum):
    """What a release can rest on, strongest first."""

    DUTY = "duty"
    EMERGENCY = "emergency"
    AGREEMENT = "agreement"
    POWER = "power"
    CONSENT = "consent"
    NAMED_PERSON = "named_person"


STRENGTH: Mapping[Kind, int] = MappingProxyType({kind: place for place, kind in enumerate(Kind)})


@dataclass(frozen=True, slots=True)
class Fault:
    """A condition that is not met. ``asks``: a person may still decide; otherwise the answer is no.

    ``about``: what such a decision has to be about.
    """

    reason: str
    asks: bool
    about: str = "one_off_release"


@dataclass(frozen=True, slots=True)
class Released:
    """An item that goes, whole or narrowed to a period, to ``recipients``."""

    item: str
    starts: date | None
    ends: date | None
    recipients: tuple[str, ...]
    ground: str  # gateway code, agreement id, or named_person
    reason: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """An item, or a part of it, that does not go to ``recipients``, with one of its reasons.

    ``asks``: the role that may still be asked for it; None: nobody, or not while something else refuses.
    """

    item: str
    reason: str
    recipients: tuple[str, ...]
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed because of the decision, with the day, the hours, the law or the person it depends on.

    ``by``: the role of a person named in ``under``.
    """

    code: str
    on: date | None = None
    hours: int | None = None
    under: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to one request. ``rules``: the gateways, prohibitions and agreement that bore on it, by id."""

    outcome: Outcome
    released: tuple[Released, ...]
    withheld: tuple[Withheld, ...]
    reasons: tuple[str, ...]
    obligations: tuple[Owed, ...]
    cites: tuple[str, ...]
    ask_who: tuple[str, ...]
    rules: tuple[str, ...] = ()
    agreement: Cited | None = None
    everybody: tuple[str, ...] = ()  # every recipient asked for, in order
