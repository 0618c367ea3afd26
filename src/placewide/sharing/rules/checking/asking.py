"""Who may ask, how surely they are known, and what shows that they have to do with the person."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.terms.document import Document
from placewide.sharing.terms.found import Finding, finding


def findings(document: Document) -> Iterator[Finding]:
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
        if who.sign_in == "password":
            yield finding("SENSITIVE_BY_PASSWORD", "agreement", "who", "sign_in")
        if who.vetting == "none":
            yield finding("SENSITIVE_UNVETTED", "agreement", "who", "vetting")
    if any("bulk" in flow.mode for flow in flows) and document.opt_outs.objection is None:
        yield finding("BULK_WITHOUT_OBJECTION", "document", "opt_outs", "objection")
