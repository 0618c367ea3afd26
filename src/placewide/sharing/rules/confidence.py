"""The duty of confidence: whether an item is held in confidence, and whether anything lifts that."""

from __future__ import annotations

from datetime import date

from placewide.sharing.rules.grounds import PART_3
from placewide.sharing.rules.matter import REFUSALS, Matter, age
from placewide.sharing.terms.agreed import LawOfParty
from placewide.sharing.terms.asked import NONE, Words
from placewide.sharing.terms.decided import Fault, Kind
from placewide.sharing.terms.law import Gateway, Law, Need, Some

NOT_LIFTED = Fault("CONFIDENCE_NOT_LIFTED", asks=False)
JUDGE = Fault("NEEDS_PROFESSIONAL_JUDGEMENT", asks=True)
CARE_OBJECTIONS = ("objects_care", "likely_to_object")
_UNSURE = Fault("CAPACITY_UNCLEAR", asks=True)
_WHAT_POWER = Fault("NEEDS_IG_DECISION", asks=True)
_GRAVE = frozenset({"moderate", "high"})


def is_confidential(matter: Matter) -> bool:
    """True if the holder keeps any part of the item in confidence."""
    law = matter.law
    kinds = [law.categories[name].confidential for name in matter.item.categories]
    if "always" in kinds:
        return True
    return "by_holder" in kinds and not law.confidential_holders.isdisjoint(matter.request.provider.functions)


def capacity_faults(matter: Matter) -> tuple[Fault, ...]:
    """Whether the subject could agree. Somebody else may have spoken for them (MCA 2005 s.9; Children Act 1989 s.3)."""
    if any(said.says == "agrees" and said.by != "subject" for said in matter.said):
        return ()
    capacity = matter.subject.capacity
    if capacity == "assessed_lacks":
        return (JUDGE,)
    young = age(matter.subject, matter.on) < matter.law.years("competent", matter.on) and capacity != "assessed_has"
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
        return ()
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


def agreed_faults(law: LawOfParty, matter: Matter) -> tuple[Fault, ...]:
    """The same where an agreement says what lifts confidence."""
    lifts = law.confidentiality
    for_care = matter.request.purpose in matter.law.group("own_care", matter.on)
    if (lifts == "implied_consent" or for_care) and matter.heard(*CARE_OBJECTIONS):
        return (Fault("CARE_OBJECTION", asks=False),)
    if not is_confidential(matter):
        return ()
    if lifts == "statute":
        return () if _has_agreed(matter) else _of_statute(law.power, matter)
    if lifts == "implied_consent" and "anonymous_access_service" in matter.item.marks:
        return (NOT_LIFTED,)
    if lifts in ("implied_consent", "public_interest"):
        # Those whose crimes are prevented are not asked (DPA 2018 s.35; R(M) v CC Sussex [2021] EWCA Civ 42).
        outweighed = lifts == "public_interest" and (law.art6 == PART_3 or _in_grave_danger(matter))
        return _of_refusal(matter) if matter.heard(*REFUSALS) and not outweighed else ()
    return () if _has_agreed(matter) else (NOT_LIFTED,)


def _of_statute(power: str | None, matter: Matter) -> tuple[Fault, ...]:
    """An agreement's word that a statute lifts confidence is not enough: the law's data must say so of that power.

    Where it says so of another nation only, or does not know the power at all, somebody is asked.
    """
    nations = nations_lifting(power, matter.law, matter.request.purpose, matter.on)
    if matter.request.nation in nations:
        return ()
    if nations:
        return (Fault("NATION_NOT_COVERED", asks=True),)
    return (NOT_LIFTED,) if all(_is_known(each, matter.law) for each in powers(power)) else (_WHAT_POWER,)


def statute_lifts(power: str | None, law: Law, purpose: str, nation: str, on: date) -> bool:
    """True if one of the powers named, with ``;`` between them, lifts confidence by statute for the purpose."""
    return nation in nations_lifting(power, law, purpose, on)


def nations_lifting(power: str | None, law: Law, purpose: str, on: date) -> Words:
    """The nations in which one of these powers lifts confidence by statute for the purpose."""
    named = powers(power)
    gateways = law.by_purpose.get(purpose, law.for_any)
    lifting = [(g.code, g.nations, g.dates) for g in gateways if g.lifts == "statute"]
    lifting += [(act.code, act.nations, act.dates) for act in law.acts if purpose in act.lifts_for]
    return NONE.union(
        *(nations for code, nations, dates in lifting if dates.hold(on) and any(is_part(each, code) for each in named))
    )


def _is_known(power: str, law: Law) -> bool:
    """True if the law's data knows the act; then it would know that this part of it lifts confidence."""
    return any(is_part(power, act.code) for act in law.acts)


def outweighed(gateway: Gateway, unmet: tuple[Need, ...], matter: Matter) -> bool:
    """True if it is a danger that lets a power set confidence aside in the public interest."""
    return gateway.kind is Kind.POWER and is_confidential(matter) and _borne_out(gateway, unmet, matter)


def powers(power: str | None) -> tuple[str, ...]:
    """The powers that an agreement names for one party."""
    return tuple(each.strip() for each in (power or "").split(";") if each.strip())


def is_part(named: str, code: str) -> bool:
    """True if what is named is this law or a part of it: ``WRA2012.131(3)`` of ``WRA2012.131``."""
    rest = named.removeprefix(code)
    return rest != named and not rest[:1].isalnum()


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
    finders = matter.law.group("finders", matter.on)
    return any(
        risk.to != "subject"
        and risk.level in _GRAVE
        and risk.timing != "past"
        and risk.arises != "if_shared"
        and risk.assessed_by in finders
        for risk in matter.circumstances.risks
    )
