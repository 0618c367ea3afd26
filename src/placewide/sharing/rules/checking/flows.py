"""Who gives what to whom, and for what."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.terms.agreed import Agreement, Flow
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law

VERY_MANY = 10_000  # people in one request; what is lost or wrong then is lost or wrong for a town
SMALL_FOR_BULK = 10  # people; a file of fewer is no bulk file, and a larger one would always be refused


def findings(runs: Agreement, law: Law) -> Iterator[Finding]:
    """What is wrong with parties, purposes and flows as they stand beside each other."""
    yield from _parties(runs)
    yield from _purposes(runs)
    for number, flow in enumerate(runs.flows):
        yield from _between(runs, number, flow)
        yield from _what(runs, law, number, flow)


def _parties(runs: Agreement) -> Iterator[Finding]:
    seen: set[str] = set()
    flowing = {org for flow in runs.flows for org in (flow.giver, flow.receiver)}
    for number, party in enumerate(runs.parties):
        if party.org in seen:
            yield finding("PARTY_TWICE", "agreement", "parties", number, "org", org=party.org)
        seen.add(party.org)
        if party.org not in flowing:
            yield finding("PARTY_WITHOUT_FLOW", "agreement", "parties", number, org=party.org)


def _purposes(runs: Agreement) -> Iterator[Finding]:
    codes = {each.code for each in runs.purposes}
    for number, purpose in enumerate(runs.purposes):
        if not runs.flows:
            yield finding("PURPOSE_WITHOUT_FLOW", "agreement", "purposes", number, purpose=purpose.code)
        for code in sorted(purpose.incompatible & codes):
            at = ("agreement", "purposes", number, "incompatible")
            yield finding("PURPOSE_INCOMPATIBLE", *at, purpose=code, other=purpose.code)


def _between(runs: Agreement, number: int, flow: Flow) -> Iterator[Finding]:
    at = ("agreement", "flows", number)
    roles = {each.org: each.role for each in runs.parties}
    if not runs.purposes:
        yield finding("FLOW_WITHOUT_PURPOSE", *at, giver=flow.giver, receiver=flow.receiver)
    if flow.giver == flow.receiver:
        yield finding("FLOW_TO_ITSELF", *at, "to", org=flow.giver)
    for name, org in (("from", flow.giver), ("to", flow.receiver)):
        if org not in roles:
            yield finding("FLOW_OF_STRANGER", *at, name, org=org)
    if roles.get(flow.giver) == "recipient":
        yield finding("GIVER_MARKED_RECIPIENT", *at, "from", org=flow.giver)
    if roles.get(flow.receiver) == "provider":
        yield finding("RECEIVER_MARKED_PROVIDER", *at, "to", org=flow.receiver)


def _what(runs: Agreement, law: Law, number: int, flow: Flow) -> Iterator[Finding]:
    at = ("agreement", "flows", number)
    if not flow.categories or not flow.mode:
        yield finding("FLOW_EMPTY", *at, giver=flow.giver, receiver=flow.receiver)
    if "bulk" in flow.mode and flow.most_people < SMALL_FOR_BULK:
        yield finding("BULK_FOR_FEW", *at, "most_people", people=str(flow.most_people))
    if flow.most_people > VERY_MANY:
        yield finding("VERY_MANY_AT_ONCE", *at, "most_people", people=f"{flow.most_people:,}")
    if not runs.purposes:
        return
    needed = frozenset[str]().union(*(law.needed.get(each.code, frozenset()) for each in runs.purposes))
    for category in sorted(flow.categories - needed):
        purposes = ", ".join(each.code for each in runs.purposes)
        yield finding("CATEGORY_NOT_NEEDED", *at, "categories", category=category, purposes=purposes)
