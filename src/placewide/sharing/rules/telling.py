"""Whether, when and under what exemption the person is told; whom to hear first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from placewide.sharing.rules.matter import later, parent_speaks
from placewide.sharing.terms.asked import Request, Subject, Words
from placewide.sharing.terms.decided import Owed
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.observed import Circumstances, Telling

_KNOWS = ("at_collection", "direct")
_PRESSING = frozenset({"urgent", "emergency"})


def telling(
    law: Law, request: Request, circumstances: Circumstances, on: date, about: tuple[Subject, ...]
) -> tuple[list[Owed], list[str]]:
    """What is owed about telling those it is ``about`` of a release, and the exemptions (UK GDPR Arts 13, 14)."""
    if all(_is_told(law, request, circumstances, on, each) for each in about):
        return [], []
    # A notice says that such things happen. That it happens now may still be what must not be told.
    noticed = any(n.given in _KNOWS and request.purpose in n.purposes for n in circumstances.notices)
    tellers = law.group("tellers", on)
    harmful = [each for each in _last_words(circumstances, tellers) if each.would != "no_effect"]
    harmful = [each for each in harmful if each.until is None or each.until >= on]
    if not harmful:
        return [] if noticed else [Owed("TELL_PERSON_NOW")], []
    exempt = list(dict.fromkeys(code for each in harmful for code in _exemptions(law, each, on)))
    if all(each.until is not None for each in harmful):
        last = max(each.until for each in harmful if each.until is not None)
        return [Owed("TELL_PERSON_LATER", on=later(last, 1)), *_notice(request, circumstances)], exempt
    under = exempt[0] if exempt else None
    return [Owed("DO_NOT_TELL", under=under), *_notice(request, circumstances)], exempt


def _is_told(law: Law, request: Request, circumstances: Circumstances, on: date, subject: Subject) -> bool:
    """True if this person knows. An entry names no person: telling a parent tells the children they speak for."""
    speaking = {"subject", "representative", *(("parent",) if parent_speaks(law, subject, on) else ())}
    told = any(each.who in speaking for each in circumstances.told)
    to = _receiving(request)
    own = any(e.kind == "self" and e.party in to and e.subject == subject.id for e in circumstances.relationships)
    return told or own


def _receiving(request: Request) -> set[str]:
    return {each.id for each in request.recipients}


def _last_words(circumstances: Circumstances, tellers: Words) -> Iterator[Telling]:
    """The latest view of what telling would do, of each role whose view counts."""
    latest: dict[str, Telling] = {}
    for each in sorted(circumstances.telling, key=lambda view: view.day):
        if each.said_by in tellers:
            latest[each.said_by] = each
    return iter(latest.values())


def _exemptions(law: Law, view: Telling, on: date) -> Iterator[str]:
    return (each.code for each in law.exemptions if each.if_telling == view.would and each.dates.hold(on))


def _notice(request: Request, circumstances: Circumstances) -> list[Owed]:
    """Where the person is not told by themselves, a general notice must say that such things happen."""
    given = any(request.purpose in each.purposes for each in circumstances.notices)
    return [] if given else [Owed("NOTICE_IN_PLACE")]


def hearing(request: Request, circumstances: Circumstances) -> list[Owed]:
    """Where the law wants the person heard before, and time allows, and they were not."""
    heard = any(each.who == "subject" for each in circumstances.consulted)
    return [] if heard or request.urgency in _PRESSING else [Owed("HEAR_PERSON_FIRST")]
