"""The decision on a whole request: each item for each recipient, then one answer, always in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from placewide.sharing.rules import guards, telling
from placewide.sharing.rules.answering import Answer, answer
from placewide.sharing.rules.grounds import not_open_to
from placewide.sharing.rules.matter import Matter, is_child, kinds_of, parent_speaks, said_about, standing
from placewide.sharing.terms.agreed import Agreement, Agreements
from placewide.sharing.terms.asked import Request, Subject
from placewide.sharing.terms.decided import Decision, Fault, Kind, Outcome, Owed, Released, Withheld
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.observed import Circumstances

_STRONGEST = (Outcome.MUST_SHARE, Outcome.MAY_SHARE, Outcome.ASK, Outcome.MUST_NOT, Outcome.CANNOT_CONFIRM)
_SHARED = (Outcome.MUST_SHARE, Outcome.MAY_SHARE)
_NONE_CITED = (Fault("NO_AGREEMENT", asks=True),)
_OTHER_VERSION = (Fault("AGREEMENT_NOT_IN_FORCE", asks=True), *_NONE_CITED)


def decide(agreements: Agreements, law: Law, request: Request, circumstances: Circumstances, on: date) -> Decision:
    """What must, may, must not be shared, or a person be asked. ``on``: the day, and the law of that day.

    The same input gives the same answer. Items that are not held, and items whose very existence is sensitive, get one
    and the same answer.
    """
    now = standing(circumstances, on)
    agreed, lacking = _cited(agreements, request)
    matters = list(_matters(law, request, now, on))
    answers = [answer(matter, agreed, lacking) for matter in matters]
    outcome = min((each.outcome for each in answers), key=_STRONGEST.index)
    withheld = _withheld(law, request, answers, on)
    obligations, exempt = _obligations(law, request, now, on, answers)
    return Decision(
        outcome=outcome,
        released=tuple(_released(request, answers)),
        withheld=withheld,
        reasons=_reasons(law, request, answers, withheld, outcome),
        obligations=obligations,
        cites=_cites(matters, answers, exempt),
        ask_who=tuple(dict.fromkeys(each.asks for each in withheld if each.asks is not None)),
        rules=_rules(answers),
        agreement=request.agreement if agreed is not None else None,
        everybody=tuple(each.id for each in request.recipients),
    )


def _cited(agreements: Agreements, request: Request) -> tuple[Agreement | None, tuple[Fault, ...]]:
    """The agreement cited, and what to say where there is none: perhaps another version of it is in force."""
    if request.agreement is None:
        return None, _NONE_CITED
    other = request.agreement.id in agreements.known
    return agreements.by_citation.get(request.agreement), _OTHER_VERSION if other else _NONE_CITED


def _matters(law: Law, request: Request, circumstances: Circumstances, on: date) -> Iterator[Matter]:
    subjects = {each.id: each for each in request.subjects}
    ages = {each.id: (is_child(law, each, on), parent_speaks(law, each, on)) for each in request.subjects}
    for recipient in request.recipients:
        about = {}
        for subject in request.subjects:
            child, parented = ages[subject.id]
            kinds = kinds_of(recipient, subject, child, circumstances)
            about[subject.id] = (child, kinds, said_about(subject, recipient, request.purpose, parented, circumstances))
        for item in request.items:
            subject = subjects[item.subject]
            yield Matter(law, request, circumstances, on, item, subject, recipient, *about[item.subject])


def _released(request: Request, answers: list[Answer]) -> Iterator[Released]:
    for item in request.items:
        groups: dict[tuple[str, str], list[Answer]] = {}
        for each in answers:
            if each.item == item.id and each.outcome in _SHARED and each.ground is not None:
                groups.setdefault((each.ground.code, each.ground.reason), []).append(each)
        for (code, reason), found in groups.items():
            starts, ends = found[0].starts, found[0].ends  # the time it is cut to is the same for everybody
            yield Released(item.id, starts, ends, tuple(each.recipient for each in found), code, reason)


def _withheld(law: Law, request: Request, answers: list[Answer], on: date) -> tuple[Withheld, ...]:
    found: dict[tuple[str, str, str | None], list[str]] = {}
    for item in request.items:
        for each in answers:
            if each.item != item.id:
                continue
            reasons = [fault.reason for fault in each.faults] + (["MORE_THAN_NEEDED"] if each.cut else [])
            for reason in dict.fromkeys(reasons):
                asks = law.question(reason, on).asked if each.outcome is Outcome.ASK else None
                found.setdefault((item.id, reason, asks), []).append(each.recipient)
    return tuple(Withheld(item, reason, tuple(who), asks) for (item, reason, asks), who in found.items())


def _reasons(
    law: Law, request: Request, answers: list[Answer], withheld: Iterable[Withheld], outcome: Outcome
) -> tuple[str, ...]:
    grounds = [r for each in answers if each.ground is not None for r in (each.ground.reason, *each.ground.also)]
    reasons = [*grounds, *(each.reason for each in withheld)]
    claimed = law.bases.get(request.claimed_basis) if request.claimed_basis is not None else None
    barred = claimed is not None and request.provider.klass in claimed.not_open_to
    if barred and outcome is not Outcome.CANNOT_CONFIRM:
        reasons.append(not_open_to(request.provider.klass))
    return tuple(dict.fromkeys(reasons))


def _obligations(
    law: Law, request: Request, circumstances: Circumstances, on: date, answers: list[Answer]
) -> tuple[tuple[Owed, ...], list[str]]:
    owed: list[Owed] = []
    exempt: list[str] = []
    released = [each for each in answers if each.ground is not None]
    for each in released:
        owed += each.ground.obligations if each.ground is not None else ()
    if any(each.cut for each in answers):
        owed.append(Owed("MINIMUM_ONLY"))
    if any(each.outcome is Outcome.ASK for each in answers):
        owed.append(Owed("RECORD_WHY"))
    kept_back = {each.item for each in answers if any(fault.reason == "THIRD_PARTY_DATA" for fault in each.faults)}
    if kept_back and released:
        owed.append(Owed("REDACT_THIRD_PARTY"))
    if released and request.urgency == "emergency":  # somebody declared it: somebody looks at it afterwards
        owed.append(Owed("REVIEW_WITHIN", hours=law.emergency_review_hours))
    if any(_to_hear(each) for each in answers):
        owed += telling.hearing(request, circumstances)
    if any(each.ground is not None and each.ground.kind is not Kind.CONSENT for each in released):
        told, exempt = telling.telling(law, request, circumstances, on, _subjects(request, released))
        owed += told
    return tuple(dict.fromkeys(owed)), exempt


def _subjects(request: Request, released: list[Answer]) -> tuple[Subject, ...]:
    """Those whom something of what goes is about."""
    gone = {each.item for each in released}
    about = {item.subject for item in request.items if item.id in gone}
    return tuple(each for each in request.subjects if each.id in about)


def _to_hear(found: Answer) -> bool:
    return any(ground.hear_before for ground in (found.looked_at if found.ground is None else (found.ground,)))


def _cites(matters: list[Matter], answers: list[Answer], exempt: list[str]) -> tuple[str, ...]:
    cites: list[str] = []
    for matter, each in zip(matters, answers, strict=True):
        if each.ground is not None:
            cites += each.ground.cites
        elif each.outcome in (Outcome.ASK, Outcome.MUST_NOT):
            cites += [ground.code for ground in each.looked_at]
            cites += [rule.code for rule in guards.forbidding(None, matter) if _names(each, rule.reason)]
    return tuple(dict.fromkeys([*cites, *exempt]))


def _names(found: Answer, reason: str) -> bool:
    return any(fault.reason == reason for fault in found.faults)


def _rules(answers: list[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ground.code for each in answers for ground in each.looked_at))
