"""What must hold of every decision, whatever is asked, agreed and observed: properties over generated cases."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from placewide.sharing.format.case import Case
from placewide.sharing.format.files import law_of
from placewide.sharing.format.told import as_line
from placewide.sharing.terms.agreed import Agreement, gather
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import Circumstances, Proceeding, Risk, Statement
from support.requests_to_share import (
    CASES,
    GUARDED,
    against,
    agreed,
    agreement_of,
    answer,
    asked,
    cases,
    first_item,
    goes,
    items_of,
    observed,
    reasons,
    unheard,
)

many = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
AGREED = tuple(case for case in CASES if any(r.reason == "AGREEMENT_COVERS" for r in answer(case).released))
CONSENTED = tuple(case for case in CASES if "PERSON_CONSENTED" in answer(case).reasons)
DAY = timedelta(days=1)


def under_agreement(case: Case) -> set[str]:
    """The items released under the agreement."""
    return {each.item for each in answer(case).released if each.reason == "AGREEMENT_COVERS"}


@many
@given(cases(AGREED))
def test_nothing_goes_under_an_agreement_beyond_what_it_says(case: Case) -> None:
    found = under_agreement(case)
    agreement = _agreement(case)
    if not found:
        return
    request, on = case.request, case.on
    assert agreement.start <= on and (agreement.end is None or on <= agreement.end) and agreement.status == "signed"
    assert request.purpose in {each.code for each in agreement.purposes}
    assert request.asker.role in agreement.who.roles
    for item in found:
        flows = [f for f in agreement.flows if set(items_of(case)[item].categories) <= f.categories]
        assert any(request.people <= flow.most_people and request.frequency in flow.mode for flow in flows)
    signed = {p.org for p in agreement.parties if p.signed and p.signed <= on and not (p.revoked and p.revoked <= on)}
    assert {request.provider.id, *(r for each in answer(case).released for r in each.recipients)} <= signed


@many
@given(st.sampled_from(AGREED), st.integers(0, 1))
def test_a_revoked_signature_counts_from_its_day(case: Case, party: int) -> None:
    agreement = _agreement(case)
    parties = list(agreement.parties)
    parties[party] = replace(parties[party], revoked=case.on)
    assert not under_agreement(agreed(case, parties=tuple(parties)))
    parties[party] = replace(parties[party], revoked=case.on + DAY)
    assert under_agreement(agreed(case, parties=tuple(parties))) == under_agreement(case)


@many
@given(st.sampled_from(AGREED))
def test_an_ended_agreement_ends_with_its_day(case: Case) -> None:
    assert under_agreement(agreed(case, end=case.on)) == under_agreement(case)
    assert not under_agreement(agreed(case, end=case.on - DAY))
    assert under_agreement(agreed(case, start=case.on)) == under_agreement(case)
    assert not under_agreement(agreed(case, start=case.on + DAY))


@many
@given(st.sampled_from(CONSENTED), st.sampled_from(["withdraws", "declines"]))
def test_withdrawn_consent_counts_from_its_day(case: Case, says: str) -> None:
    speakers = {s.by for s in case.circumstances.statements if s.says == "agrees"}
    subject = case.request.subjects[0].id

    def said(day: Any) -> Case:
        return observed(case, statements=tuple(Statement(by, subject, says, day) for by in sorted(speakers)))

    assert "PERSON_CONSENTED" not in answer(said(case.on)).reasons
    assert as_line(answer(said(case.on + DAY))) == as_line(answer(case))


@many
@given(cases())
def test_a_duty_or_an_emergency_needs_no_agreement(case: Case) -> None:
    strong = {"COURT_ORDER", "DUTY_STATUTE", "DUTY_251B_CARE", "DUTY_16LA_CHILD", "EMERGENCY_LIFE", "EMERGENCY_CIVIL"}
    before = {(each.item, each.recipients) for each in answer(case).released if each.reason in strong}
    without = replace(asked(case, agreement=None), agreements=gather(()))
    assert before <= {(each.item, each.recipients) for each in answer(without).released}
    untrained = asked(case, asker=replace(case.request.asker, training_until=None))
    assert before <= {(each.item, each.recipients) for each in answer(untrained).released}


@many
@given(cases(), st.data())
def test_more_against_never_releases_more(case: Case, data: Any) -> None:
    worse = data.draw(st.sampled_from(range(len(against(case)))))
    assert goes(answer(against(case)[worse])) <= goes(answer(case))


@many
@given(cases(), st.data())
def test_what_is_not_theirs_to_say_or_is_said_of_something_else_changes_nothing(case: Case, data: Any) -> None:
    said = data.draw(st.sampled_from(range(len(unheard(case)))))
    assert as_line(answer(unheard(case)[said])) == as_line(answer(case))


@many
@given(cases(AGREED), st.sampled_from(["withdraws", "declines", "objects_care"]))
def test_a_later_agreement_by_the_same_person_lets_it_go_again(case: Case, says: str) -> None:
    subject, to = case.request.subjects[0].id, case.request.recipients[0].id
    refused = observed(case, statements=(Statement("subject", subject, says, case.on - DAY),))
    agreed_since = Statement("subject", subject, "agrees", case.on, "uk_gdpr", (case.request.purpose,), to)
    agreed_alone = observed(case, statements=(agreed_since,))
    assert goes(answer(observed(refused, statements=(agreed_since,)))) == goes(answer(agreed_alone))


@many
@given(cases(), st.data())
def test_what_stands_before_every_ground_is_named_whatever_else_is(case: Case, data: Any) -> None:
    first, second = data.draw(st.permutations(range(len(GUARDED))))[:2]
    both = reasons(GUARDED[second](GUARDED[first](case)))
    assert both >= reasons(GUARDED[first](case)) & _GUARDS
    assert both >= reasons(GUARDED[second](case)) & _GUARDS


_GUARDS = {"THIRD_PARTY_DATA", "ACCURACY_DISPUTED", "RESTRICTED_BY_LAW", "MATCH_UNCERTAIN", "CONFLICT_OF_INTEREST"}
_BREAKS = {
    "ROLE_NOT_COVERED": lambda c: asked(c, asker=replace(c.request.asker, role="volunteer")),
    "TOO_MANY_PEOPLE": lambda c: asked(c, people=400),
    "NO_RELATIONSHIP": lambda c: replace(c, circumstances=replace(c.circumstances, relationships=())),
    "TOO_SENSITIVE": lambda c: first_item(c, sensitivity="very_restricted"),
    "CATEGORY_NOT_COVERED": lambda c: first_item(c, categories=("financial",)),
    "AGREEMENT_NOT_IN_FORCE": lambda c: agreed(c, status="suspended"),
    "PARTY_NOT_SIGNED": lambda c: agreed(c, parties=tuple(replace(p, signed=None) for p in _agreement(c).parties)),
    "TRAINING_EXPIRED": lambda c: asked(c, asker=replace(c.request.asker, training_until=None)),
    "ASSURANCE_TOO_LOW": lambda c: asked(c, asker=replace(c.request.asker, sign_in="password")),
    "PURPOSE_NOT_COVERED": lambda c: asked(c, purpose="research"),
    "NO_LAWFUL_BASIS": lambda c: agreed(c, law=()),
    "THIRD_PARTY_DATA": lambda c: first_item(c, third_party=True),
    "CARE_OBJECTION": lambda c: observed(
        c, statements=(Statement("subject", c.request.subjects[0].id, "objects_care", c.on),)
    ),
}


@many
@given(st.sets(st.sampled_from(sorted(_BREAKS)), min_size=1, max_size=6))
def test_a_refusal_names_every_failed_condition(broken: set[str]) -> None:
    assume(not {"CARE_OBJECTION", "NO_LAWFUL_BASIS"} <= broken)  # without a basis nothing says what lifts confidence
    case = next(each for each in CASES if each.id == "agreement-00")
    for reason in sorted(broken):
        case = _BREAKS[reason](case)
    first = case.request.items[0].id
    named = {each.reason for each in answer(case).withheld if each.item == first}
    assert broken <= named


@many
@given(cases(), st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_bytes_in_whatever_order(case: Case, random: Any) -> None:
    def shuffled(entries: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(random.sample(entries, len(entries)))

    now = case.circumstances
    mixed = {
        name: shuffled(value) if isinstance(value := getattr(now, name), tuple) else value
        for name in Circumstances.__slots__
    }
    mixed_up = [replace(each, flows=shuffled(each.flows)) for each in case.agreements.by_citation.values()]
    found = gather(shuffled(tuple(mixed_up)))
    other = replace(case, circumstances=Circumstances(**mixed), agreements=found)
    assert as_line(answer(other)) == as_line(answer(case)) == as_line(answer(case))


@many
@given(st.permutations(("identity", "health", "financial")), st.integers(0, 3), st.data())
def test_the_order_of_flows_does_not_matter(order: list[str], people: int, data: Any) -> None:
    case = asked(next(each for each in CASES if each.id == "agreement-00"), people=people + 4)
    flow = _agreement(case).flows[0]
    apart = [replace(flow, categories=frozenset({each, "contact"}), most_people=5) for each in order]
    apart[0] = replace(apart[0], highest_sensitivity="normal")
    case = asked(case, items=tuple(replace(item, sensitivity="restricted") for item in case.request.items))
    mixed = data.draw(st.permutations(apart))
    assert len({as_line(answer(agreed(case, flows=tuple(flows)))) for flows in (apart, mixed, apart[::-1])}) == 1


@many
@given(cases(), st.integers(1, 400))
def test_what_is_dated_later_does_not_count(case: Case, days: int) -> None:
    later, subject = case.on + timedelta(days=days), case.request.subjects[0].id
    more = observed(
        case,
        statements=tuple(Statement("subject", subject, says, later) for says in ("declines", "objects_art21")),
        proceedings=(Proceeding("childrens_enquiry_s47", later), Proceeding("major_incident", later)),
        risks=(Risk("child", "sexual_harm", "high", "imminent", "always", "social_worker", later),),
    )
    assert as_line(answer(more)) == as_line(answer(case))


@many
@given(cases())
@example(next(case for case in CASES if case.id == "ex03-d"))
def test_a_replay_uses_the_law_of_its_day(case: Case) -> None:
    law = law_of(case)
    bases = {code for code, basis in law.bases.items() if not basis.dates.hold(case.on)}
    gateways = {g.code for found in law.by_purpose.values() for g in found if not g.dates.hold(case.on)}
    decision = answer(case)
    assert not (bases | gateways) & set(decision.cites)


@many
@given(cases())
def test_not_held_and_too_sensitive_to_confirm_look_alike(case: Case) -> None:
    held = first_item(case, held=False, marks=frozenset())
    hidden = first_item(case, held=True, marks=frozenset({"existence_sensitive"}))
    assert as_line(answer(held)) == as_line(answer(hidden))


def steps(case: Case) -> list[str]:
    """Every function of the rules entered on the way to the decision, in order."""
    entered: list[str] = []

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call" and "placewide/sharing" in frame.f_code.co_filename:
            entered.append(f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        answer(case)
    finally:
        sys.setprofile(before)
    return entered


@many
@given(cases())
def test_not_held_and_too_sensitive_to_confirm_take_the_same_path(case: Case) -> None:
    held = first_item(case, held=False, marks=frozenset())
    hidden = first_item(case, held=True, marks=frozenset({"existence_sensitive"}))
    assert steps(held) == steps(hidden)


@many
@given(cases())
def test_every_item_is_released_or_withheld_for_every_recipient(case: Case) -> None:
    decision = answer(case)
    for item in case.request.items:
        for recipient in case.request.recipients:
            goes_to = _named(decision.released, item.id, recipient.id)
            stays_from = _named(decision.withheld, item.id, recipient.id)
            assert goes_to or stays_from
    assert bool(decision.released) == (decision.outcome in (Outcome.MUST_SHARE, Outcome.MAY_SHARE))


def _named(entries: Any, item: str, recipient: str) -> bool:
    return any(each.item == item and recipient in each.recipients for each in entries)


def _agreement(case: Case) -> Agreement:
    found = agreement_of(case)
    assert found is not None
    return found
