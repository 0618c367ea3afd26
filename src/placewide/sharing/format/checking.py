"""Whether the law's data file holds together: what its schema cannot say. Each fault names file, line and remedy."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from placewide.services.format import Fault
from placewide.services.format.reading import Read
from placewide.services.format.terms import Path
from placewide.sharing.format.schemas import closed_list, schema_of_case
from placewide.sharing.format.values import Values
from placewide.sharing.terms import observed
from placewide.sharing.terms.law import ANY_OTHER

_TERMS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "relationships": observed.Relationship,
        "statements": observed.Statement,
        "risks": observed.Risk,
        "telling": observed.Telling,
        "told": observed.Told,
        "notices": observed.Notice,
        "consulted": observed.Consulted,
        "documents": observed.Document,
        "proceedings": observed.Proceeding,
        "links": observed.Link,
        "decisions": observed.PersonDecided,
    }
)
_FILLED_IN = ("$recipient", "$provider", "$subject", "$purpose", "$works_with", "$code")
_TESTS = ("some", "request", "capacity", "mark", "fewer_than", "worse", "always")
_DATED = ("bases", "exemptions", "checks", "ages", "groups", "questions", "acts", "prohibitions", "gateways")
_WORDS_OF = MappingProxyType(
    {
        "finders": "role",
        "tellers": "role",
        "close": "relationship",
        "objection": "basis",
        "own_care": "purpose",
        "enforcement": "purpose",
        "need_a_power": "basis",
    }
)
_AGES = ("adult", "competent")


def law_faults(read: Read) -> Iterator[Fault]:
    """What does not hold together in a file of law that is as its schema says."""
    law = read.content
    for name in ("bases", "conditions", "checks"):
        yield from twice(read, name)
    for name in ("exemptions", "ages", "groups", "acts", "prohibitions", "gateways"):
        yield from overlapping(read, name)
    for name in _DATED:
        yield from days_in_order(read, name)
    for name, kind in (("categories", "category"), ("purposes", "purpose"), ("bases", "basis")):
        there = {each["code"] for each in law[name]} if name == "bases" else set(law[name])
        for missing in [each for each in closed_list(kind) if each not in there]:
            yield Fault(read.place((name,)), f"“{name}” lacks “{missing}”.", f"Add what the law says of “{missing}”.")
    yield from _measures_faults(read)
    conditions = {each["code"]: each["for"] for each in law["conditions"]}
    for number, gateway in enumerate(law["gateways"]):
        yield from gateway_faults(read, ("gateways", number), gateway, conditions)
    codes = {each["code"] for each in law["gateways"]}
    for number, rule in enumerate(law["prohibitions"]):
        for code in rule.get("except_gateways", ()):
            if code not in codes:
                at = read.place(("prohibitions", number, "except_gateways"))
                yield Fault(at, f"No gateway is called “{code[:60]}”.", "Name one of this file, or leave it out.")


def _measures_faults(read: Read) -> Iterator[Fault]:
    """What the rules count by: each age and group is there, holds words of its list, and some question is for any."""
    law = read.content
    for name, codes in (("ages", _AGES), ("groups", _WORDS_OF)):
        there = {each["code"] for each in law[name]}
        for code in [each for each in codes if each not in there]:
            yield Fault(read.place((name,)), f"“{name}” lacks “{code}”.", f"Add what the law says of “{code}”.")
    for number, group in enumerate(law["groups"]):
        known = closed_list(_WORDS_OF[group["code"]])
        for word in [each for each in group["words"] if each not in known]:
            yield Fault(read.place(("groups", number, "words")), f"“{word[:60]}” is no word of this list.", _of(known))
    if not any(ANY_OTHER in each["reasons"] for each in law["questions"]):
        remedy = f"Add one with reasons: [{ANY_OTHER}]."
        yield Fault(read.place(("questions",)), "No question is for any other reason.", remedy)
    yield from _questions_twice(read)


def _questions_twice(read: Read) -> Iterator[Fault]:
    """Two questions for one reason on the same days."""
    seen: dict[str, list[Values]] = {}
    for number, each in enumerate(read.content["questions"]):
        for reason in each["reasons"]:
            for other in seen.setdefault(reason, []):
                if _day(other.get("to")) >= _day(each["from"]) and _day(each.get("to")) >= _day(other["from"]):
                    remedy = "Let the earlier end on the day before."
                    at = read.place(("questions", number, "reasons"))
                    yield Fault(at, f"Two questions are for “{reason}” on the same days.", remedy)
            seen[reason].append(each)


def gateway_faults(read: Read, path: Path, gateway: Values, conditions: Mapping[str, Any]) -> Iterator[Fault]:
    """What does not hold together in one gateway of the law."""
    yield from tests_faults(read, path, gateway, values=True)
    for name, klass in (("art9", "special"), ("art10", "criminal")):
        for code in gateway.get(name, ()):
            if code not in conditions:
                remedy = f"Name one of “conditions”: {', '.join(sorted(conditions))}."
                yield Fault(read.place((*path, name)), f"No condition is called “{code[:60]}”.", remedy)
            elif klass not in conditions[code]:
                at = read.place((*path, name))
                yield Fault(at, f"“{code}” does not cover {klass} information.", "Name a condition that does.")


def tests_faults(read: Read, path: Path, gateway: Values, *, values: bool) -> Iterator[Fault]:
    """Tests of a gateway that nothing could answer. ``values``: also values that no entry can have."""
    for kind in ("needs", "bars"):
        for number, each in enumerate(gateway.get(kind, ())):
            yield from _test_faults(read, (*path, kind, number), each, values=values)
            unless = each.get("unless", ())
            if not isinstance(unless, list | tuple) or not all(isinstance(other, dict) for other in unless):
                at = read.place((*path, kind, number, "unless"))
                yield Fault(at, "“unless” is not a list of tests.", "Write [{some: …, where: {…}}].")
                continue
            for inner, other in enumerate(unless):
                yield from _test_faults(read, (*path, kind, number, "unless", inner), other, values=values)


def _test_faults(read: Read, path: Path, test: Values, *, values: bool) -> Iterator[Fault]:
    asked = [name for name in _TESTS if name in test]
    if len(asked) != 1:
        remedy = f"Ask exactly one of: {', '.join(_TESTS)}."
        yield Fault(read.place(path), "It is not clear what this asks.", remedy)
        return
    if asked[0] == "fewer_than" and "of" not in test:
        yield Fault(read.place(path), "“fewer_than” does not say of what.", "Add “of:” with categories.")
    if asked[0] != "some":
        return
    if str(test["some"]) not in _TERMS:
        said = str(test["some"])[:60]
        yield Fault(read.place((*path, "some")), f"“{said}” is no list of the circumstances.", _of(_TERMS))
        return
    if not _is_where(test.get("where", {})):
        yield Fault(read.place((*path, "where")), "“where” is not a list for each field.", "Write {level: [high]}.")
        return
    fields = [each.name for each in dataclasses.fields(_TERMS[test["some"]])]
    for name, wanted in test.get("where", {}).items():
        at = read.place((*path, "where", name))
        if name not in fields:
            yield Fault(at, f"An entry of “{test['some']}” has no “{name[:60]}”.", _of(fields))
            continue
        known = _values_of(test["some"], name) if values else ()
        for value in [each for each in wanted if known and each not in known and each not in _FILLED_IN]:
            yield Fault(at, f"“{str(value)[:60]}” is no value of “{name}”.", _of(known))


def _is_where(said: Any) -> bool:
    return isinstance(said, dict) and all(isinstance(wanted, list) for wanted in said.values())


def _of(known: Any) -> str:
    return f"There are: {', '.join(known)}."


@cache
def _values_of(entries: str, field: str) -> tuple[str, ...]:
    """The closed list of a field of the circumstances; nothing where it is free."""
    circumstances = schema_of_case()["properties"]["circumstances"]["properties"]
    said: Values = circumstances[entries]["items"]["properties"].get(field, {})
    said = said.get("items", said)
    reference = next((each["$ref"] for each in (said, *said.get("anyOf", ())) if "$ref" in each), None)
    return closed_list(reference.rpartition("/")[2]) if reference else ()


def twice(read: Read, name: str) -> Iterator[Fault]:
    """Codes of a list that stand in it more than once."""
    seen = set[str]()
    for number, each in enumerate(read.content[name]):
        if each["code"] in seen:
            at = read.place((name, number, "code"))
            yield Fault(at, f"“{each['code'][:60]}” is there twice.", "Give each its own code.")
        seen.add(each["code"])


def overlapping(read: Read, name: str) -> Iterator[Fault]:
    """Entries with one code and common days. Where the law changed a code stands again, with later days."""
    several: dict[str, list[tuple[int, Values]]] = {}
    for number, each in enumerate(read.content[name]):
        several.setdefault(each["code"], []).append((number, each))
    for code, entries in several.items():
        for (_, earlier), (number, later) in pairwise(sorted(entries, key=lambda one: _day(one[1].get("from")))):
            if _day(earlier.get("to")) >= _day(later.get("from")):
                at = read.place((name, number, "from"))
                remedy = "Give each its own code, or let the earlier end on the day before."
                yield Fault(at, f"“{code[:60]}” is there twice for the same days.", remedy)


def _day(said: Any) -> date:
    return date.fromisoformat(said) if said else date.max


def days_in_order(read: Read, name: str) -> Iterator[Fault]:
    """Entries that end before they begin, or end without having begun."""
    for number, each in enumerate(read.content[name]):
        first, last = each.get("from"), each.get("to")
        if last is None:
            continue
        at = read.place((name, number, "to"))
        if first is None:
            yield Fault(at, "It ends, but was never in force.", "Say from which day, or take “to” out.")
        elif _day(last) < _day(first):
            yield Fault(at, f"It ends on {last}, before it begins on {first}.", "Put the days in order.")
