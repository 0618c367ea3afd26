"""Confidence, consent and opting out."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.rules.confidence import statute_lifts
from placewide.sharing.terms.agreed import Agreement, LawOfParty
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law, Prohibition

_CONSENT = "UKGDPR.6.1.a"


def findings(document: Document, law: Law) -> Iterator[Finding]:
    """What is wrong with how confidence is lifted and how people may say no."""
    runs = document.runs
    purposes = {each.code for each in runs.purposes}
    own_care = law.group("own_care", runs.start)
    for number, entry in enumerate(runs.law):
        at = ("agreement", "law", number)
        kept = _in_confidence(runs, law, entry.org)
        perhaps = _in_confidence(runs, law, entry.org, "by_holder")
        if kept and entry.confidentiality == "none":
            yield finding("CONFIDENCE_NOT_LIFTED", *at, "confidentiality", org=entry.org, categories=", ".join(kept))
        elif perhaps and entry.confidentiality == "none":
            yield finding("CONFIDENCE_BY_HOLDER", *at, "confidentiality", org=entry.org, categories=", ".join(perhaps))
        if kept and entry.confidentiality == "statute":
            yield from _by_statute(runs, law, number, entry)
        if kept and entry.confidentiality == "implied_consent" and purposes - own_care:
            beyond = ", ".join(sorted(purposes - own_care))
            yield finding("IMPLIED_BEYOND_CARE", *at, "confidentiality", org=entry.org, purposes=beyond)
        by_consent = entry.confidentiality == "consent" or entry.art6 == _CONSENT
        if by_consent and document.opt_outs.withdraw is None:
            yield finding("NO_WAY_TO_WITHDRAW", "document", "opt_outs", "withdraw", org=entry.org)
    if runs.who.relationship == "none" and any(_in_confidence(runs, law, each.giver) for each in runs.flows):
        yield finding("NO_RELATIONSHIP_ASKED", "agreement", "who", "relationship")
    yield from _opting_out(runs, law)


def _by_statute(runs: Agreement, law: Law, number: int, entry: LawOfParty) -> Iterator[Finding]:
    """The purposes for which no power that is named lifts confidence by statute, in any nation."""
    nations = frozenset[str]().union(*(act.nations for act in law.acts))
    for each in runs.purposes:
        if not any(statute_lifts(entry.power, law, each.code, nation, runs.start) for nation in nations):
            at = ("agreement", "law", number, "confidentiality")
            yield finding("STATUTE_LIFTS_NOTHING", *at, org=entry.org, purpose=each.code)


def _in_confidence(runs: Agreement, law: Law, org: str, held: str = "always") -> list[str]:
    """What this party gives that is held in confidence: whoever holds it, or with ``by_holder`` by some who do."""
    given = {category for flow in runs.flows if flow.giver == org for category in flow.categories}
    return sorted(c for c in given if c in law.categories and law.categories[c].confidential == held)


def _beyond_care(runs: Agreement, rule: Prohibition) -> bool:
    """True if the agreement has a purpose and a category that this opt-out is about."""
    purposes = {each.code for each in runs.purposes}
    return bool(rule.purposes & purposes) and any(flow.categories & rule.categories for flow in runs.flows)


def _opting_out(runs: Agreement, law: Law) -> Iterator[Finding]:
    """Health information beyond a person's own care, where the national data opt-out is left out of account."""
    if runs.national_opt_out == "applies":
        if not any(_beyond_care(runs, rule) for rule in law.prohibitions if rule.opted_out):
            yield finding("OPT_OUT_WITHOUT_CAUSE", "agreement", "opt_outs", "national")
        return
    lifts = {each.org: each.confidentiality for each in runs.law}
    for rule in law.prohibitions:
        caught = sorted(rule.purposes & {each.code for each in runs.purposes})
        reached = any(
            f.categories & rule.categories and lifts.get(f.giver) not in rule.except_lifts for f in runs.flows
        )
        if rule.opted_out and caught and reached and rule.dates.hold(runs.start):
            yield finding("OPT_OUT_APPLIES", "agreement", "opt_outs", "national", purposes=", ".join(caught))
