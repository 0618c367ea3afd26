"""What is said of a decision, as dated data: sentences for reasons and obligations, and the names inside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from placewide.sharing.terms.asked import Words
from placewide.sharing.terms.law import Dates

Phrase = Mapping[str, str]  # by language

LANGUAGES = ("en", "cy")
# What a sentence may name in braces. All of it can be filled in for every decision.
PARTICULARS = frozenset(
    {"provider", "recipient", "items", "subject", "asker", "purpose", "law", "agreement", "who", "decider"}
)
OF_OBLIGATIONS = PARTICULARS | {"day", "hours"}
# A resident's own page calls the person "you" and names no member of staff.
NOT_FOR_RESIDENTS = frozenset({"subject", "decider", "asker"})


@dataclass(frozen=True, slots=True)
class Reason:
    """What one reason says. ``says``: share, refuse, ask. ``asks``: the role a question goes to."""

    code: str
    says: str
    asks: str | None
    nations: Words
    dates: Dates
    source: str
    reviewed_by: str | None
    staff: Phrase
    resident: Phrase
    instead: Phrase | None


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one obligation asks, of whom: provider, recipient, both."""

    code: str
    owes: str
    nations: Words
    dates: Dates
    source: str
    reviewed_by: str | None
    staff: Phrase
    resident: Phrase


@dataclass(frozen=True, slots=True)
class LawName:
    """A law by its code, as it is called in a sentence. ``reason``: what it gives, of gateways and prohibitions."""

    words: Phrase
    source: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """All of it. The entries of one code stand in the order of their days."""

    reasons: Mapping[str, tuple[Reason, ...]]
    obligations: Mapping[str, tuple[Obligation, ...]]
    laws: Mapping[str, LawName]
    categories: Mapping[str, Phrase]
    purposes: Mapping[str, Phrase]
    roles: Mapping[str, Phrase]
    relationships: Mapping[str, Phrase]
    page: Mapping[str, Phrase]
