"""A decision about several people, told apart: for each what is about them, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import replace

from placewide.sharing.explaining.telling import Telling
from placewide.sharing.rules.decide import decide
from placewide.sharing.terms.agreed import Agreements
from placewide.sharing.terms.asked import Request
from placewide.sharing.terms.decided import Decision, Outcome
from placewide.sharing.terms.observed import Circumstances

_GIVEN = (Outcome.MUST_SHARE, Outcome.MAY_SHARE)


def told_apart(telling: Telling, agreements: Agreements) -> Telling:
    """The same with what each person is told, where something is asked about more than one."""
    about = [each.id for each in telling.request.subjects if any(i.subject == each.id for i in telling.request.items)]
    if len(telling.request.subjects) < 2:
        return telling
    return replace(telling, apart={subject: _of(telling, agreements, subject) for subject in about})


def _of(telling: Telling, agreements: Agreements, subject: str) -> Telling:
    request, circumstances = _asked(telling.request, subject), _observed(telling.circumstances, subject)
    alone = decide(agreements, telling.law, request, circumstances, telling.on)
    decision = _part(telling.decision, alone, frozenset(each.id for each in request.items))
    return replace(telling, request=request, circumstances=circumstances, decision=decision)


def _asked(request: Request, subject: str) -> Request:
    return replace(
        request,
        subjects=tuple(each for each in request.subjects if each.id == subject),
        items=tuple(each for each in request.items if each.subject == subject),
    )


def _observed(circumstances: Circumstances, subject: str) -> Circumstances:
    """Without what names somebody else: who is what to them, what they said, what was decided about them."""
    c = circumstances
    return replace(
        c,
        relationships=tuple(each for each in c.relationships if each.subject == subject),
        statements=tuple(each for each in c.statements if each.subject == subject),
        links=tuple(each for each in c.links if each.subject == subject),
        decisions=tuple(each for each in c.decisions if each.subject == subject),
    )


def _part(whole: Decision, alone: Decision, items: frozenset[str]) -> Decision:
    """What was decided about these items. ``alone``: the answer if nothing else had been asked for.

    What goes and what stays is that of the whole; what is owed and cited for these items, only ``alone`` can say.
    """
    released = tuple(each for each in whole.released if each.item in items)
    withheld = tuple(each for each in whole.withheld if each.item in items)
    said = {each.reason for each in released} | {each.reason for each in withheld}
    asks = tuple(dict.fromkeys(each.asks for each in withheld if each.asks is not None))
    part = replace(whole, released=released, withheld=withheld, ask_who=asks)
    return replace(
        part,
        outcome=_outcome(part, alone),
        reasons=tuple(each for each in whole.reasons if each in said or each in alone.reasons),
        obligations=tuple(each for each in alone.obligations if each in whole.obligations),
        cites=tuple(each for each in alone.cites if each in whole.cites),
    )


def _outcome(part: Decision, alone: Decision) -> Outcome:
    if part.released:
        return alone.outcome if alone.outcome in _GIVEN else part.outcome
    if part.ask_who:
        return Outcome.ASK
    unsaid = all(each.reason == Outcome.CANNOT_CONFIRM for each in part.withheld)
    return Outcome.CANNOT_CONFIRM if unsaid else Outcome.MUST_NOT
