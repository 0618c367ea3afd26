"""Which ground is taken where several are open, and what is said where there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.terms.agreed import Agreement, gather
from placewide.sharing.terms.asked import Cited
from placewide.sharing.terms.decided import Outcome
from support.requests_to_share import CASES, agreed, agreement_of, answer, asked, reasons

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
    assert reasons(case) == {"PARTY_NOT_SIGNED"}
    assert answer(case).outcome is Outcome.ASK


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
