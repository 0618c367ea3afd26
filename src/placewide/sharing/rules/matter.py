"""One item for one recipient, with everything recorded that still stands on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar

from placewide.sharing.terms.asked import Body, Item, Request, Subject, Words
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.observed import Circumstances, Statement

REFUSALS = ("declines", "withdraws")
_AGREES = "agrees"
_ESTIMATE = "likely_to_object"
_ASSESSED = ("assessed_has", "assessed_lacks")


@dataclass(frozen=True, slots=True)
class Matter:
    """What one answer is about. ``said``: the statements that stand and reach this recipient and purpose."""

    law: Law
    request: Request
    circumstances: Circumstances
    on: date
    item: Item
    subject: Subject
    recipient: Body
    child: bool
    kinds: Words  # what the recipient is to the subject
    said: tuple[Statement, ...]

    def heard(self, *says: str) -> bool:
        """True if one of these things was said and stands."""
        return bool(self.said) and any(each.says in says for each in self.said)


def standing(circumstances: Circumstances, on: date) -> Circumstances:
    """The circumstances without what is dated later or has ended."""
    c = circumstances
    return Circumstances(
        relationships=tuple(e for e in c.relationships if _stands(e.starts, e.until, on)),
        statements=_dated(c.statements, on),
        risks=_dated(c.risks, on),
        telling=_dated(c.telling, on),
        told=_dated(c.told, on),
        notices=_dated(c.notices, on),
        consulted=_dated(c.consulted, on),
        documents=tuple(e for e in c.documents if _stands(e.day, e.until, on)),
        proceedings=_dated(c.proceedings, on),
        links=c.links,
        decisions=tuple(e for e in c.decisions if _stands(e.day, e.until, on)),
        period=c.period,
    )


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


_Entry = TypeVar("_Entry", bound=_Dated)


def _dated(entries: tuple[_Entry, ...], on: date) -> tuple[_Entry, ...]:
    return tuple(each for each in entries if each.day <= on) if entries else ()


def _stands(day: date | None, until: date | None, on: date) -> bool:
    return (day is None or day <= on) and (until is None or on <= until)


def later(day: date, days: int) -> date:
    """So many days later, or earlier; at the ends of the calendar its last or first day."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def is_child(law: Law, subject: Subject, on: date) -> bool:
    """True before the birthday that makes an adult."""
    return age(subject, on) < law.years("adult", on)


def parent_speaks(law: Law, subject: Subject, on: date) -> bool:
    """True if a parent may speak for the subject: a child who is too young to decide, or cannot."""
    if subject.capacity in _ASSESSED:
        return subject.capacity == "assessed_lacks" and is_child(law, subject, on)
    return age(subject, on) < law.years("competent", on)


def age(subject: Subject, on: date) -> int:
    """Whole years on that day."""
    born = subject.born
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def kinds_of(recipient: Body, subject: Subject, child: bool, circumstances: Circumstances) -> Words:
    """What the recipient is to the subject. Parental responsibility ends with childhood (Children Act 1989 s.105)."""
    kinds = {e.kind for e in circumstances.relationships if e.party == recipient.id and e.subject == subject.id}
    return frozenset(kinds if child else kinds - {"parental_responsibility"})


def said_about(
    subject: Subject, recipient: Body, purpose: str, parented: bool, circumstances: Circumstances
) -> tuple[Statement, ...]:
    """The statements that stand: a later opposite one by the same speaker replaces what it answers.

    ``parented``: a parent may speak for the subject.

    On one day the refusing statement counts. Somebody's estimate that the person would object gives way to what the
    person says then or later: an older agreement does not know what has been seen since.
    """
    reaching = [e for e in circumstances.statements if _reaches(e, subject, recipient, purpose, parented)]
    if not reaching:
        return ()
    kept = tuple(e for e in reaching if not _replaced(e, reaching))
    if any(e.by == "subject" and e.says in REFUSALS for e in kept) and subject.capacity != "assessed_lacks":
        # Nobody agrees over the head of a person who may decide and has said no (Mental Capacity Act 2005 ss.1-3).
        return tuple(e for e in kept if e.says != _AGREES)
    agreed = max((e.day for e in kept if e.by == "subject" and e.says == _AGREES), default=date.min)
    return tuple(e for e in kept if e.says != _ESTIMATE or e.day > agreed)


def _reaches(statement: Statement, subject: Subject, recipient: Body, purpose: str, parented: bool) -> bool:
    if statement.subject != subject.id or (statement.by == "parent" and not parented):
        return False
    if statement.says == _AGREES:
        return statement.by != "health_professional" and statement.to == recipient.id and purpose in statement.purposes
    return statement.to in (None, recipient.id) and (not statement.purposes or purpose in statement.purposes)


def _replaced(statement: Statement, reaching: list[Statement]) -> bool:
    agrees = statement.says == _AGREES
    return any(
        other.by == statement.by
        and (other.says == _AGREES) != agrees
        and (other.day > statement.day or (agrees and other.day == statement.day))
        for other in reaching
    )
