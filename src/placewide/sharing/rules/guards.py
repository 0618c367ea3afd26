"""What stands before every ground: the right person, their address, somebody else's data, what the law forbids."""

from __future__ import annotations

from collections.abc import Iterator

from placewide.sharing.rules.grounds import Ground
from placewide.sharing.rules.holding import sharing_is_worse
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.decided import Fault, Kind
from placewide.sharing.terms.law import Prohibition
from placewide.sharing.terms.observed import PersonDecided

_SOMEBODY_ELSE_READS = Fault("CONFIDENCE_NOT_LIFTED", asks=False)
_WHO_READS = Fault("NEEDS_PROFESSIONAL_JUDGEMENT", asks=True)


def faults(ground: Ground | None, matter: Matter) -> tuple[Fault, ...]:
    """Every such condition that fails, for this ground or, where there is none, for none."""
    return (
        *_match(matter),
        *_address(matter),
        *_delivery(ground, matter),
        *_third_party(ground, matter),
        *_conflict(ground, matter),
        *_harm(ground, matter),
        *(Fault(each.reason, asks=False) for each in forbidding(ground, matter)),
        *_accuracy(ground, matter),
        *_objection(ground, matter),
    )


def _match(matter: Matter) -> Iterator[Fault]:
    subject = matter.subject
    if subject.match_score < matter.law.match_for_machine and subject.match_confirmed_by is None:
        yield Fault("MATCH_UNCERTAIN", asks=True)


def _address(matter: Matter) -> Iterator[Fault]:
    """A protected address: only a named person gives it, to a named recipient, and never where others may read it."""
    if "address_protected" in matter.subject.marks and "address" in matter.item.categories:
        yield Fault("ADDRESS_PROTECTED", asks=matter.recipient.read_by_others != "shared")


def _delivery(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    """What somebody else may read where it is delivered is not kept safe (UK GDPR Art 5(1)(f)).

    A statute demands the information and not this way of sending it: somebody finds another way.
    """
    by_statute = ground is not None and ground.lifts == "statute"
    read = matter.recipient.read_by_others
    if read == "shared":
        yield _WHO_READS if by_statute else _SOMEBODY_ELSE_READS
    elif read == "unknown" and not by_statute:
        yield _WHO_READS


def _third_party(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    if matter.item.third_party and not (ground is not None and ground.third_party_released):
        yield Fault("THIRD_PARTY_DATA", asks=False)


def _harm(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    """What the law's own gateways look at, an agreement or consent cannot pass by: that sharing itself would harm."""
    if ground is None or ground.kind not in (Kind.AGREEMENT, Kind.CONSENT):
        return
    if matter.child and sharing_is_worse(matter):
        yield Fault("MORE_DETRIMENTAL_TO_CHILD", asks=False)
    views = matter.circumstances.consulted
    if ground.kind is Kind.AGREEMENT and any(each.view == "sharing_would_harm_person" for each in views):
        yield Fault("NEEDS_PROFESSIONAL_JUDGEMENT", asks=True)


def _conflict(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    """Somebody close to the subject lets another ask; where a life is in danger a person decides at once."""
    if matter.recipient.klass == "individual":
        return
    close = matter.law.group("close", matter.on)
    for each in matter.circumstances.relationships:
        if each.party == "asker" and each.subject == matter.subject.id and each.kind in close:
            yield Fault("CONFLICT_OF_INTEREST", asks=ground is not None and ground.kind is Kind.EMERGENCY)
            return


def _accuracy(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    """While its accuracy is disputed an item is kept back, but for what UK GDPR Art 18(2) allows."""
    allowed = ground is not None and (
        ground.kind in (Kind.DUTY, Kind.EMERGENCY, Kind.CONSENT)
        or (ground.kind is Kind.POWER and ground.lifts == "public_interest")
    )
    if "accuracy_disputed" in matter.item.marks and not allowed:
        yield Fault("ACCURACY_DISPUTED", asks=False)


def _objection(ground: Ground | None, matter: Matter) -> Iterator[Fault]:
    """An objection under UK GDPR Art 21 reaches bases (e), (ea) and (f) only, and somebody has to weigh it."""
    objections = [each for each in matter.said if each.says == "objects_art21"]
    if not objections or ground is None or ground.basis not in matter.law.group("objection", matter.on):
        return
    last = max(each.day for each in objections)
    answers = [d for d in matter.circumstances.decisions if _weighs(d, matter) and d.day >= last]
    result = max(answers, key=lambda each: each.day).result if answers else None
    if result == "upheld":
        yield Fault("ART21_UPHELD", asks=False)
    elif result != "overruled":
        yield Fault("NEEDS_IG_DECISION", asks=True, about="art21_objection")


def _weighs(decision: PersonDecided, matter: Matter) -> bool:
    weighing = matter.law.question("NEEDS_IG_DECISION", matter.on).may_decide
    return decision.about == "art21_objection" and decision.subject == matter.subject.id and decision.by in weighing


def forbidding(ground: Ground | None, matter: Matter) -> Iterator[Prohibition]:
    """The prohibitions that catch this item and that this ground is no exception to."""
    for rule in matter.law.prohibitions:
        for_this = not rule.purposes or matter.request.purpose in rule.purposes
        if for_this and forbids(rule, matter) and not _excepted(rule, ground, matter):
            yield rule


def forbids(rule: Prohibition, matter: Matter) -> bool:
    """True if it is in force here and catches this person and this item, whatever the purpose."""
    opted_out = matter.subject.national_opt_out
    if matter.request.nation not in rule.nations or not rule.dates.hold(matter.on):
        return False
    if rule.opted_out and (opted_out is None or opted_out > matter.on):
        return False
    if rule.categories and not rule.categories.intersection(matter.item.categories):
        return False
    return not rule.marks or bool(rule.marks & matter.item.marks)


def _excepted(rule: Prohibition, ground: Ground | None, matter: Matter) -> bool:
    if matter.request.purpose in rule.except_purposes or matter.recipient.functions & rule.except_functions:
        return True
    if ground is None:
        return False
    # That an agreement between organisations speaks of consent is no consent: the person must have given it.
    consented = ground.kind is not Kind.AGREEMENT or matter.heard("agrees")
    by_ground = (ground.lifts in rule.except_lifts and consented) or ground.kind in rule.except_kinds
    return by_ground or ground.code in rule.except_gateways
