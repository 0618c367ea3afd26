"""The law as dated data: gateways, bases, conditions, prohibitions, exemptions, and the tests they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from placewide.sharing.terms.asked import NONE, Words
from placewide.sharing.terms.decided import Fault, Kind

Fields = tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """The days something is in force, both included. No first day: not in force yet."""

    first: date | None
    last: date | None = None

    def hold(self, on: date) -> bool:
        """True if ``on`` is one of them."""
        return self.first is not None and self.first <= on and (self.last is None or on <= self.last)


# ---- tests: what a gateway may ask of the circumstances ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Some:
    """Some entry of the list ``of`` has, in each field, one of the values. ``$recipient`` and such are filled in."""

    of: str
    where: Fields


@dataclass(frozen=True, slots=True)
class OfRequest:
    """The request itself has one of the values in each field."""

    where: Fields


@dataclass(frozen=True, slots=True)
class Capacity:
    """The subject's capacity is one of these."""

    among: Words


@dataclass(frozen=True, slots=True)
class Marked:
    """The item carries this mark."""

    mark: str


@dataclass(frozen=True, slots=True)
class Worse:
    """Sharing would be more dangerous to the child than not sharing."""


@dataclass(frozen=True, slots=True)
class Always:
    """True of every request."""


@dataclass(frozen=True, slots=True)
class FewerThan:
    """Fewer than ``number`` of the items asked for are of these categories."""

    number: int
    categories: Words


Test = Some | OfRequest | Capacity | Marked | Worse | Always | FewerThan


@dataclass(frozen=True, slots=True)
class Need:
    """What must hold. ``otherwise`` None: the gateway does not apply. ``unless_urgent``: waived where time is short."""

    test: Test
    otherwise: Fault | None
    unless_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """What must not hold, unless one of ``unless`` does. ``then`` None: the gateway does not apply."""

    test: Test
    then: Fault | None
    unless: tuple[Test, ...] = ()


# ---- gateways and what stands beside them --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Whom:
    """Which bodies a gateway reaches. Functions and relationships are alternatives; the other tests all count."""

    classes: Words | None = None
    functions: Words | None = None
    not_functions: Words | None = None
    relationships: Words | None = None
    publicly_commissioned: bool | None = None


@dataclass(frozen=True, slots=True)
class Gateway:
    """A duty, an emergency rule or a power to share. ``purposes`` None: any. ``art10``: as Art 9, for criminal data."""

    code: str
    nations: Words
    dates: Dates
    kind: Kind
    reason: str
    purposes: Words | None
    provider: Whom
    recipient: Whom
    subject: str | None  # child, adult
    needs: tuple[Need, ...]
    bars: tuple[Bar, ...]
    categories: Words | None  # no more than these, where the gateway itself says
    categories_of: str | None  # no more than this purpose needs
    named_in_document: bool
    lifts: str
    unasked: str
    hear_before: bool
    third_party_released: bool
    capacity_matters: bool
    safeguards: Words
    basis: Mapping[str, tuple[str, ...]]
    art9: tuple[str, ...]
    art10: tuple[str, ...]
    obligations: tuple[str, ...]
    citation: str
    source: str
    reviewed_by: str | None


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of information: ordinary, special (Art 9), criminal (Art 10); confidential always, by_holder or never."""

    klass: str
    confidential: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A lawful basis, and the classes of controller that cannot use it for their tasks."""

    code: str
    dates: Dates
    not_open_to: Words
    citation: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition for special category or criminal offence data."""

    code: str
    covers: Words
    policy_document: bool


@dataclass(frozen=True, slots=True)
class Exemption:
    """An exemption from telling the person, where telling would do what ``if_telling`` says."""

    code: str
    dates: Dates
    if_telling: str


@dataclass(frozen=True, slots=True)
class Prohibition:
    """A rule that stops a release whatever else allows it, but for its exceptions. Empty lists of a test: any."""

    code: str
    nations: Words
    dates: Dates
    reason: str
    purposes: Words
    categories: Words
    marks: Words
    opted_out: bool
    except_lifts: Words
    except_kinds: Words
    except_purposes: Words
    except_gateways: Words
    except_functions: Words


_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Measure(Generic[_Value]):
    """Something the rules count by, in the days for which it holds: an age, a group of words, a question."""

    dates: Dates
    value: _Value


@dataclass(frozen=True, slots=True)
class Question:
    """Whom a question goes to, who may answer it for the organisation, and the law behind that."""

    code: str
    asked: str
    may_decide: Words


@dataclass(frozen=True, slots=True)
class Act:
    """An act, or a part of one, that an agreement may name. ``lifts_for``: the purposes it lifts confidence for."""

    code: str
    nations: Words
    dates: Dates
    lifts_for: Words


ANY_OTHER = "any_other"  # the question for every reason that has none of its own


@dataclass(frozen=True, slots=True)
class Law:
    """All of it. ``by_purpose``: the gateways for a purpose, strongest first; ``for_any``: those for every other."""

    match_for_machine: float
    emergency_review_hours: int
    confidential_holders: Words
    categories: Mapping[str, Category]
    needed: Mapping[str, Words]  # by purpose: the most it ordinarily needs
    bases: Mapping[str, Basis]
    conditions: Mapping[str, Condition]
    exemptions: tuple[Exemption, ...]
    prohibitions: tuple[Prohibition, ...]
    by_purpose: Mapping[str, tuple[Gateway, ...]]
    for_any: tuple[Gateway, ...]
    ages: Mapping[str, tuple[Measure[int], ...]]  # years
    groups: Mapping[str, tuple[Measure[Words], ...]]
    questions: Mapping[str, tuple[Measure[Question], ...]]  # by reason
    acts: tuple[Act, ...]

    def years(self, name: str, on: date) -> int:
        """An age that the law counts by, on that day."""
        return in_force(self.ages[name], on)

    def group(self, name: str, on: date) -> Words:
        """A group of words that the law counts by, on that day."""
        return in_force(self.groups[name], on)

    def question(self, reason: str, on: date) -> Question:
        """Whom to ask about this reason on that day, and who may decide."""
        return in_force(self.questions.get(reason) or self.questions[ANY_OTHER], on)

    def deciders(self, on: date) -> Words:
        """Everybody who may decide some question once for an organisation, on that day."""
        return NONE.union(*(in_force(each, on).may_decide for each in self.questions.values()))


def in_force(measures: tuple[Measure[_Value], ...], on: date) -> _Value:
    """What holds on that day; before the first of them, the first: nothing older is known."""
    return next((each.value for each in measures if each.dates.hold(on)), measures[0].value)
