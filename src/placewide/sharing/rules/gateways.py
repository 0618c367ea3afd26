"""A gateway of the law as a ground: whom it reaches, what it needs, what bars it, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from placewide.sharing.rules import confidence, minimum
from placewide.sharing.rules.grounds import Ground, classes_of, open_basis
from placewide.sharing.rules.holding import holds, is_reached
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.asked import NONE
from placewide.sharing.terms.decided import Fault, Owed
from placewide.sharing.terms.law import Gateway, Need

_NO_CONDITION = Fault("NO_ART9_CONDITION", asks=False)
_CONSENT = "UKGDPR.6.1.a"
_PRESSING = frozenset({"urgent", "emergency"})


def reaching(matter: Matter) -> Iterator[Gateway]:
    """The gateways in force, of any nation, for this purpose, these bodies and this subject, strongest first."""
    for gateway in matter.law.by_purpose.get(matter.request.purpose, matter.law.for_any):
        if gateway.dates.hold(matter.on) and _between(gateway, matter):
            yield gateway


def _between(gateway: Gateway, matter: Matter) -> bool:
    if gateway.subject is not None and (gateway.subject == "child") != matter.child:
        return False
    provider = matter.request.provider
    return is_reached(gateway.recipient, matter.recipient, matter.kinds) and is_reached(
        gateway.provider, provider, NONE
    )


def need_to_know(matter: Matter) -> bool:
    """False if the law names who may need this for such a purpose, and the recipient is none of them.

    Whom a law names that is not in force yet, or no longer, may need it all the same: then somebody is asked.
    """
    naming = matter.law.by_purpose.get(matter.request.purpose, ())
    named = [g.recipient for g in naming if g.recipient.functions or g.recipient.classes or g.recipient.relationships]
    return not named or any(is_reached(whom, matter.recipient, matter.kinds) for whom in named)


def ground(gateway: Gateway, matter: Matter) -> Ground | None:
    """The gateway as a ground, with every condition that fails. None: it does not apply here."""
    unmet = tuple(need for need in gateway.needs if not _met(need, matter))
    barred = [bar for bar in gateway.bars if holds(bar.test, matter) and not any(holds(t, matter) for t in bar.unless)]
    if any(bar.then is None for bar in barred):
        return None
    bars = tuple(bar.then for bar in barred if bar.then is not None)
    if any(need.otherwise is None for need in unmet):
        # What a person has forbidden stays forbidden where the gateway would otherwise not even be looked at.
        bars = tuple(fault for fault in bars if not fault.asks)
        return _as_ground(gateway, matter, bars, None, ()) if bars else None
    basis, no_basis = _basis(gateway, matter)
    conditions, no_condition = _conditions(gateway, matter)
    faults = (
        *(need.otherwise for need in unmet if need.otherwise is not None),
        *bars,
        *(confidence.capacity_faults(matter) if gateway.capacity_matters else ()),
        *(() if gateway.safeguards else (Fault("GATEWAY_WITHOUT_SAFEGUARDS", asks=False),)),
        *no_basis,
        *no_condition,
        *confidence.gateway_faults(gateway, unmet, matter),
        *minimum.category_faults(gateway, matter),
    )
    made = _as_ground(gateway, matter, faults, basis, conditions)
    if confidence.lifted_by_consent(gateway, unmet, matter):
        return replace(made, also=("PERSON_CONSENTED",))
    return replace(made, also=("PUBLIC_INTEREST",)) if confidence.outweighed(gateway, unmet, matter) else made


def _as_ground(
    gateway: Gateway, matter: Matter, faults: tuple[Fault, ...], basis: str | None, conditions: tuple[str, ...]
) -> Ground:
    hours = matter.law.emergency_review_hours
    owed = tuple(Owed(code, hours=hours if code == "REVIEW_WITHIN" else None) for code in gateway.obligations)
    return Ground(
        code=gateway.code,
        kind=gateway.kind,
        reason=gateway.reason,
        lifts=gateway.lifts,
        basis=basis,
        faults=tuple(dict.fromkeys(faults)),
        cites=(gateway.code, *([basis] if basis else []), *conditions),
        obligations=owed,
        third_party_released=gateway.third_party_released,
        hear_before=gateway.hear_before,
    )


def _met(need: Need, matter: Matter) -> bool:
    waived = need.unless_urgent and matter.request.urgency in _PRESSING
    return waived or holds(need.test, matter)


def _basis(gateway: Gateway, matter: Matter) -> tuple[str | None, tuple[Fault, ...]]:
    klass = matter.request.provider.klass
    codes = gateway.basis.get(klass, gateway.basis.get("default", ()))
    if _CONSENT in codes and not any(s.says == "agrees" and s.kind == "uk_gdpr" for s in matter.said):
        # Agreeing that confidence may be lifted is no consent under UK GDPR Art 4(11).
        codes = tuple(code for code in codes if code != _CONSENT)
    return open_basis(codes, klass, matter.law, matter.on)


def _conditions(gateway: Gateway, matter: Matter) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    found: list[str] = []
    for klass in classes_of(matter.item, matter.law):
        codes = gateway.art9 if klass == "special" else gateway.art10
        if not codes:
            return tuple(found), (_NO_CONDITION,)
        found.append(codes[0])
    return tuple(dict.fromkeys(found)), ()
