"""The answer for one item and one recipient: on what ground it goes, or everything that stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from placewide.sharing.rules import agreement, gateways, guards, minimum, person
from placewide.sharing.rules.grounds import Ground
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.agreed import Agreement
from placewide.sharing.terms.decided import STRENGTH, Fault, Kind, Outcome, Owed
from placewide.sharing.terms.law import Gateway
from placewide.sharing.terms.observed import PersonDecided

CANNOT_CONFIRM = "CANNOT_CONFIRM"
_DECIDED = "NAMED_PERSON_DECIDED"


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of one item for one recipient. ``cut``: a part of it lies outside the time the matter covers."""

    item: str
    recipient: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    ground: Ground | None = None
    starts: date | None = None
    ends: date | None = None
    cut: bool = False
    looked_at: tuple[Ground, ...] = ()


def answer(matter: Matter, cited: Agreement | None, lacking: tuple[Fault, ...]) -> Answer:
    """Answer for one item and recipient. ``cited``: the agreement relied on; ``lacking``: what to say without one."""
    item, recipient = matter.item.id, matter.recipient.id
    if not matter.item.confirmable:
        return Answer(item, recipient, Outcome.CANNOT_CONFIRM, (Fault(CANNOT_CONFIRM, asks=False),))
    agreed = cited if cited is not None and agreement.between(cited, matter) else None
    if cited is not None and agreed is None:
        lacking = (Fault("PARTY_NOT_SIGNED", asks=True), Fault("NO_AGREEMENT", asks=True))
    time = minimum.narrowed(matter.item, matter.circumstances.period)
    looked_at: list[Ground] = []
    faults: list[Fault] = []
    for ground in _grounds(matter, agreed):
        looked_at.append(ground)
        failed = (*ground.faults, *guards.faults(ground, matter))
        if not failed and time is not None:
            outcome = Outcome.MUST_SHARE if ground.kind is Kind.DUTY else Outcome.MAY_SHARE
            return Answer(item, recipient, outcome, (), ground, *time, looked_at=tuple(looked_at))
        faults += failed
    faults += () if time is not None else (minimum.TOO_MUCH,)
    faults += _beside(matter, tuple(looked_at), lacking)
    return _unless_decided(matter, tuple(dict.fromkeys(faults)), tuple(looked_at), time)


def _grounds(matter: Matter, agreed: Agreement | None) -> Iterator[Ground]:
    """Every ground that applies, strongest first."""
    weaker: list[Gateway] = []
    for gateway in gateways.reaching(matter):
        if matter.request.nation not in gateway.nations:
            continue
        if STRENGTH[gateway.kind] > STRENGTH[Kind.AGREEMENT]:
            weaker.append(gateway)
        elif (made := gateways.ground(gateway, matter)) is not None:
            yield made
    if agreed is not None:
        yield agreement.ground(agreed, matter)
    for gateway in weaker:
        if (made := gateways.ground(gateway, matter)) is not None:
            yield made


def _beside(matter: Matter, grounds: tuple[Ground, ...], lacking: tuple[Fault, ...]) -> Iterator[Fault]:
    """Why there is no other ground, and what stands in the way of any."""
    of_law = any(each.kind is not Kind.AGREEMENT for each in grounds)
    if not of_law and _elsewhere(matter):
        yield Fault("NATION_NOT_COVERED", asks=True)
    elif not grounds:
        yield from lacking if gateways.need_to_know(matter) else (Fault("NO_NEED_TO_KNOW", asks=False),)
    if not grounds:
        yield from guards.faults(None, matter)


def _elsewhere(matter: Matter) -> bool:
    """True if the law of another nation has a gateway that would be looked at here."""
    return any(
        matter.request.nation not in gateway.nations and gateways.ground(gateway, matter) is not None
        for gateway in gateways.reaching(matter)
    )


def _unless_decided(
    matter: Matter,
    faults: tuple[Fault, ...],
    grounds: tuple[Ground, ...],
    time: tuple[date | None, date | None, bool] | None,
) -> Answer:
    item, recipient = matter.item.id, matter.recipient.id
    if not all(fault.asks for fault in faults) or time is None:
        return Answer(item, recipient, Outcome.MUST_NOT, faults, looked_at=grounds)
    decided = person.answered(matter, faults)
    if not decided:
        return Answer(item, recipient, Outcome.ASK, faults, looked_at=grounds)
    against = person.unheard(matter) if not grounds else ()
    refused = any(each.result != person.RELEASE for each in decided)
    against += (Fault(_DECIDED, asks=False),) if refused else ()
    if against:
        return Answer(item, recipient, Outcome.MUST_NOT, (*faults, *against), looked_at=grounds)
    ground = _by_person(matter, faults, decided, grounds)
    return Answer(item, recipient, Outcome.MAY_SHARE, (), ground, *time, looked_at=grounds)


def _by_person(
    matter: Matter, faults: tuple[Fault, ...], decided: tuple[PersonDecided, ...], grounds: tuple[Ground, ...]
) -> Ground:
    """The decision as a ground: it rests on the law whose questions it answers, and on the law that lets it answer."""
    cites = [code for each in grounds for code in _resting_on(each)]
    cites += [matter.law.question(fault.reason, matter.on).code for fault in faults]
    owed = (Owed("MINIMUM_ONLY"), *(Owed("RECORD_WHY", under=each.name, by=each.by) for each in decided))
    return Ground("named_person", Kind.NAMED_PERSON, _DECIDED, "none", None, (), tuple(dict.fromkeys(cites)), owed)


def _resting_on(ground: Ground) -> tuple[str, ...]:
    """What a decision cites of a ground that left a question: of a power all of it; a duty not made out is no basis."""
    if ground.kind is Kind.AGREEMENT:
        return ()
    return ground.cites if ground.kind in (Kind.POWER, Kind.CONSENT) else (ground.code,)
