"""The words beside the rule: each party, purpose and flow explained, and what happens to the information after."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law

_APPLIES = re.compile(r"\bapplies\b", re.IGNORECASE)
_APPLIES_NOT = re.compile(r"\b(not|never) (apply|applicable)\b|\bn.t apply\b", re.IGNORECASE)


def findings(document: Document, law: Law) -> Iterator[Finding]:
    """Where the document and the rule do not say the same, and what it leaves open."""
    yield from _explained(document)
    yield from _after(document)
    yield from _opt_out(document)
    telling = document.transparency
    if telling.tell in ("delayed", "not") and telling.exemption is None:
        yield finding("NOT_TOLD_WITHOUT_EXEMPTION", "document", "transparency", "exemption", tell=telling.tell)
    clause, at = document.emergency, ("document", "emergency")
    if clause.allowed and not (clause.roles and clause.categories and clause.notify):
        yield finding("EMERGENCY_UNCLEAR", *at)
    if clause.allowed and (clause.review_hours is None or clause.review_hours > law.emergency_review_hours):
        yield finding("EMERGENCY_REVIEW_LATE", *at, "review_hours", hours=str(law.emergency_review_hours))
    if document.running.dpia is None and _needs_assessment(document, law):
        yield finding("NO_ASSESSMENT", "document", "running", "dpia")


def _explained(document: Document) -> Iterator[Finding]:
    runs = document.runs
    ways = [(flow.giver, flow.receiver) for flow in runs.flows]
    pairs: tuple[tuple[str, list[Hashable], list[Hashable]], ...] = (
        ("parties", [each.org for each in runs.parties], [each.org for each in document.parties]),
        ("purposes", [each.code for each in runs.purposes], [each.code for each in document.purposes]),
        ("flows", [*ways], [(each.giver, each.receiver) for each in document.flows]),
        ("law", [*ways], [(each.giver, each.receiver) for each in document.law]),
    )
    for name, agreed, worded in pairs:
        where = "flows" if name == "law" else name
        for number, each in enumerate(agreed):
            if each not in worded:
                yield finding("WORDS_MISSING", "agreement", where, number, what=_told(each), part=name)
        for number, each in enumerate(worded):
            if each not in agreed:
                yield finding("WORDS_FOR_NOTHING", "document", name, number, what=_told(each), part=where)


def _told(each: Hashable) -> str:
    return " → ".join(map(str, each)) if isinstance(each, tuple) else str(each)


def _opt_out(document: Document) -> Iterator[Finding]:
    """Where the first sentence on the national data opt-out says the opposite of the rule."""
    first = re.split(r"[.;:]\s", document.opt_outs.national_why, maxsplit=1)[0]
    says_not = bool(_APPLIES_NOT.search(first))
    applies = document.runs.national_opt_out == "applies"
    if (applies and says_not) or (not applies and not says_not and _APPLIES.search(first)):
        yield finding("OPT_OUT_SAID_OTHERWISE", "document", "opt_outs", "national_why")


def _after(document: Document) -> Iterator[Finding]:
    after = document.runs.after
    if after.retain_days is None or after.retain_days < 1:
        yield finding("NO_RETENTION", "agreement", "after", "retain_days")
    if after.onward == "with_permission" and document.keeping.onward_permission is None:
        yield finding("ONWARD_BY_NOBODY", "document", "keeping", "onward_permission")


def _needs_assessment(document: Document, law: Law) -> bool:
    """Sensitive or bulk sharing is likely to bring high risk (UK GDPR Art 35(3)(b))."""
    flows = document.runs.flows
    given = {category for flow in flows for category in flow.categories}
    sensitive = any(law.categories[c].klass != "ordinary" for c in given if c in law.categories)
    return sensitive or any("bulk" in flow.mode for flow in flows)
