"""Who may ask, how surely they are known, and what shows that they have to do with the person."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.terms.agreed import Who
from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding, finding
from placewide.sharing.terms.law import Law


def findings(document: Document, law: Law) -> Iterator[Finding]:
    """What is wrong with the part of the agreement that says who may ask."""
    who, flows = document.runs.who, document.runs.flows
    if not who.roles:
        yield finding("ROLES_EMPTY", "agreement", "who", "roles")
    if who.relationship != "none" and who.relationship_max_age_days is None:
        at = ("agreement", "who", "relationship_max_age_days")
        yield finding("RELATIONSHIP_WITHOUT_AGE", *at, relationship=who.relationship)
    if not who.training:
        yield finding("TRAINING_NOT_ASKED", "agreement", "who", "training")
    if any(flow.highest_sensitivity == "very_restricted" for flow in flows):
        yield from _assurance(who, "SENSITIVE_BY_PASSWORD", "SENSITIVE_UNVETTED")
    given = frozenset[str]().union(*(flow.categories for flow in flows)) & law.categories.keys()
    if any(law.categories[category].klass == "criminal" for category in given):
        yield from _assurance(who, "CRIMINAL_BY_PASSWORD", "CRIMINAL_UNVETTED")
    special = sorted(category for category in given if law.categories[category].klass == "special")
    if special and who.sign_in == "password":
        yield finding("SPECIAL_BY_PASSWORD", "agreement", "who", "sign_in", categories=", ".join(special))
    if any("bulk" in flow.mode for flow in flows) and document.opt_outs.objection is None:
        yield finding("BULK_WITHOUT_OBJECTION", "document", "opt_outs", "objection")


def _assurance(who: Who, by_password: str, unvetted: str) -> Iterator[Finding]:
    if who.sign_in == "password":
        yield finding(by_password, "agreement", "who", "sign_in")
    if who.vetting == "none":
        yield finding(unvetted, "agreement", "who", "vetting")
