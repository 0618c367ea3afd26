"""What organisations agreed: a signed data-sharing agreement as data, which is the rule that runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from placewide.sharing.terms.asked import Cited, Words


@dataclass(frozen=True, slots=True)
class Party:
    """One organisation of an agreement. ``role``: provider, recipient, both."""

    org: str
    klass: str
    role: str
    signed: date | None
    revoked: date | None  # from this day on its signature counts no more


@dataclass(frozen=True, slots=True)
class AgreedPurpose:
    """A purpose, and the uses that would go against it."""

    code: str
    incompatible: Words


@dataclass(frozen=True, slots=True)
class Flow:
    """What may go one way between two parties. ``mode``: one_off, regular, bulk. ``most_people``: per request."""

    giver: str
    receiver: str
    categories: Words
    highest_sensitivity: str
    mode: Words
    most_people: int


@dataclass(frozen=True, slots=True)
class Who:
    """Who may ask. ``relationship`` "none": none is needed. Its greatest age is in days; None: any age."""

    roles: Words
    sign_in: str
    vetting: str
    training: bool
    relationship: str
    relationship_max_age_days: int | None


@dataclass(frozen=True, slots=True)
class LawOfParty:
    """What one party relies on for what it gives."""

    org: str
    art6: str
    conditions: tuple[str, ...]
    power: str | None
    confidentiality: str
    policy_document: str | None


@dataclass(frozen=True, slots=True)
class After:
    """What holds once information has gone. ``retain_days`` None: no period agreed."""

    retain_days: int | None
    onward: str
    corrections: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of an agreement, whole."""

    id: str
    version: int
    status: str  # draft, signed, suspended, ended
    start: date
    end: date | None
    review: date | None
    parties: tuple[Party, ...]
    purposes: tuple[AgreedPurpose, ...]
    flows: tuple[Flow, ...]
    who: Who
    law: tuple[LawOfParty, ...]
    national_opt_out: str  # applies, not_applicable
    after: After


@dataclass(frozen=True, slots=True)
class Agreements:
    """All agreements a provider knows, found by what a request cites, however many there are."""

    by_citation: Mapping[Cited, Agreement]
    known: Words  # ids, of whatever version


def gather(agreements: tuple[Agreement, ...]) -> Agreements:
    """The agreements, ready to be cited."""
    cited = {Cited(each.id, each.version): each for each in agreements}
    return Agreements(cited, frozenset(each.id for each in agreements))
