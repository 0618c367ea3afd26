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
    _under: Mapping[str, tuple[Authority, ...]] = field(init=False, repr=False, compare=False)
    _before: Mapping[str, tuple[Authority, ...]] = field(init=False, repr=False, compare=False)
    _about: Mapping[int, tuple[ProviderException, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        under: dict[str, list[Authority]] = {}
        before: dict[str, list[Authority]] = {}
        for authority in self.authorities.values():
            above = {authority.county, authority.strategic, *(m.strategic for m in authority.memberships)}
            for code in above - {""}:
                under.setdefault(code, []).append(authority)
            for code in authority.successors:
                before.setdefault(code, []).append(authority)
        object.__setattr__(self, "_under", {code: tuple(found) for code, found in under.items()})
        object.__setattr__(self, "_before", {code: tuple(found) for code, found in before.items()})
        about = {lgsl: tuple(e for e in self.exceptions if lgsl in e.lgsl) for lgsl in self.services}
        object.__setattr__(self, "_about", about)

    def inside(self, code: str, on: date) -> tuple[Authority, ...]:
        """The authorities of a day that then had this one as their county or strategic authority."""
        return tuple(
            a for a in self._under.get(code, ()) if lives(a, on) and code in (a.county, self.strategic_of(a, on))
        )

    def strategic_of(self, authority: Authority, on: date) -> str:
        """The code of the strategic authority a council belonged to on a day; empty for none."""
        code = next(
            (m.strategic for m in authority.memberships if m.first_day <= on <= m.last_day), authority.strategic
        )
        above = self.authorities.get(code)
        return code if above is not None and lives(above, on) else ""

    def before(self, code: str) -> tuple[Authority, ...]:
        """The authorities in whose place this one came."""
        return self._before.get(code, ())

    def about(self, lgsl: int) -> tuple[ProviderException, ...]:
        """The exceptions about a service."""
        return self._about.get(lgsl, ())

    def joined_by(self, authorities: Iterable[Authority]) -> Reference:
        """The same with these authorities added: those of this node that the published file does not have."""
        return replace(self, authorities={**{a.code: a for a in authorities}, **self.authorities})


def lives(authority: Authority, on: date) -> bool:
    """Whether it exists on a day: begun, and not ended."""
    return begun(authority, on) and (authority.last_day is None or on <= authority.last_day)


def begun(authority: Authority, on: date) -> bool:
    """Whether its first day has come."""
    return authority.first_day is None or authority.first_day <= on


def providers(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    """Who provides ``service`` in the area of ``authority`` on a day, each once: itself, other councils, others.

    A county asked about a service of the lower tier, and a combined authority or the GLA asked about any, answer with
    the councils of their area; where both tiers provide, both answer. An authority that has ended answers with its
    successors, one that has not begun with its predecessors. Empty where the list names none of them.
    """
    service = _as_of(service, on)
    found: dict[tuple[str, str], Provider] = {}
    for council in _councils(reference, authority, service, on):
        for provider in _with_exceptions(reference, council, service, on):
            found.setdefault((provider.code, provider.name), provider)
    for provider in _own(reference, authority, service, on):
        found.setdefault((provider.code, provider.name), provider)
    return tuple(sorted(found.values(), key=lambda p: (p.code != authority.code, not p.code, p.name)))


def _as_of(service: ServiceLine, on: date) -> ServiceLine:
    """The service with the tier that provided it on a day."""
    return replace(service, tier=next((tier for tier, last in service.earlier if on <= last), service.tier))


def successors(reference: Reference, authority: Authority, on: date) -> tuple[Authority, ...]:
    """The authorities that stand in an ended one's place on a day, following every reorganisation since."""
    if authority.last_day is None or on <= authority.last_day:
        return ()
    heirs = (reference.authorities.get(code) for code in authority.successors)
    return _once(a for heir in heirs if heir for a in successors(reference, heir, on) or (heir,) if lives(a, on))


def predecessors(reference: Reference, authority: Authority, on: date) -> tuple[Authority, ...]:
    """The authorities in whose place one came that had not begun on a day, following every reorganisation back."""
    if begun(authority, on):
        return ()
    earlier = reference.before(authority.code)
    return _once(a for old in earlier for a in predecessors(reference, old, on) or (old,) if lives(a, on))


def _councils(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Authority, ...]:
    """The councils to which the providing tier points."""
    if not lives(authority, on):
        others = successors(reference, authority, on) or _most_local(predecessors(reference, authority, on))
        return _once(council for other in others for council in _councils(reference, other, service, on))
    if authority.tier is Tier.STRATEGIC:
        members = reference.inside(authority.code, on)
        return _once(council for member in members for council in _councils_below(reference, member, service, on))
    if authority.tier is Tier.DISTRICT and service.tier is not ProvidingTier.DISTRICT:
        county = reference.authorities.get(authority.county)
        own = (authority,) if service.tier is ProvidingTier.ALL else ()
        return own + ((county,) if county else ())
    return _councils_below(reference, authority, service, on)


def _most_local(predecessors: tuple[Authority, ...]) -> tuple[Authority, ...]:
    """Without the county, where districts are named: they lead to it, and it to districts that lay elsewhere."""
    return tuple(a for a in predecessors if a.tier is not Tier.COUNTY) or predecessors


def _councils_below(
    reference: Reference, authority: Authority, service: ServiceLine, on: date
) -> tuple[Authority, ...]:
    """Itself, if it is of a providing tier, and those of its districts that are."""
    tiers = _PROVIDES[service.tier]
    districts = reference.inside(authority.code, on) if authority.tier is Tier.COUNTY else ()
    return tuple(council for council in (authority, *districts) if council.tier in tiers)


def _with_exceptions(reference: Reference, council: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    fitting = [e for e in reference.about(service.lgsl) if _holds(reference, e, council, on)]
    instead = [e for e in fitting if e.effect is ExceptionEffect.INSTEAD]
    if instead:
        first = [_provider(reference, e, council, on) for e in instead]
    else:
        notes = " ".join(e.note for e in fitting if e.effect is ExceptionEffect.NOTE)
        first = [Provider(council.code, council.name, notes)]
    also = [_provider(reference, e, council, on) for e in fitting if e.effect is ExceptionEffect.ALSO]
    return tuple(first + also)


def _own(reference: Reference, authority: Authority, service: ServiceLine, on: date) -> tuple[Provider, ...]:
    """What a strategic authority does itself: only where an exception says so."""
    if authority.tier is not Tier.STRATEGIC or not lives(authority, on):
        return ()
    about = (e for e in reference.about(service.lgsl) if e.scope == "code")
    fitting = (e for e in about if _holds(reference, e, authority, on))
    return tuple(_provider(reference, e, authority, on) for e in fitting if e.effect is not ExceptionEffect.NOTE)


def _holds(reference: Reference, exception: ProviderException, council: Authority, on: date) -> bool:
    begins = exception.starts is None or exception.starts <= on
    over = exception.ends is not None and exception.ends < on
    if not begins or over:
        return False
    return _fits(reference, exception, council, on) and _can_act(reference, exception, council, on)


def _fits(reference: Reference, exception: ProviderException, council: Authority, on: date) -> bool:
    if exception.scope == "code":
        return council.code in exception.value.split()
    if exception.scope == "strategic":
        return exception.value == reference.strategic_of(council, on)
    wider = {"nation": council.nation, "region": council.region, "kind": council.kind}
    return exception.value == wider[exception.scope]


def _can_act(reference: Reference, exception: ProviderException, council: Authority, on: date) -> bool:
    """Whether whoever the exception names existed on the day: no authority acts before it is made."""
    if exception.code == "strategic":
        return bool(reference.strategic_of(council, on))
    named = reference.authorities.get(exception.code)
    return named is None or lives(named, on)


def _provider(reference: Reference, exception: ProviderException, council: Authority, on: date) -> Provider:
    code = reference.strategic_of(council, on) if exception.code == "strategic" else exception.code
    named = reference.authorities.get(code)
    return Provider(code, named.name if named else exception.name, exception.note)


def _once(authorities: Iterable[Authority]) -> tuple[Authority, ...]:
    return tuple({authority.code: authority for authority in authorities}.values())
