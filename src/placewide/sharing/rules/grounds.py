"""A ground for one release: what it is, what still stands in its way, what it rests on, what it makes owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.sharing.terms.asked import Item
from placewide.sharing.terms.decided import Fault, Kind, Owed
from placewide.sharing.terms.law import Law

PART_3 = "DPA2018.35"
_NO_BASIS = "NO_LAWFUL_BASIS"
_PUBLIC = ("public_authority", "competent_authority")


@dataclass(frozen=True, slots=True)
class Ground:
    """One way in which an item may be released. ``code``: the gateway's, or the agreement's id."""

    code: str
    kind: Kind
    reason: str
    lifts: str
    basis: str | None
    faults: tuple[Fault, ...]
    cites: tuple[str, ...]
    obligations: tuple[Owed, ...]
    also: tuple[str, ...] = ()  # what else it rests on: an agreement that lifts confidence
    third_party_released: bool = False
    hear_before: bool = False


def open_basis(codes: tuple[str, ...], klass: str, law: Law, on: date) -> tuple[str | None, tuple[Fault, ...]]:
    """The first lawful basis of these that is in force and open to this class of controller, or why there is none."""
    in_force = [law.bases[code] for code in codes if code in law.bases and law.bases[code].dates.hold(on)]
    for basis in in_force:
        if klass not in basis.not_open_to:
            return basis.code, ()
    return None, (Fault(not_open_to(klass) if in_force else _NO_BASIS, asks=False),)


def not_open_to(klass: str) -> str:
    """Why a basis that is in force cannot be relied on by a controller of this class."""
    return "BASIS_NOT_OPEN_TO_PUBLIC_AUTHORITY" if klass in _PUBLIC else _NO_BASIS


def classes_of(item: Item, law: Law) -> tuple[str, ...]:
    """The protected classes of data in the item: special (UK GDPR Art 9), criminal (Art 10)."""
    found = {law.categories[name].klass for name in item.categories}
    return tuple(klass for klass in ("special", "criminal") if klass in found)
