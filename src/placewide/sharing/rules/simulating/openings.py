"""Who could see what under which conditions, and what differs between two sets of agreements.

Nothing is decided here: the rules that decide requests are asked about the request that just meets the conditions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from placewide.sharing.rules.simulating.probing import Probe, failing, ground
from placewide.sharing.terms.agreed import Agreement, Flow
from placewide.sharing.terms.asked import NONE, Cited, Words
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.simulated import Change, Conditions, Days, Difference, Opening

_AGREES = ("agrees",)
_STOPPING = ("objects_care", "declines", "withdraws")


def simulate(agreements: Iterable[Agreement], law: Law, on: date, *, nation: str = "england") -> tuple[Opening, ...]:
    """Everything that the agreements name, with its conditions, and what closes it on that day.

    What an agreement does not name it cannot open; the tests hold this against ``decide``.
    """
    return tuple(opening for agreement in agreements for opening in _openings(agreement, law, on, nation))


def _openings(agreement: Agreement, law: Law, on: date, nation: str) -> Iterator[Opening]:
    cited = Cited(agreement.id, agreement.version)
    for number, flow in enumerate(agreement.flows):
        for purpose in agreement.purposes:
            alike: dict[object, tuple[Conditions, tuple[str, ...]]] = {}
            for category in sorted(flow.categories & law.categories.keys()):
                kind = _kind(category, law)
                if kind not in alike:
                    probe = Probe(agreement, flow, purpose.code, category, nation)
                    closed_by = failing(probe, law, on, holder=law.confidential_holders, says=_AGREES)
                    alike[kind] = _conditions(probe, law, on), closed_by
                ends = (flow.giver, flow.receiver, purpose.code, category)
                yield Opening(cited, number, *ends, *alike[kind])


def _kind(category: str, law: Law) -> object:
    """All that the rules look at in a category of a flow: those that are alike in it are answered alike."""
    return law.categories[category], tuple(category in rule.categories for rule in law.prohibitions)


def _conditions(probe: Probe, law: Law, on: date) -> Conditions:
    agreement, flow, who = probe.agreement, probe.flow, probe.agreement.who
    days = _days(probe, law)
    day = next((first for first, last in days if last is None or on <= last), on)
    day = max(day, on) if days else on
    stopped = _stopped(probe, law, day, NONE)
    rests_on = ground(probe, law, day, holder=law.confidential_holders, says=_AGREES)
    return Conditions(
        roles=who.roles,
        sign_in=who.sign_in,
        vetting=who.vetting,
        training=who.training,
        relationship=who.relationship,
        oldest=who.relationship_max_age_days,
        sensitivity=flow.highest_sensitivity,
        frequencies=flow.mode,
        most_people=flow.most_people,
        agreeing=_agreeing(probe, law, day),
        stopped_by=stopped,
        stopped_if_confidential=_stopped(probe, law, day, law.confidential_holders) - stopped,
        basis=rests_on.basis,
        law=tuple(each for each in rests_on.cites if each not in (agreement.id, rests_on.basis)),
        lifts=rests_on.lifts,
        days=days,
    )


def _agreeing(probe: Probe, law: Law, day: date) -> str:
    """Whether the person has to agree, by what the rules say of somebody who has said nothing."""
    if failing(probe, law, day, holder=NONE, says=_AGREES):
        return "never"  # it does not go at all
    if failing(probe, law, day, holder=NONE, says=()):
        return "always"
    return "if_confidential" if failing(probe, law, day, holder=law.confidential_holders, says=()) else "never"


def _stopped(probe: Probe, law: Law, day: date, holder: Words) -> Words:
    """What the person can say so that it does not go, where it goes at all."""
    if failing(probe, law, day, holder=holder, says=_AGREES):
        return NONE
    return frozenset(says for says in _STOPPING if failing(probe, law, day, holder=holder, says=(says,)))


def _days(probe: Probe, law: Law) -> Days:
    """The times in which it goes: what holds can only change on a day that the agreement or the law names."""
    turning = sorted(_turning(probe.agreement, probe.flow, law))
    found: list[tuple[date, date | None]] = []
    for number, first in enumerate(turning):
        last = turning[number + 1] - timedelta(days=1) if number + 1 < len(turning) else None
        if failing(probe, law, first, holder=law.confidential_holders, says=_AGREES):
            continue
        if found and found[-1][1] == first - timedelta(days=1):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


def _turning(agreement: Agreement, flow: Flow, law: Law) -> set[date]:
    days = {agreement.start}
    for party in agreement.parties:
        if party.org in (flow.giver, flow.receiver):
            days |= {day for day in (party.signed, party.revoked) if day is not None}
    for entry in agreement.law:
        if entry.org == flow.giver and entry.art6 in law.bases:
            dates = law.bases[entry.art6].dates
            days |= {dates.first} if dates.first is not None else set()
            days |= {dates.last + timedelta(days=1)} if dates.last is not None else set()
    if agreement.end is not None:
        days.add(agreement.end + timedelta(days=1))
    return days


def difference(before: Iterable[Opening], after: Iterable[Opening]) -> Difference:
    """What is open in ``after`` and was not in ``before``, the other way round, and what goes otherwise than before."""
    was, now = _by_key(before), _by_key(after)
    return Difference(
        opens=tuple(each for key, found in now.items() if key not in was for each in found),
        closes=tuple(each for key, found in was.items() if key not in now for each in found),
        changes=tuple(Change(was[key], now[key]) for key in now if key in was and _differs(was[key], now[key])),
    )


def _by_key(openings: Iterable[Opening]) -> dict[tuple[str, str, str, str], tuple[Opening, ...]]:
    found: dict[tuple[str, str, str, str], tuple[Opening, ...]] = {}
    for each in openings:
        if not each.closed_by:
            found[each.key] = (*found.get(each.key, ()), each)
    return dict(sorted(found.items()))


def _differs(before: tuple[Opening, ...], after: tuple[Opening, ...]) -> bool:
    return {each.conditions for each in before} != {each.conditions for each in after}
