"""Which ground is taken where several are open, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.format.files import law_of
from placewide.sharing.format.told import as_values
from placewide.sharing.rules.grounds import not_open_to
from placewide.sharing.terms.agreed import Agreement, gather
from placewide.sharing.terms.asked import Cited
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import Risk
from support.requests_to_share import (
    CASES,
    agreed,
    agreeing,
    agreement_of,
    answer,
    asked,
    first_subject,
    observed,
    reasons,
    saying,
)

BY_ID = {case.id: case for case in CASES}
COVERED = BY_ID["agreement-00"]  # everything the agreement asks for is there
DUTY = BY_ID["ex17"]  # between two bodies that care for the same person


def covered() -> Agreement:
    found = agreement_of(COVERED)
    assert found is not None
    return found


def grounds(case: Case) -> set[str]:
    return {each.ground for each in answer(case).released}


def referring(**changed: object) -> Case:
    """The agreement's request, as a referral to advice: a power would carry its first item, too."""
    purposes = (replace(covered().purposes[0], code="advice_referral"),)
    return agreed(asked(COVERED, purpose="advice_referral"), purposes=purposes, **changed)


def test_an_agreement_comes_before_a_power() -> None:
    assert grounds(referring()) == {"AG-WELL"}
    assert grounds(asked(referring(), agreement=None)) == {"CARE.REFERRAL"}


def test_where_an_agreement_does_not_cover_a_power_may() -> None:
    flow = covered().flows[0]
    assert grounds(referring(flows=(replace(flow, categories=frozenset({"health"})),))) == {"AG-WELL", "CARE.REFERRAL"}
    assert grounds(referring(flows=(replace(flow, giver="somebody-else"),))) == {"CARE.REFERRAL"}


def test_a_duty_comes_before_an_agreement() -> None:
    to, agreement = DUTY.request.recipients[0].id, covered()
    there = replace(
        agreement,
        parties=tuple(
            replace(each, org=to) if each.org == "calderbrook-carers" else each for each in agreement.parties
        ),
        flows=tuple(replace(each, receiver=to, categories=frozenset({"health"})) for each in agreement.flows),
        purposes=tuple(replace(each, code=DUTY.request.purpose) for each in agreement.purposes),
        who=replace(agreement.who, roles=frozenset({"social_worker"}), relationship="case"),
    )
    case = replace(asked(DUTY, agreement=Cited("AG-WELL", 1)), agreements=gather((there,)))
    assert grounds(case) == {"HSCA2012.251B"}
    assert answer(case).outcome is Outcome.MUST_SHARE
    beyond_the_duty = asked(case, recipients=(replace(case.request.recipients[0], functions=frozenset({"housing"})),))
    assert grounds(beyond_the_duty) == {"AG-WELL"}


@pytest.mark.parametrize("side", ["provider", "recipients"])
def test_an_agreement_between_others_is_none_and_says_who_has_not_signed(side: str) -> None:
    request = COVERED.request
    other = (
        replace(request.provider, id="other") if side == "provider" else (replace(request.recipients[0], id="other"),)
    )
    case = asked(COVERED, **{side: other})
    assert reasons(case) == {"PARTY_NOT_SIGNED", "NO_AGREEMENT"}
    assert answer(case).outcome is Outcome.ASK


def test_another_version_than_the_one_cited_is_no_agreement_and_not_in_force() -> None:
    case = asked(COVERED, agreement=Cited("AG-WELL", 2))
    assert reasons(case) == {"AGREEMENT_NOT_IN_FORCE", "NO_AGREEMENT"}
    assert reasons(asked(COVERED, agreement=Cited("AG-OTHER", 1))) == {"NO_AGREEMENT"}


def test_another_nations_law_is_named_only_where_it_would_be_looked_at() -> None:
    elsewhere = asked(BY_ID["ex01"], nation="scotland")
    assert reasons(elsewhere) == {"NATION_NOT_COVERED"}
    nobody_asked = replace(elsewhere, circumstances=replace(elsewhere.circumstances, documents=(), links=()))
    assert "NATION_NOT_COVERED" not in reasons(asked(nobody_asked, purpose="share_with_family"))


def test_where_only_an_agreement_was_looked_at_another_nations_law_is_named_beside_it() -> None:
    signed_by_nobody = tuple(replace(each, signed=None) for each in covered().parties)
    case = asked(referring(parties=signed_by_nobody), nation="scotland")
    assert reasons(case) == {"PARTY_NOT_SIGNED", "NATION_NOT_COVERED"}
    assert reasons(asked(case, nation="england"), 1) == {"PARTY_NOT_SIGNED", "NO_ART9_CONDITION", "MORE_THAN_NEEDED"}


@pytest.mark.parametrize(("urgency", "waived"), [("routine", False), ("urgent", True), ("emergency", True)])
def test_hearing_the_person_is_waived_where_time_is_short(urgency: str, waived: bool) -> None:
    case = BY_ID["ex23"]  # a danger to children; those who work with children need to know
    works = replace(case.request.recipients[0], works_with=frozenset({"child"}))
    found = answer(asked(case, recipients=(works,), urgency=urgency))
    assert (found.outcome is Outcome.MAY_SHARE) == waived
    assert ("NEEDS_PROFESSIONAL_JUDGEMENT" in found.reasons) != waived


def test_health_under_a_law_without_a_condition_for_it_is_refused_and_nobody_is_asked() -> None:
    case = asked(referring(), agreement=None, items=COVERED.request.items[1:])
    assert reasons(case) == {"NO_ART9_CONDITION", "MORE_THAN_NEEDED"}
    assert answer(case).outcome is Outcome.MUST_NOT


# ---- what goes with a release ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ex17", "agreement-00", "ex10"])
@pytest.mark.parametrize(("urgency", "reviewed"), [("routine", False), ("urgent", False), ("emergency", True)])
def test_what_goes_in_a_declared_emergency_is_reviewed(name: str, urgency: str, reviewed: bool) -> None:
    found = answer(asked(BY_ID[name], urgency=urgency))
    assert found.released
    owed = [each.hours for each in found.obligations if each.code == "REVIEW_WITHIN"]
    assert owed == ([law_of(COVERED).emergency_review_hours] if reviewed else [])


def test_where_nothing_goes_nothing_is_reviewed() -> None:
    found = answer(asked(BY_ID["ex11"], urgency="emergency"))
    assert not found.released and "REVIEW_WITHIN" not in {each.code for each in found.obligations}


def test_what_goes_to_two_bodies_on_two_grounds_is_said_once() -> None:
    case = BY_ID["ex17"]  # adult care has a duty's right to it, a charity may have it by agreement
    to = replace(case.request.recipients[0], id="calderbrook-carers", klass="charity", functions=frozenset({"housing"}))
    agreement = replace(
        covered(),
        purposes=tuple(replace(each, code=case.request.purpose) for each in covered().purposes),
        who=replace(covered().who, roles=frozenset({"social_worker"}), relationship="none"),
    )
    both = replace(
        asked(case, agreement=Cited("AG-WELL", 1), recipients=(*case.request.recipients, to)),
        agreements=gather((agreement,)),
    )
    found = answer(both)
    assert {each.ground for each in found.released if each.item == "health-summary"} == {"HSCA2012.251B", "AG-WELL"}
    said = as_values(found)["released"]
    assert {"item": "health-summary"} in said
    assert {"item": "care-plan", "recipients": ["calderbrook-adult-care"]} in said
    assert len(said) == 2


@pytest.mark.parametrize(("level", "outweighed"), [("high", True), ("none", False)])
def test_a_power_that_a_danger_lets_through_says_that_the_public_interest_outweighs(
    level: str, outweighed: bool
) -> None:
    danger = Risk("public", "death_or_serious_injury", level, "continuing", "always", "police_officer", COVERED.on)
    found = answer(observed(replace(BY_ID["ex11"], circumstances=BY_ID["ex14"].circumstances), risks=(danger,)))
    assert ({"CRIME_NECESSARY", "PUBLIC_INTEREST"} <= set(found.reasons)) == outweighed


# ---- the day, the nation, the opt-out --------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, False), (1, True)])
def test_an_estimate_gives_way_to_what_the_person_said_then_or_later(days: int, counts: bool) -> None:
    purposes = (replace(covered().purposes[0], code="direct_care"),)
    case = saying(agreeing(agreed(asked(COVERED, purpose="direct_care"), purposes=purposes)), "likely_to_object")
    said = [replace(each, day=COVERED.on - timedelta(days=5)) for each in case.circumstances.statements]
    said[-1] = replace(said[-1], by="health_professional", day=said[0].day + timedelta(days=days))
    case = replace(case, circumstances=replace(case.circumstances, statements=tuple(said)))
    assert grounds(case) == ({"CONSENT"} if counts else {"AG-WELL"})  # consent needs no estimate: they said so


@pytest.mark.parametrize(
    ("applies", "since", "nation", "kept"),
    [
        ("applies", date(2026, 6, 1), "england", True),
        ("applies", date(2026, 6, 2), "england", False),
        ("applies", None, "england", False),
        ("applies", date(2026, 6, 1), "wales", False),  # the opt-out is England's
        ("not_applicable", date(2026, 6, 1), "england", False),
    ],
)
def test_parties_may_honour_the_national_opt_out(applies: str, since: date | None, nation: str, kept: bool) -> None:
    case = asked(first_subject(agreed(COVERED, national_opt_out=applies), national_opt_out=since), nation=nation)
    assert ("OPTED_OUT_NATIONAL" in reasons(case, 1)) == kept
    assert "OPTED_OUT_NATIONAL" not in reasons(case, 0) | reasons(agreeing(case), 1)


def test_whom_a_law_names_that_does_not_run_yet_may_need_it_and_somebody_is_asked() -> None:
    case = BY_ID["ex10"]  # about a child; Children Act 2004 s.16LA names childcare and does not run yet
    nursery, media = (
        replace(case.request.recipients[0], klass="charity", functions=frozenset({each}))
        for each in ("childcare", "media")
    )
    assert "NO_NEED_TO_KNOW" not in reasons(asked(case, recipients=(nursery,)))
    assert "NO_NEED_TO_KNOW" in reasons(asked(case, recipients=(media,)))


@pytest.mark.parametrize(
    ("klass", "reason"),
    [
        ("public_authority", "BASIS_NOT_OPEN_TO_PUBLIC_AUTHORITY"),
        ("competent_authority", "BASIS_NOT_OPEN_TO_PUBLIC_AUTHORITY"),
        ("charity", "NO_LAWFUL_BASIS"),
    ],
)
def test_who_may_not_rely_on_a_basis_is_told_why(klass: str, reason: str) -> None:
    assert not_open_to(klass) == reason


def test_an_emergency_says_within_how_many_hours_it_is_looked_at_and_nothing_else_has_hours() -> None:
    found = answer(BY_ID["ex06"])
    assert "EMERGENCY_LIFE" in found.reasons
    hours = {each.code: each.hours for each in found.obligations if each.hours is not None}
    assert hours == {"REVIEW_WITHIN": law_of(COVERED).emergency_review_hours}


def test_consent_counts_as_a_basis_whatever_else_was_said() -> None:
    private = asked(BY_ID["gateway-07"], provider=replace(BY_ID["gateway-07"].request.provider, klass="charity"))
    alone = answer(private)
    assert "UKGDPR.6.1.a" in alone.cites
    both = answer(saying(private, "agrees", kind="confidentiality", to=private.request.recipients[0].id))
    assert "UKGDPR.6.1.a" in both.cites
