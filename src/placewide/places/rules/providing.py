"""Who provides a service for an area: the tier points to a council, dated exceptions correct it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from placewide.places.terms import (
    Authority,
    ExceptionEffect,
    Provider,
    ProviderException,
    ProvidingTier,
    ServiceLine,
    Tier,
)

_PROVIDES: Mapping[ProvidingTier, frozenset[Tier]] = {
    ProvidingTier.COUNTY: frozenset({Tier.COUNTY, Tier.UNITARY}),
    ProvidingTier.DISTRICT: frozenset({Tier.DISTRICT, Tier.UNITARY}),
    ProvidingTier.ALL: frozenset({Tier.COUNTY, Tier.DISTRICT, Tier.UNITARY}),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """All authorities, services and exceptions known; authorities by code, services by LGSL."""

    authorities: Mapping[str, Authority]
    services: Mapping[int, ServiceLine]
    exceptions: tuple[ProviderException, ...] = ()
    _inside: Mapping[str, tuple[Authority, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        inside: dict[str, list[Authority]] = {}
        for authority in self.authorities.values():
            for above in {authority.county, authority.strategic} - {""}:
                if authority.current:
                    inside.setdefault(above, []).append(authority)
        object.__setattr__(self, "_inside", {code: tuple(found) for code, found in inside.items()})

    def inside(self, code: str) -> tuple[Authority, ...]:
        """The current authorities that name this one as their county or strategic authority."""
        return self._inside.get(code, ())

    def joined_by(self, authorities: Iterable[Authority]) -> Reference:
        """The same with these authorities added: those of this node that the published file does not have."""
        return replace(self, authorities={**{a.code: a for a in authorities}, **self.authorities})


def providers(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    """Who provides ``service`` in the area of ``authority`` on a day, each once, in the order of the area's councils.

    A county asked about a service of the lower tier, and a combined authority or the GLA asked about any, answer with
    the councils of their area; where both tiers provide, both answer. An authority that has ended answers with its
    successors.
    """
    found: dict[tuple[str, str], Provider] = {}
    for council in _councils(reference, authority, service, on):
        for provider in _with_exceptions(reference, council, service, on):
            found.setdefault((provider.code, provider.name), provider)
    for provider in _own(reference, authority, service, on):
        found.setdefault((provider.code, provider.name), provider)
    return tuple(found.values())


def successors(reference: Reference, authority: Authority, on: date) -> tuple[Authority, ...]:
    """The authorities that stand in an ended one's place on a day, following every reorganisation since."""
    if authority.last_day is None or on <= authority.last_day:
        return ()
    found: dict[str, Authority] = {}
    for code in authority.successors:
        heir = reference.authorities.get(code)
        if heir is not None:
            found.update({a.code: a for a in successors(reference, heir, on) or (heir,)})
    return tuple(found.values())


def _councils(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Authority, ...]:
    """The councils to which the providing tier points."""
    heirs = successors(reference, authority, on)
    if heirs:
        return _once(council for heir in heirs for council in _councils(reference, heir, service, on))
    if authority.tier is Tier.STRATEGIC:
        members = reference.inside(authority.code)
        return _once(council for member in members for council in _councils_below(reference, member, service))
    if authority.tier is Tier.DISTRICT and service.tier is not ProvidingTier.DISTRICT:
        county = reference.authorities.get(authority.county)
        own = (authority,) if service.tier is ProvidingTier.ALL else ()
        return own + ((county,) if county else ())
    return _councils_below(reference, authority, service)


def _councils_below(reference: Reference, authority: Authority, service: ServiceLine) -> tuple[Authority, ...]:
    """Itself, if it is of a providing tier, and those of its districts that are."""
    tiers = _PROVIDES[service.tier]
    districts = reference.inside(authority.code) if authority.tier is Tier.COUNTY else ()
    return tuple(council for council in (authority, *districts) if council.tier in tiers)


def _with_exceptions(reference: Reference, council: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    fitting = [e for e in reference.exceptions if _holds(e, council, service, on)]
    instead = [e for e in fitting if e.effect is ExceptionEffect.INSTEAD]
    if instead:
        first = [_provider(reference, e, council) for e in instead]
    else:
        notes = " ".join(e.note for e in fitting if e.effect is ExceptionEffect.NOTE)
        first = [Provider(council.code, council.name, notes)]
    also = [_provider(reference, e, council) for e in fitting if e.effect is ExceptionEffect.ALSO]
    return tuple(first + also)


def _own(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    """What a strategic authority does itself: only where an exception says so."""
    if authority.tier is not Tier.STRATEGIC:
        return ()
    fitting = (e for e in reference.exceptions if e.scope == "code" and _holds(e, authority, service, on))
    return tuple(_provider(reference, e, authority) for e in fitting if e.effect is not ExceptionEffect.NOTE)


def _holds(exception: ProviderException, council: Authority, service: ServiceLine, on: date) -> bool:
    value = {
        "nation": council.nation,
        "region": council.region,
        "kind": council.kind,
        "strategic": council.strategic,
        "code": council.code,
    }[exception.scope]
    begun = exception.starts is None or exception.starts <= on
    over = exception.ends is not None and exception.ends < on
    fits = value == exception.value or (exception.value == "*" and bool(value))
    return fits and service.lgsl in exception.lgsl and begun and not over


def _provider(reference: Reference, exception: ProviderException, council: Authority) -> Provider:
    code = council.strategic if exception.code == "strategic" else exception.code
    named = reference.authorities.get(code)
    return Provider(code, named.name if named else exception.name, exception.note)


def _once(authorities: Iterable[Authority]) -> tuple[Authority, ...]:
    return tuple({authority.code: authority for authority in authorities}.values())
