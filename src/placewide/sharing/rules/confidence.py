"""The duty of confidence: whether an item is held in confidence, and whether anything lifts that."""

from __future__ import annotations

from placewide.sharing.rules.holding import PROFESSIONS
from placewide.sharing.rules.matter import REFUSALS, Matter, age
from placewide.sharing.terms.decided import Fault, Kind
from placewide.sharing.terms.law import Gateway, Need, Some

NOT_LIFTED = Fault("CONFIDENCE_NOT_LIFTED", asks=False)
JUDGE = Fault("NEEDS_PROFESSIONAL_JUDGEMENT", asks=True)
CARE_OBJECTIONS = ("objects_care", "likely_to_object")
_UNSURE = Fault("CAPACITY_UNCLEAR", asks=True)
_COMPETENT_AT = 16  # years: capacity is presumed from here on (Mental Capacity Act 2005 s.2(5)); before, it is assessed
_GRAVE = frozenset({"moderate", "high"})


def is_confidential(matter: Matter) -> bool:
    """True if the holder keeps any part of the item in confidence."""
    law = matter.law
    by_holder = bool(matter.request.provider.functions & law.confidential_holders)
    kinds = {law.categories[name].confidential for name in matter.item.categories}
    return "always" in kinds or (by_holder and "by_holder" in kinds)


def capacity_faults(matter: Matter) -> tuple[Fault, ...]:
    """Whether the subject could agree. Somebody else may have spoken for them (MCA 2005 s.9; Children Act 1989 s.3)."""
    if any(said.says == "agrees" and said.by != "subject" for said in matter.said):
        return ()
    capacity = matter.subject.capacity
    if capacity == "assessed_lacks":
        return (JUDGE,)
    young = age(matter.subject, matter.on) < _COMPETENT_AT and capacity != "assessed_has"
    return (_UNSURE,) if capacity == "doubted" or young else ()


def lifted_by_consent(gateway: Gateway, unmet: tuple[Need, ...], matter: Matter) -> bool:
    """True if the gateway itself lifts nothing, and it is the person's agreement that does."""
    itself = gateway.lifts in ("statute", "consent", "implied_consent") or _borne_out(gateway, unmet, matter)
    return not itself and is_confidential(matter) and _has_agreed(matter)


def _has_agreed(matter: Matter) -> bool:
    return matter.heard("agrees") and not capacity_faults(matter)


def gateway_faults(gateway: Gateway, unmet: tuple[Need, ...], matter: Matter) -> tuple[Fault, ...]:
    """What stands in the way of a gateway because of the duty of confidence."""
    if gateway.lifts == "statute" or not is_confidential(matter):
        return ()
    if _lifted(gateway, unmet, matter):
        return _read_by_others(matter)
    if matter.heard(*REFUSALS):
        return _of_refusal(matter)
    return (NOT_LIFTED,) if gateway.unasked == "refuse" else (JUDGE,)


def _of_refusal(matter: Matter) -> tuple[Fault, ...]:
    """A refusal counts, unless it is the subject's own and they may not be able to decide: then somebody judges."""
    if any(said.says in REFUSALS and said.by != "subject" for said in matter.said):
        return (NOT_LIFTED,)
    unable = {"assessed_lacks": (JUDGE,), "doubted": (_UNSURE, JUDGE)}
    return unable.get(matter.subject.capacity, (NOT_LIFTED,))


def _lifted(gateway: Gateway, unmet: tuple[Need, ...], matter: Matter) -> bool:
    if gateway.lifts == "consent":
        return True
    if gateway.lifts == "implied_consent":
        return not matter.heard(*REFUSALS)
    return _borne_out(gateway, unmet, matter) or _has_agreed(matter)


def agreed_faults(lifts: str, matter: Matter) -> tuple[Fault, ...]:
    """The same where an agreement says what lifts confidence."""
    if lifts == "implied_consent" and matter.heard(*CARE_OBJECTIONS):
        return (Fault("CARE_OBJECTION", asks=False),)
    if not is_confidential(matter):
        return ()
    agreed = _has_agreed(matter)
    if lifts == "implied_consent" and "anonymous_access_service" in matter.item.marks:
        return (NOT_LIFTED,)
    if lifts in ("implied_consent", "public_interest") and matter.heard(*REFUSALS):
        outweighed = lifts == "public_interest" and _in_grave_danger(matter)
        return () if outweighed else _of_refusal(matter)
    if lifts in ("consent", "none") and not agreed:
        return (NOT_LIFTED,)
    return _read_by_others(matter) if lifts != "statute" else ()


def _read_by_others(matter: Matter) -> tuple[Fault, ...]:
    """Where somebody else may read what is delivered, confidence is not kept (UK GDPR Art 5(1)(f))."""
    read = matter.recipient.read_by_others
    return {"shared": (NOT_LIFTED,), "unknown": (JUDGE,)}.get(read, ())


def _borne_out(gateway: Gateway, unmet: tuple[Need, ...], matter: Matter) -> bool:
    """True if a danger bears the public interest out: the one the gateway asks for, otherwise a grave one to others."""
    if gateway.lifts != "public_interest":
        return False
    own = [need for need in gateway.needs if isinstance(need.test, Some) and need.test.of == "risks"]
    if own:
        return not any(need in unmet for need in own)
    if gateway.kind is Kind.EMERGENCY:
        return not unmet
    return _in_grave_danger(matter)


def _in_grave_danger(matter: Matter) -> bool:
    """True if a professional found a grave danger to somebody else that sharing does not bring about."""
    return any(
        risk.to != "subject"
        and risk.level in _GRAVE
        and risk.timing != "past"
        and risk.arises != "if_shared"
        and risk.assessed_by in PROFESSIONS
        for risk in matter.circumstances.risks
    )
