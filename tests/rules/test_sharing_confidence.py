"""Consent and confidence, danger and who may speak: each condition of sharing by itself, at its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from placewide.sharing.format.lawfiles import standard_law
from placewide.sharing.rules.confidence import statute_lifts
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import (
    Circumstances,
    Risk,
)
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

DAY = timedelta(days=1)
BY_ID = {case.id: case for case in CASES}
COVERED = BY_ID["agreement-00"]  # everything the agreement asks for is there
HELD_IN_CONFIDENCE = BY_ID["ex14"]  # police, a hospital, nobody asked: a professional judges
FAMILY = BY_ID["ex10"]  # a school's concern about a child goes to children's services


# ---- consent and confidence ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("capacity", "born", "reason"),
    [
        ("presumed", date(1979, 3, 14), None),
        ("doubted", date(1979, 3, 14), "CAPACITY_UNCLEAR"),
        ("assessed_lacks", date(1979, 3, 14), "NEEDS_PROFESSIONAL_JUDGEMENT"),
        ("presumed", date(2010, 6, 2), "CAPACITY_UNCLEAR"),
        ("presumed", date(2010, 6, 1), None),
        ("assessed_has", date(2015, 9, 2), None),
    ],
)
def test_whose_agreement_counts(capacity: str, born: date, reason: str | None) -> None:
    case = first_subject(BY_ID["gateway-07"], capacity=capacity, born=born)
    assert reasons(case) == ({reason} if reason else set())


@pytest.mark.parametrize(("by", "counts"), [("representative", True), ("health_professional", False)])
def test_who_may_agree_for_somebody_who_cannot(by: str, counts: bool) -> None:
    case = first_subject(HELD_IN_CONFIDENCE, capacity="assessed_lacks")
    assert ("PERSON_CONSENTED" in answer(agreeing(case, by=by)).reasons) == counts


def test_nobody_agrees_over_the_head_of_a_person_who_says_no() -> None:
    case = saying(agreeing(HELD_IN_CONFIDENCE, by="representative"), "declines")
    assert answer(case).outcome is Outcome.MUST_NOT
    assert "PERSON_CONSENTED" in answer(first_subject(case, capacity="assessed_lacks")).reasons


@pytest.mark.parametrize(
    ("capacity", "named"),
    [
        ("presumed", {"CONFIDENCE_NOT_LIFTED"}),
        ("assessed_lacks", {"NEEDS_PROFESSIONAL_JUDGEMENT"}),
        ("doubted", {"NEEDS_PROFESSIONAL_JUDGEMENT", "CAPACITY_UNCLEAR"}),
    ],
)
def test_a_refusal_of_somebody_who_may_not_be_able_to_decide_is_for_a_person(capacity: str, named: set[str]) -> None:
    assert reasons(first_subject(saying(HELD_IN_CONFIDENCE, "declines"), capacity=capacity)) == named


def test_a_parent_speaks_for_a_child_only() -> None:
    grown_up = agreeing(HELD_IN_CONFIDENCE, by="parent")
    assert "PERSON_CONSENTED" not in answer(grown_up).reasons
    assert "PERSON_CONSENTED" in answer(first_subject(grown_up, born=date(2015, 9, 2))).reasons


@pytest.mark.parametrize(
    ("change", "lifted"),
    [
        ({}, True),
        ({"level": "moderate"}, True),
        ({"level": "low"}, False),
        ({"timing": "past"}, False),
        ({"arises": "if_shared"}, False),
        ({"to": "subject"}, False),
        ({"assessed_by": "other"}, False),
    ],
)
def test_which_danger_bears_the_public_interest_out(change: dict[str, str], lifted: bool) -> None:
    risk = Risk(
        "public", "death_or_serious_injury", "high", "continuing", "always", "police_officer", date(2026, 5, 28)
    )
    case = observed(HELD_IN_CONFIDENCE, risks=(replace(risk, **change),))
    assert (answer(case).outcome is Outcome.MAY_SHARE) == lifted


@pytest.mark.parametrize(
    ("read", "reason"), [("shared", "CONFIDENCE_NOT_LIFTED"), ("unknown", "NEEDS_PROFESSIONAL_JUDGEMENT")]
)
def test_what_is_held_in_confidence_is_not_sent_where_others_read(read: str, reason: str) -> None:
    recipient = replace(COVERED.request.recipients[0], read_by_others=read)
    assert reasons(asked(COVERED, recipients=(recipient,))) == {reason}


# ---- sharing that would do more harm ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "worse"),
    [
        ({}, True),
        ({"level": "low"}, False),
        ({"level": "moderate", "timing": "imminent"}, True),
        ({"level": "moderate", "timing": "continuing"}, False),
        ({"timing": "past"}, False),
        ({"assessed_by": "other"}, False),
        ({"to": "subject"}, True),
        ({"to": "public"}, False),
    ],
)
def test_sharing_must_not_be_the_greater_harm_to_a_child(changes: dict[str, str], worse: bool) -> None:
    risk = Risk("child", "abuse_or_neglect", "high", "imminent", "if_shared", "safeguarding_lead", date(2026, 5, 28))
    case = observed(FAMILY, risks=(replace(risk, **changes),))
    assert ("MORE_DETRIMENTAL_TO_CHILD" in reasons(case)) == worse


# ---- by statute ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("power", "purpose", "nation", "reason"),
    [
        ("NHSA2006.251", "service_planning", "england", None),
        ("NHSA2006.1; NHSA2006.251(1)", "service_planning", "wales", None),
        ("NHSA2006.251", "service_planning", "scotland", "NATION_NOT_COVERED"),
        ("NHSA2006.251", "wellbeing_support", "england", "CONFIDENCE_NOT_LIFTED"),
        ("NHSA2006.2510", "service_planning", "england", "CONFIDENCE_NOT_LIFTED"),
        ("NHSA2006.1", "service_planning", "england", "CONFIDENCE_NOT_LIFTED"),
        ("HarmonyAct2019.4", "service_planning", "england", "NEEDS_IG_DECISION"),
        ("NHSA2006.1; HarmonyAct2019.4", "service_planning", "england", "NEEDS_IG_DECISION"),
        (None, "service_planning", "england", "CONFIDENCE_NOT_LIFTED"),
        ("WRA2012.131(3)", "eligibility_check", "scotland", None),
        ("WRA2012.131", "eligibility_check", "northern_ireland", "NATION_NOT_COVERED"),
        ("WRA2012.130", "eligibility_check", "england", "CONFIDENCE_NOT_LIFTED"),
    ],
)
def test_a_statute_lifts_confidence_if_the_law_says_so(
    power: str, purpose: str, nation: str, reason: str | None
) -> None:
    agreement = agreement_of(COVERED)
    assert agreement is not None
    law = replace(agreement.law[0], confidentiality="statute", power=power)
    case = asked(COVERED, purpose=purpose, nation=nation)
    case = agreed(case, law=(law,), purposes=(replace(agreement.purposes[0], code=purpose),))
    kept = {"CONFIDENCE_NOT_LIFTED", "NATION_NOT_COVERED", "NEEDS_IG_DECISION"} & reasons(case, 1)
    assert kept == ({reason} if reason else set())
    assert not {"CONFIDENCE_NOT_LIFTED", "NATION_NOT_COVERED"} & reasons(agreeing(case), 1)


def test_a_statute_lifts_nothing_before_its_day() -> None:
    assert not statute_lifts("WRA2012.131", standard_law(), "eligibility_check", "england", date(2012, 5, 7))
    assert statute_lifts("WRA2012.131", standard_law(), "eligibility_check", "england", date(2012, 5, 8))


# ---- who speaks for a young person ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "capacity", "released"),
    [
        (date(2010, 6, 2), "presumed", True),  # 15
        (date(2010, 6, 1), "presumed", False),  # 16 today
        (date(2010, 6, 1), "doubted", False),
        (date(2010, 6, 1), "assessed_lacks", True),
        (date(2010, 6, 2), "assessed_has", False),
        (date(2008, 6, 2), "assessed_lacks", True),
        (date(2008, 6, 1), "assessed_lacks", False),  # 18 today
    ],
)
def test_a_parent_speaks_until_the_young_person_can(born: date, capacity: str, released: bool) -> None:
    silent = replace(BY_ID["gateway-07"], circumstances=Circumstances())
    case = first_subject(agreeing(silent, kind="uk_gdpr", by="parent"), born=born, capacity=capacity)
    assert bool(answer(case).released) == released


# ---- danger weighed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("levels", "worse"), [(("low", "high"), False), (("low", "moderate"), True), ((), True)])
def test_the_worst_danger_of_not_sharing_counts(levels: tuple[str, ...], worse: bool) -> None:
    case = BY_ID["ex08-a"]  # a section 47 enquiry: a duty
    of_sharing = Risk("child", "abuse_or_neglect", "high", "imminent", "if_shared", "social_worker", case.on)
    of_silence = [replace(of_sharing, level=level, arises="if_not_shared") for level in levels]
    found = answer(observed(case, risks=(of_sharing, *of_silence)))
    assert (found.outcome is Outcome.MUST_NOT) == worse


@pytest.mark.parametrize("says", ["objects_care", "likely_to_object"])
@pytest.mark.parametrize(("purpose", "kept"), [("direct_care", True), ("advice_referral", True), ("research", False)])
def test_an_objection_to_care_counts_for_care_whatever_an_agreement_says(says: str, purpose: str, kept: bool) -> None:
    agreement = agreement_of(COVERED)
    assert agreement is not None
    law = replace(agreement.law[0], confidentiality="public_interest")
    case = agreed(asked(COVERED, purpose=purpose), law=(law,), purposes=(replace(agreement.purposes[0], code=purpose),))
    assert ("CARE_OBJECTION" in reasons(saying(case, says), 1)) == kept


@pytest.mark.parametrize(("art6", "kept"), [("DPA2018.35", False), ("UKGDPR.6.1.e", True)])
def test_those_whose_crimes_are_prevented_are_not_asked(art6: str, kept: bool) -> None:
    case = BY_ID["ex21"]
    agreement = agreement_of(case)
    assert agreement is not None
    said_no = saying(agreed(case, law=(replace(agreement.law[0], art6=art6),)), "declines")
    assert ("CONFIDENCE_NOT_LIFTED" in reasons(said_no, 1)) == kept
