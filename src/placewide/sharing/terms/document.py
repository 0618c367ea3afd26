"""An agreement as a document: the agreement that runs, and the words that people need beside it before they sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.sharing.terms.agreed import Agreement
from placewide.sharing.terms.asked import Cited, Words


@dataclass(frozen=True, slots=True)
class Said:
    """Words that residents read. ``cy`` None: not yet in Welsh."""

    en: str
    cy: str | None = None


@dataclass(frozen=True, slots=True)
class NamedParty:
    """A party by its name. ``controller``: separate, joint, processor. Contacts are roles and mailboxes, no people."""

    org: str
    name: Said
    controller: str
    contact: str
    dpo: str
    joined: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class PurposeInWords:
    """What a purpose means, why it cannot be reached with less, and what comes of it."""

    code: str
    plain: Said
    necessary: str
    benefit: Said


@dataclass(frozen=True, slots=True)
class FlowInWords:
    """One direction in words. ``trigger``: on_request, on_event, bulk. ``whose``: adult, child, unborn, deceased."""

    giver: str
    receiver: str
    what: str
    whose: tuple[str, ...]
    third_parties: str
    trigger: str
    how: str


@dataclass(frozen=True, slots=True)
class LawInWords:
    """What one direction rests on. ``kind``: duty, power, consent. ``source``: where the law can be read.

    ``reviewed_by``: who of the law has read this line; None: nobody yet.
    """

    giver: str
    receiver: str
    kind: str
    says: str
    source: str
    reviewed_by: str | None


@dataclass(frozen=True, slots=True)
class Transparency:
    """What people are told. ``tell``: before, after, delayed, not. ``exemption``: the law that allows the last two."""

    notice: Said
    tell: str
    who_tells: str
    exemption: str | None


@dataclass(frozen=True, slots=True)
class OptOuts:
    """Why the national opt-out applies or not, how somebody objects, how consent is taken back where it is asked."""

    national_why: str
    objection: Said | None
    withdraw: Said | None


@dataclass(frozen=True, slots=True)
class EmergencyClause:
    """What is agreed for an emergency; the emergency itself needs no agreement."""

    allowed: bool
    roles: Words
    categories: Words
    review_hours: int | None
    notify: str | None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long, from when, and what shows that it is gone. ``onward_permission``: who may permit passing it on."""

    kept_from: str
    deletion: str
    onward_permission: str | None
    corrections: str
    recall: str


@dataclass(frozen=True, slots=True)
class Running:
    """How the parties keep to it. ``incident_hours``: within which the others hear of a breach."""

    framework: str
    security: str
    incident_hours: int
    incident_to: str
    audit: str
    review: str
    exit: str
    dpia: str | None
    relationship: str


@dataclass(frozen=True, slots=True)
class Document:
    """An agreement whole: ``runs`` is what decides; the rest is what people read and promise."""

    runs: Agreement
    title: Said
    summary: Said
    supersedes: Cited | None
    parties: tuple[NamedParty, ...]
    purposes: tuple[PurposeInWords, ...]
    flows: tuple[FlowInWords, ...]
    law: tuple[LawInWords, ...]
    transparency: Transparency
    opt_outs: OptOuts
    emergency: EmergencyClause
    keeping: Keeping
    running: Running
    reviewed_by: str | None

    def name_of(self, org: str) -> str:
        """The party's name; its id where the document does not name it."""
        return next((each.name.en for each in self.parties if each.org == org), org)
