"""Whether a test of a gateway holds in a matter: the small language that the law's data is written in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.asked import Body, Words
from placewide.sharing.terms.law import Always, Capacity, FewerThan, Fields, Marked, OfRequest, Some, Test, Whom, Worse
from placewide.sharing.terms.observed import Document, Risk

_LEVELS = ("none", "low", "moderate", "high")
_UNBOUNDED = {"purposes", "to"}  # of statements: one that names none of them speaks of all


def holds(test: Test, matter: Matter) -> bool:
    """True if the test holds."""
    return _HOLDS[type(test)](test, matter)


def _some(test: Some, matter: Matter) -> bool:
    return any(_fits(entry, test.of, test.where, matter) for entry in _entries(test.of, matter))


def papers(tests: Iterable[Test], matter: Matter) -> tuple[Document, ...]:
    """The papers received that these tests ask for."""
    wanted = [test for test in tests if isinstance(test, Some) and test.of == "documents"]
    return tuple(p for p in matter.circumstances.documents if any(_fits(p, w.of, w.where, matter) for w in wanted))


def _of_request(test: OfRequest, matter: Matter) -> bool:
    return all(getattr(matter.request, name) in wanted for name, wanted in test.where)


def _fewer_than(test: FewerThan, matter: Matter) -> bool:
    of_this_person = [each for each in matter.request.items if each.subject == matter.subject.id]
    return sum(each.confirmable and each.categories[0] in test.categories for each in of_this_person) < test.number


def _entries(of: str, matter: Matter) -> tuple[Any, ...]:
    if of == "statements":
        return matter.said
    entries: tuple[Any, ...] = getattr(matter.circumstances, of)
    return entries


def _fits(entry: Any, of: str, where: Fields, matter: Matter) -> bool:
    for name, wanted in where:
        value = getattr(entry, name)
        everything = not value and of == "statements" and name in _UNBOUNDED
        if not everything and not _among(value, wanted, matter, of):
            return False
    return True


def _among(value: Any, wanted: Words, matter: Matter, of: str) -> bool:
    values = value if isinstance(value, tuple | frozenset) else (value,)
    meant = _meant(wanted, matter)
    if any(each in meant for each in values):
        return True
    # A danger to the subject is a danger to a child, where the subject is one.
    return of == "risks" and matter.child and "subject" in values and "child" in wanted


def _meant(wanted: Words, matter: Matter) -> Words:
    if not any(word.startswith("$") for word in wanted):
        return wanted
    request, recipient = matter.request, matter.recipient
    meant = {
        "$recipient": {recipient.id},
        "$provider": {request.provider.id},
        "$subject": {matter.subject.id},
        "$purpose": {request.purpose},
        "$works_with": recipient.works_with,
    }
    return frozenset().union(*(meant.get(word, {word}) for word in wanted))


def sharing_is_worse(matter: Matter) -> bool:
    """True if professionals find more danger to the child from sharing than from not sharing."""
    finders = matter.law.group("finders", matter.on)
    found = [r for r in matter.circumstances.risks if r.to in ("child", "subject") and r.assessed_by in finders]
    if_shared = max((_weight(r) for r in found if r.arises == "if_shared"), default=0)
    otherwise = max((_weight(r) for r in found if r.arises != "if_shared"), default=0)
    return if_shared > otherwise


def _weight(risk: Risk) -> int:
    """How much a danger weighs: by its level, then whether it is imminent. Nothing if there is none or it is past."""
    level = _LEVELS.index(risk.level)
    return 2 * level + (risk.timing == "imminent") if level and risk.timing != "past" else 0


def is_reached(whom: Whom, body: Body, kinds: Words) -> bool:
    """True if a gateway's words about its provider or recipient fit this body."""
    if whom.classes is not None and body.klass not in whom.classes:
        return False
    if whom.not_functions is not None and body.functions & whom.not_functions:
        return False
    if whom.publicly_commissioned is not None and body.publicly_commissioned != whom.publicly_commissioned:
        return False
    by_function = whom.functions is not None and bool(body.functions & whom.functions)
    by_relationship = whom.relationships is not None and bool(kinds & whom.relationships)
    return by_function or by_relationship or (whom.functions is None and whom.relationships is None)


_HOLDS: Mapping[type, Callable[[Any, Matter], bool]] = MappingProxyType(
    {
        Some: _some,
        OfRequest: _of_request,
        FewerThan: _fewer_than,
        Capacity: lambda test, matter: matter.subject.capacity in test.among,
        Marked: lambda test, matter: test.mark in matter.item.marks,
        Worse: lambda _, matter: sharing_is_worse(matter),
        Always: lambda _, __: True,
    }
)
