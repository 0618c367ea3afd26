"""What each giving party relies on: its basis, its conditions, its power."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from placewide.sharing.rules.confidence import is_part, powers
from placewide.sharing.rules.grounds import PART_3
from placewide.sharing.terms.agreed import Agreement, LawOfParty, Party
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law

_COMPETENT = "competent_authority"
_PUBLIC = frozenset({"public_authority", _COMPETENT})
_SCHEDULE_8 = "DPA2018.Sch8"
_CONSENT = "UKGDPR.6.1.a"
_LACKS: Mapping[str, str] = MappingProxyType({"special": "NO_ART9_CONDITION", "criminal": "NO_ART10_CONDITION"})


def findings(runs: Agreement, law: Law) -> Iterator[Finding]:
    """What is wrong with the law that the parties rely on."""
    givers = {flow.giver for flow in runs.flows}
    parties = {each.org: each for each in runs.parties}
    relied = [each.org for each in runs.law]
    for number, flow in enumerate(runs.flows):
        if flow.giver in parties and flow.giver not in relied:
            yield finding("GIVER_WITHOUT_LAW", "agreement", "flows", number, "from", org=flow.giver)
    for number, entry in enumerate(runs.law):
        at = ("agreement", "law", number)
        if entry.org in relied[:number]:
            yield finding("LAW_TWICE", *at, "org", org=entry.org)
        if entry.org not in givers or entry.org not in parties:
            yield finding("LAW_FOR_NOBODY", *at, "org", org=entry.org)
            continue
        party = parties[entry.org]
        yield from _basis(runs, law, number, entry, party)
        yield from _part_3(runs, law, number, entry, party)
        yield from _conditions(runs, law, number, entry)


def _basis(runs: Agreement, law: Law, number: int, entry: LawOfParty, party: Party) -> Iterator[Finding]:
    at = ("agreement", "law", number, "art6")
    basis = law.bases.get(entry.art6)
    if basis is None or not basis.dates.hold(runs.start):
        yield finding("BASIS_NOT_IN_FORCE", *at, org=entry.org, basis=entry.art6, start=str(runs.start))
    if basis is not None and party.klass in basis.not_open_to:
        yield finding("BASIS_NOT_OPEN", *at, org=entry.org, basis=entry.art6, klass=party.klass)
    if entry.art6 == _CONSENT and party.klass in _PUBLIC:
        yield finding("CONSENT_OF_AUTHORITY", *at, org=entry.org)
    for each in powers(entry.power):
        if not any(is_part(each, act.code) for act in law.acts):
            yield finding("POWER_UNKNOWN", "agreement", "law", number, "power", org=entry.org, power=each)
    if entry.art6 in law.group("need_a_power", runs.start) and entry.power is None:
        yield finding("NO_POWER", "agreement", "law", number, "power", org=entry.org, basis=entry.art6)


def _part_3(runs: Agreement, law: Law, number: int, entry: LawOfParty, party: Party) -> Iterator[Finding]:
    """A competent authority is under Part 3 for law enforcement, and only there (DPA 2018 ss.29, 31, 36(4))."""
    if party.klass != _COMPETENT or not runs.purposes:
        return
    at = ("agreement", "law", number, "art6")
    codes = {each.code for each in runs.purposes}
    enforcement = law.group("enforcement", runs.start)
    enforcing = codes & enforcement
    if enforcing and codes - enforcement:
        yield finding("PART_3_MIXED", *at, org=entry.org, purposes=", ".join(sorted(enforcing)))
    elif enforcing and entry.art6 != PART_3:
        yield finding("PART_3_EXPECTED", *at, org=entry.org, purposes=", ".join(sorted(codes)))
    elif not enforcing and entry.art6 == PART_3:
        yield finding("PART_3_ELSEWHERE", *at, org=entry.org, purposes=", ".join(sorted(codes)))


def _conditions(runs: Agreement, law: Law, number: int, entry: LawOfParty) -> Iterator[Finding]:
    at = ("agreement", "law", number, "conditions")
    given = {category for flow in runs.flows if flow.giver == entry.org for category in flow.categories}
    classes: dict[str, list[str]] = {}
    for category in sorted(given & law.categories.keys()):
        classes.setdefault(law.categories[category].klass, []).append(category)
    known = [law.conditions[code] for code in entry.conditions if code in law.conditions]
    for code in entry.conditions:
        if code not in law.conditions:
            yield finding("CONDITION_UNKNOWN", *at, condition=code)
    for klass, lacking in _LACKS.items():
        if klass in classes and not any(klass in each.covers for each in known):
            yield finding(lacking, *at, org=entry.org, categories=", ".join(classes[klass]))
    for each in known:
        if each.policy_document and entry.policy_document is None:
            yield finding("NO_POLICY_DOCUMENT", *at[:3], "policy_document", org=entry.org, condition=each.code)
        if each.code == _SCHEDULE_8 and entry.art6 != PART_3:
            yield finding("SCHEDULE_8_ELSEWHERE", *at, org=entry.org)
    if entry.art6 == PART_3 and "special" in classes and _SCHEDULE_8 not in entry.conditions:
        yield finding("SCHEDULE_8_EXPECTED", *at, org=entry.org, categories=", ".join(classes["special"]))
