"""A named person's recorded decision: it can turn a question into a release, never a refusal."""

from __future__ import annotations

from datetime import date

from placewide.sharing.rules.confidence import NOT_LIFTED, is_confidential
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.decided import Fault
from placewide.sharing.terms.observed import PersonDecided

RELEASE = "release"
_OWN_REFUSALS = frozenset({"declines", "objects_care"})  # what is withdrawn, the law of consent looks at
_UNABLE = ("assessed_lacks", "doubted")


def answered(matter: Matter, faults: tuple[Fault, ...]) -> tuple[PersonDecided, ...]:
    """The decisions that answer every one of these questions, or the one that says no. None: some are still open."""
    found = [each for each in matter.circumstances.decisions if _counts(each, matter)]
    last = max(found, key=_order, default=None)
    if last is not None and last.result != RELEASE:
        return (last,)
    answers = [_answer(found, fault, matter) for fault in faults]
    given = tuple(dict.fromkeys(each for each in answers if each is not None))
    refusing = tuple(each for each in given if each.result != RELEASE)
    return refusing or (() if None in answers else given)


def _order(decision: PersonDecided) -> tuple[date, bool]:
    return decision.day, decision.result != RELEASE


def _answer(found: list[PersonDecided], fault: Fault, matter: Matter) -> PersonDecided | None:
    """The last word on one question by somebody who may answer it, if there is one."""
    may_decide = matter.law.question(fault.reason, matter.on).may_decide
    fitting = [each for each in found if each.by in may_decide and each.about == fault.about]
    last = max(fitting, key=_order, default=None)
    if last is not None and last.result == RELEASE and not _may_release(last, fault, matter):
        return None
    return last


def _may_release(decision: PersonDecided, fault: Fault, matter: Matter) -> bool:
    """False if the person has said no since, or nobody knows who else would read a protected address."""
    said_no = [each.day for each in matter.said if each.says != "agrees"]
    unsafe = fault.reason == "ADDRESS_PROTECTED" and matter.recipient.read_by_others != "not_shared"
    return not unsafe and all(day <= decision.day for day in said_no)


def unheard(matter: Matter) -> tuple[Fault, ...]:
    """What stands against a decision that no law supports: the person's own refusal, if it is held in confidence."""
    unable = matter.subject.capacity in _UNABLE
    speaking = ("representative",) if unable else ("subject", "representative")
    refused = any(each.by in speaking and each.says in _OWN_REFUSALS for each in matter.said)
    return (NOT_LIFTED,) if refused and is_confidential(matter) else ()


def _counts(decision: PersonDecided, matter: Matter) -> bool:
    return (
        decision.about == "one_off_release"
        and decision.by in matter.law.deciders(matter.on)
        and bool(decision.name)
        and decision.subject == matter.subject.id
        and (decision.recipient == matter.recipient.id or (decision.recipient is None and decision.result != RELEASE))
        and (not decision.items or matter.item.id in decision.items)
    )
