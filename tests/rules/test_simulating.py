"""Simulation: what it says can be seen is what the decision on a real request releases, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from placewide.sharing.format.agreements import read_agreement
from placewide.sharing.format.files import schema_of_case, standard_law
from placewide.sharing.rules.decide import decide
from placewide.sharing.rules.simulating import difference, simulate
from placewide.sharing.terms.agreed import Agreement, gather
from placewide.sharing.terms.asked import NONE, Asker, Body, Cited, Item, Request, Subject
from placewide.sharing.terms.observed import Circumstances, Relationship, Statement
from placewide.sharing.terms.simulated import Opening

MODELS = tuple(
    read_agreement(path, path.name).document.runs
    for path in sorted((Path(__file__).resolve().parents[2] / "agreements").glob("*.yaml"))
)
# Gateways stand before and beside agreements: without them a release is the agreement's.
LAW = replace(standard_law(), by_purpose={}, for_any=())
LISTS = {name: tuple(listed["enum"]) for name, listed in schema_of_case()["$defs"].items() if "enum" in listed}
T = TypeVar("T")
SAYS = ((), ("agrees",), ("agrees", "declines"), ("withdraws",), ("objects_care",), ("declines",))


def openly(openings: Iterable[Opening]) -> list[Opening]:
    """Those open on the day."""
    return [each for each in openings if not each.closed_by]


IN_FORCE = date(2026, 6, 1)
DAYS = st.sampled_from([IN_FORCE, IN_FORCE, date(2026, 3, 31), date(2026, 4, 1), date(2028, 3, 31), date(2028, 4, 1)])
SOME_DAY = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """A model agreement, mostly with one change that opens or closes it."""
    model = draw(st.sampled_from(MODELS))
    party, law = draw(st.sampled_from(model.parties)), draw(st.sampled_from(model.law))
    day, lift = draw(SOME_DAY), draw(st.sampled_from(LISTS["lift"]))
    basis = draw(st.sampled_from(["UKGDPR.6.1.ea", "UKGDPR.6.1.a", "UKGDPR.6.1.f"]))
    changes: tuple[Agreement, ...] = (
        model,
        replace(model, status=draw(st.sampled_from(LISTS["status"]))),
        replace(model, start=day),
        replace(model, end=draw(st.none() | st.just(day))),
        replace(model, parties=_instead(model.parties, party, replace(party, signed=draw(st.none() | st.just(day))))),
        replace(model, parties=_instead(model.parties, party, replace(party, revoked=day))),
        replace(model, law=_instead(model.law, law, replace(law, art6=basis))),
        replace(model, law=_instead(model.law, law, replace(law, policy_document=None))),
        replace(model, who=replace(model.who, training=False, vetting=draw(st.sampled_from(LISTS["vetting"])))),
    )
    changed = draw(st.sampled_from(changes))
    if draw(st.booleans()):
        return changed
    return replace(changed, law=tuple(replace(each, confidentiality=lift) for each in changed.law))


def _instead(every: tuple[T, ...], one: T, other: T) -> tuple[T, ...]:
    return tuple(other if each is one else each for each in every)


ASPECTS = ("role", "sign_in", "vetting", "training", "purpose", "category", "frequency", "people", "sensitivity")
LINKS = ("kind", "age", "receiver")


@st.composite
def requests(draw: st.DrawFn, agreement: Agreement, on: date) -> tuple[Request, Circumstances]:
    """A request that just meets the agreement's conditions but for two things at most, and what was observed."""
    flow, who = draw(st.sampled_from(agreement.flows)), agreement.who
    classes = {each.org: each.klass for each in agreement.parties}
    off = draw(st.sets(st.sampled_from([*ASPECTS, *LINKS]), max_size=2))

    def word(name: str, fitting: Iterable[str]) -> str:
        return draw(st.sampled_from(LISTS[name] if name in off else sorted(fitting)))

    functions = draw(st.sampled_from([NONE, frozenset({"health_care"}), frozenset({"policing"})]))
    receiver = draw(st.sampled_from([flow.giver, "somebody-else"])) if "receiver" in off else flow.receiver
    purpose = word("purpose", (each.code for each in agreement.purposes))
    categories = (draw(st.sampled_from(sorted(flow.categories))), word("category", flow.categories))
    trained = draw(st.sampled_from([on - timedelta(days=1), None])) if "training" in off else on
    request = Request(
        nation="england",
        provider=Body(flow.giver, classes[flow.giver], functions, "england"),
        recipients=(Body(receiver, classes.get(receiver, "charity"), NONE, "england"),),
        asker=Asker(word("role", who.roles), word("sign_in", [who.sign_in]), word("vetting", [who.vetting]), trained),
        agreement=Cited(agreement.id, agreement.version),
        purpose=purpose,
        urgency="routine",
        frequency=word("frequency", flow.mode),
        people=flow.most_people + (1 if "people" in off else 0),
        subjects=(Subject("p", date(1980, 1, 1)),),
        items=(Item("i", "p", categories, True, sensitivity=word("sensitivity", [flow.highest_sensitivity])),),
    )
    began = on - timedelta(days=(who.relationship_max_age_days or 0) + (1 if "age" in off else 0))
    kind = draw(st.sampled_from(LISTS["relationship"])) if "kind" in off else who.relationship
    said = tuple(
        Statement("subject", "p", says, on, "uk_gdpr" if says == "agrees" else None, (purpose,), receiver)
        for says in draw(st.sampled_from(SAYS))
    )
    return request, Circumstances(relationships=(Relationship(receiver, "p", kind, began),), statements=said)


def simulated(openings: Iterable[Opening], request: Request, observed: Circumstances, on: date) -> bool:
    """True if the simulation says that the request's one item goes: one flow opens every category of it."""
    flows: dict[int, set[str]] = {}
    for each in openings:
        if each.giver != request.provider.id or each.receiver != request.recipients[0].id:
            continue
        if each.purpose == request.purpose and _meets(each, request, observed, on):
            flows.setdefault(each.flow, set()).add(each.category)
    return any(found >= set(request.items[0].categories) for found in flows.values())


def _meets(opening: Opening, request: Request, observed: Circumstances, on: date) -> bool:
    c, asker, (link,) = opening.conditions, request.asker, observed.relationships
    related = c.relationship == "none" or (
        link.kind == c.relationship and (c.oldest is None or (on - link.starts).days <= c.oldest)
    )
    return (
        any(first <= on and (last is None or on <= last) for first, last in c.days)
        and asker.role in c.roles
        and _at_least("sign_in", asker.sign_in, c.sign_in)
        and _at_least("vetting", asker.vetting, c.vetting)
        and (not c.training or (asker.training_until is not None and asker.training_until >= on))
        and related
        and _at_least("sensitivity", c.sensitivity, request.items[0].sensitivity)
        and request.frequency in c.frequencies
        and request.people <= c.most_people
        and _person_allows(opening, request, observed)
    )


def _at_least(name: str, has: str, wanted: str) -> bool:
    return LISTS[name].index(has) >= LISTS[name].index(wanted)


def _person_allows(opening: Opening, request: Request, observed: Circumstances) -> bool:
    c = opening.conditions
    said = {each.says for each in observed.statements}
    confidential = LAW.categories[opening.category].confidential
    by_holder = bool(request.provider.functions & LAW.confidential_holders)
    kept = confidential == "always" or (confidential == "by_holder" and by_holder)
    refused = said - {"agrees"}
    if refused:  # of two statements of one day the refusing one counts
        return not refused & (c.stopped_by | (c.stopped_if_confidential if kept else NONE))
    return "agrees" in said or c.agreeing == "never" or (c.agreeing == "if_confidential" and not kept)


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_simulate_and_decide_agree(data: st.DataObject) -> None:
    agreement = data.draw(agreements())
    on = data.draw(DAYS)
    request, observed = data.draw(requests(agreement, on))
    openings = simulate([agreement], LAW, on)
    decision = decide(gather((agreement,)), LAW, request, observed, on)
    assert bool(decision.released) == simulated(openings, request, observed, on)


@given(agreements(), DAYS)
@settings(max_examples=40, deadline=None)
def test_what_is_open_on_a_day_is_what_its_days_say(agreement: Agreement, on: date) -> None:
    for each in simulate([agreement], LAW, on):
        in_its_days = any(first <= on and (last is None or on <= last) for first, last in each.conditions.days)
        assert in_its_days == (not each.closed_by)


def test_two_equal_sets_differ_in_nothing() -> None:
    openings = simulate(MODELS, LAW, date(2026, 6, 1))
    assert openly(openings)
    found = difference(openings, openings)
    assert (found.opens, found.closes, found.changes) == ((), (), ())


def test_a_difference_opens_closes_and_changes() -> None:
    on = date(2026, 6, 1)
    badge = next(each for each in MODELS if each.id == "calderbrook-blue-badge")
    (flow,) = badge.flows
    other = replace(
        badge,
        flows=(replace(flow, categories=frozenset({"identity", "address"}), most_people=4),),
    )
    found = difference(simulate([badge], LAW, on), simulate([other], LAW, on))
    assert [each.category for each in found.opens] == ["address"]
    assert [each.category for each in found.closes] == ["benefits"]
    assert [(c.before[0].conditions.most_people, c.after[0].conditions.most_people) for c in found.changes] == [(1, 4)]


def test_an_unsigned_agreement_opens_nothing_and_says_why() -> None:
    badge = next(each for each in MODELS if each.id == "calderbrook-blue-badge")
    unsigned = replace(badge, parties=tuple(replace(each, signed=None) for each in badge.parties))
    openings = simulate([unsigned], LAW, date(2026, 6, 1))
    assert {each.closed_by for each in openings} == {("PARTY_NOT_SIGNED",)}
    assert {each.conditions.days for each in openings} == {()}


def test_where_no_statute_lifts_confidence_the_person_has_to_agree() -> None:
    badge = next(each for each in MODELS if any(law.power == "WRA2012.131(3)" for law in each.law))
    other = replace(badge, law=tuple(replace(law, power="WRA2012.130") for law in badge.law))
    asked = [{each.conditions.agreeing for each in simulate((each,), LAW, IN_FORCE)} for each in (badge, other)]
    assert asked == [{"never"}, {"always", "if_confidential"}]  # benefits, and what it depends on who holds
