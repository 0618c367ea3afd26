"""A named person's recorded decision: it can turn a question into a release, never a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.decided import Fault
from placewide.sharing.terms.observed import PersonDecided

# Whom a question goes to; everything else goes to the information governance lead.
ASKED: Mapping[str, str] = MappingProxyType(
    {
        "NEEDS_CALDICOTT": "caldicott_guardian",
        "NEEDS_IG_DECISION": "ig_lead",
        "NEEDS_SENIOR_SIGNOFF": "senior_officer",
        "NEEDS_PROFESSIONAL_JUDGEMENT": "nominated_person",
        "ADDRESS_PROTECTED": "nominated_person",
        "CAPACITY_UNCLEAR": "health_professional",
    }
)
OTHERWISE = "ig_lead"
# Who may decide once for an organisation. A data protection officer advises and cannot (UK GDPR Arts 38(6), 39).
DECIDERS = frozenset({*ASKED.values(), OTHERWISE, "named_person", "safeguarding_lead"})


def asked_about(faults: tuple[Fault, ...]) -> tuple[str, ...]:
    """The roles that these questions go to."""
    return tuple(dict.fromkeys(ASKED.get(fault.reason, OTHERWISE) for fault in faults if fault.asks))


def answered(matter: Matter) -> PersonDecided | None:
    """The last decision of a named person about this item for this recipient, if there is one."""
    found = [each for each in matter.circumstances.decisions if _counts(each, matter)]
    return max(found, key=lambda each: (each.day, each.result == "refuse")) if found else None


def _counts(decision: PersonDecided, matter: Matter) -> bool:
    return (
        decision.about == "one_off_release"
        and decision.by in DECIDERS
        and bool(decision.name)
        and decision.subject == matter.subject.id
        and decision.recipient == matter.recipient.id
        and (not decision.items or matter.item.id in decision.items)
    )
