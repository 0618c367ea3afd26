"""Each condition of the rules of sharing by itself, at its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.terms.agreed import AgreedPurpose
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import (
    Consulted,
    PersonDecided,
    Relationship,
    Risk,
    Statement,
)
from support.requests_to_share import (
    CASES,
    agreed,
    agreeing,
    agreement_of,
    answer,
    asked,
    decided,
    first_item,
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


def asker(case: Case, **changed: Any) -> Case:
    return asked(case, asker=replace(case.request.asker, **changed))


def who(case: Case, **changed: Any) -> Case:
    agreement = agreement_of(case)
    assert agreement is not None
    return agreed(case, who=replace(agreement.who, **changed))


def flow(case: Case, **changed: Any) -> Case:
    agreement = agreement_of(case)
    assert agreement is not None
    return agreed(case, flows=tuple(replace(each, **changed) for each in agreement.flows))


# ---- who asks ----------------------------------------------------------------------------------------------------

VETTING = ("none", "basic", "enhanced", "police")


@pytest.mark.parametrize("wanted", VETTING)
@pytest.mark.parametrize("has", VETTING)
def test_vetting_must_reach_what_is_agreed(wanted: str, has: str) -> None:
    low = "ASSURANCE_TOO_LOW" in reasons(asker(who(COVERED, vetting=wanted), vetting=has))
    assert low == (VETTING.index(has) < VETTING.index(wanted))


@pytest.mark.parametrize(
    ("wanted", "has", "low"), [("two_factor", "password", True), ("password", "two_factor", False)]
)
def test_sign_in_must_reach_what_is_agreed(wanted: str, has: str, low: bool) -> None:
    assert ("ASSURANCE_TOO_LOW" in reasons(asker(who(COVERED, sign_in=wanted), sign_in=has))) == low


@pytest.mark.parametrize(("until", "expired"), [(0, False), (-1, True), (None, True)])
def test_training_counts_to_its_last_day(until: int | None, expired: bool) -> None:
    day = None if until is None else COVERED.on + until * DAY
    assert ("TRAINING_EXPIRED" in reasons(asker(COVERED, training_until=day))) == expired
    assert not reasons(asker(who(COVERED, training=False), training_until=day))


SENSITIVITY = ("normal", "restricted", "very_restricted")


@pytest.mark.parametrize("highest", SENSITIVITY)
@pytest.mark.parametrize("has", SENSITIVITY)
def test_nothing_more_sensitive_than_agreed(highest: str, has: str) -> None:
    sensitive = "TOO_SENSITIVE" in reasons(first_item(flow(COVERED, highest_sensitivity=highest), sensitivity=has))
    assert sensitive == (SENSITIVITY.index(has) > SENSITIVITY.index(highest))


@pytest.mark.parametrize(("people", "too_many"), [(5, False), (6, True)])
def test_no_more_people_than_agreed(people: int, too_many: bool) -> None:
    assert ("TOO_MANY_PEOPLE" in reasons(asked(COVERED, people=people))) == too_many


@pytest.mark.parametrize(
    ("frequency", "named"), [("bulk", {"TOO_MANY_PEOPLE", "MORE_THAN_NEEDED"}), ("regular", {"MORE_THAN_NEEDED"})]
)
def test_a_way_of_asking_that_is_not_agreed(frequency: str, named: set[str]) -> None:
    case = flow(COVERED, mode=frozenset({"one_off"}))
    assert reasons(asked(case, frequency=frequency)) == named
    assert not reasons(case)


@pytest.mark.parametrize(("days", "known"), [(365, True), (366, False)])
def test_a_relationship_counts_to_its_greatest_age(days: int, known: bool) -> None:
    since = Relationship("asker", "p1", "referral", COVERED.on - days * DAY)
    case = replace(COVERED, circumstances=replace(COVERED.circumstances, relationships=(since,)))
    assert ("NO_RELATIONSHIP" not in reasons(case)) == known
    assert not reasons(who(case, relationship_max_age_days=None))


def test_periods_longer_than_the_calendar_are_no_fault_of_the_rules() -> None:
    agreement = agreement_of(COVERED)
    assert agreement is not None
    endless = agreed(who(COVERED, relationship_max_age_days=10**9), after=replace(agreement.after, retain_days=10**9))
    kept = {each.code: each.on for each in answer(endless).obligations}
    assert kept["DELETE_BY"] == date.max


@pytest.mark.parametrize("change", [{"party": "somebody-else"}, {"subject": "p2"}, {"kind": "household"}])
def test_only_the_agreed_relationship_counts(change: dict[str, str]) -> None:
    other = replace(COVERED.circumstances.relationships[0], **change)
    case = replace(COVERED, circumstances=replace(COVERED.circumstances, relationships=(other,)))
    assert reasons(case) == {"NO_RELATIONSHIP"}


def test_one_purpose_that_forbids_another_is_enough() -> None:
    agreement = agreement_of(COVERED)
    assert agreement is not None
    two = (AgreedPurpose("wellbeing_support", frozenset()), AgreedPurpose("direct_care", frozenset({"research"})))
    assert {"PURPOSE_INCOMPATIBLE", "PURPOSE_NOT_COVERED"} <= reasons(
        asked(agreed(COVERED, purposes=two), purpose="research")
    )
    assert "PURPOSE_INCOMPATIBLE" not in reasons(asked(agreed(COVERED, purposes=two), purpose="eligibility_check"))


@pytest.mark.parametrize(("days", "warned"), [(-1, True), (0, False), (1, False)])
def test_a_review_on_its_day_is_in_time(days: int, warned: bool) -> None:
    owed = answer(agreed(COVERED, review=COVERED.on + days * DAY)).obligations
    assert ("REVIEW_AGREEMENT" in {each.code for each in owed}) == warned


# ---- what the agreement rests on ----------------------------------------------------------------------------------


def law(case: Case, **changed: Any) -> Case:
    agreement = agreement_of(case)
    assert agreement is not None
    return agreed(case, law=tuple(replace(each, **changed) for each in agreement.law))


def test_a_condition_may_need_a_policy_document() -> None:
    without = law(COVERED, conditions=("DPA2018.Sch1.18",))
    assert reasons(without, 1) == {"NO_POLICY_DOCUMENT"}
    assert not reasons(law(without, policy_document="APD-1"), 1)


def test_one_sound_condition_is_enough() -> None:
    assert not reasons(law(COVERED, conditions=("DPA2018.Sch1.18", "DPA2018.Sch1.2")), 1)


def test_a_condition_for_criminal_data_does_not_cover_health() -> None:
    assert reasons(law(COVERED, conditions=("DPA2018.Sch1.30",)), 1) == {"NO_ART9_CONDITION"}


def test_an_agreement_on_consent_needs_consent_as_uk_gdpr_means_it() -> None:
    case = law(COVERED, art6="UKGDPR.6.1.a")
    assert "NO_LAWFUL_BASIS" in reasons(case)
    for kind, enough in (("uk_gdpr", True), ("confidentiality", False)):
        assert ("AGREEMENT_COVERS" in answer(agreeing(case, kind=kind)).reasons) == enough


@pytest.mark.parametrize("lifts", ["consent", "none", "statute"])
def test_what_lifts_confidence_under_an_agreement(lifts: str) -> None:
    case = law(COVERED, confidentiality=lifts)
    assert "CONFIDENCE_NOT_LIFTED" in reasons(case)
    assert "CONFIDENCE_NOT_LIFTED" not in reasons(agreeing(case))


@pytest.mark.parametrize(
    ("says", "reason"), [("declines", "CONFIDENCE_NOT_LIFTED"), ("withdraws", "CONSENT_WITHDRAWN")]
)
def test_implied_consent_ends_when_the_person_says_no(says: str, reason: str) -> None:
    assert reason in reasons(saying(COVERED, says))


# ---- what stands before every ground ------------------------------------------------------------------------------

PERSONAL = {
    "household",
    "relative",
    "partner",
    "ex_partner",
    "ex_partner_of_parent",
    "neighbour",
    "self",
    "parental_responsibility",
    "birth_parent_after_adoption",
    "emergency_contact",
}


@pytest.mark.parametrize("kind", [*sorted(PERSONAL), "case", "referral", "direct_care", "incident"])
def test_somebody_close_to_the_person_lets_another_ask(kind: str) -> None:
    case = observed(COVERED, relationships=(Relationship("asker", "p1", kind, COVERED.on),))
    assert reasons(case) == ({"CONFLICT_OF_INTEREST"} if kind in PERSONAL else set())


def test_an_agreement_that_speaks_of_consent_is_nobodys_consent() -> None:
    case = first_item(law(COVERED, confidentiality="consent"), marks=frozenset({"gender_recognition_history"}))
    assert "RESTRICTED_BY_LAW" in reasons(case)
    assert not reasons(agreeing(case))


def test_an_agreement_cannot_pass_by_that_sharing_would_harm() -> None:
    harm = Consulted("health_professional", "sharing_would_harm_person", COVERED.on)
    assert reasons(observed(COVERED, consulted=(harm,))) == {"NEEDS_PROFESSIONAL_JUDGEMENT"}
    worse = Risk("child", "abuse_or_neglect", "high", "imminent", "if_shared", "safeguarding_lead", COVERED.on)
    child = first_subject(observed(COVERED, risks=(worse,)), born=date(2015, 9, 2))
    assert reasons(child) == {"MORE_DETRIMENTAL_TO_CHILD"}
    hidden = first_item(COVERED, marks=frozenset({"anonymous_access_service"}))
    assert reasons(hidden) == {"CONFIDENCE_NOT_LIFTED"}


def test_public_interest_in_an_agreement_gives_way_to_a_refusal_unless_others_are_in_danger() -> None:
    case = saying(law(COVERED, confidentiality="public_interest"), "declines")
    assert reasons(case) == {"CONFIDENCE_NOT_LIFTED"}
    danger = Risk("public", "death_or_serious_injury", "high", "continuing", "always", "police_officer", COVERED.on)
    assert not reasons(observed(case, risks=(danger,)))


def test_a_conflict_is_about_this_asker_and_this_person() -> None:
    theirs = Relationship("calderbrook-carers", "p1", "neighbour", COVERED.on)
    others = Relationship("asker", "p2", "neighbour", COVERED.on)
    assert not reasons(observed(COVERED, relationships=(theirs, others)))


@pytest.mark.parametrize(("score", "sure"), [(0.98, True), (0.979, False)])
def test_a_match_must_be_sure_or_confirmed(score: float, sure: bool) -> None:
    case = first_subject(COVERED, match_score=score)
    assert ("MATCH_UNCERTAIN" not in reasons(case)) == sure
    assert not reasons(first_subject(case, match_confirmed_by="administrator"))


@pytest.mark.parametrize(
    ("read", "outcome"),
    [("not_shared", Outcome.MAY_SHARE), ("unknown", Outcome.ASK), ("shared", Outcome.MUST_NOT)],
)
def test_a_protected_address_goes_only_by_a_named_person_and_never_where_others_read(read: str, outcome: str) -> None:
    case = first_subject(first_item(COVERED, categories=("address",)), marks=frozenset({"address_protected"}))
    only = asked(
        case, items=case.request.items[:1], recipients=(replace(case.request.recipients[0], read_by_others=read),)
    )
    assert "ADDRESS_PROTECTED" in reasons(only)
    agreed_for_all = flow(only, categories=frozenset({"address"}))
    assert answer(decided(agreed_for_all)).outcome == outcome


@pytest.mark.parametrize(
    ("name", "kept"), [("ex17", False), ("agreement-00", True), ("gateway-06", True), ("ex25", False)]
)
def test_what_is_disputed_waits_unless_the_law_demands_it(name: str, kept: bool) -> None:
    case = first_item(BY_ID[name], marks=frozenset({"accuracy_disputed"}))
    assert ("ACCURACY_DISPUTED" in reasons(case)) == kept


@pytest.mark.parametrize(
    ("change", "free"),
    [
        ({"by": "data_protection_officer"}, False),
        ({"result": "overruled"}, True),
        ({"subject": "p2", "result": "overruled"}, False),
        ({"day": date(2026, 5, 1), "result": "overruled"}, False),
    ],
)
def test_an_objection_is_weighed_after_it_was_made_and_by_somebody_who_may(change: dict[str, Any], free: bool) -> None:
    said = Statement("subject", "p1", "objects_art21", date(2026, 5, 20))
    weighed = replace(PersonDecided("art21_objection", "ig_lead", date(2026, 5, 25), "overruled", "p1"), **change)
    case = observed(COVERED, statements=(said,), decisions=(weighed,))
    assert (not reasons(case)) == free


@pytest.mark.parametrize(("klass", "basis"), [("public_authority", "e"), ("charity", "ea"), ("private", "ea")])
def test_an_objection_reaches_tasks_and_interests_and_no_duty(klass: str, basis: str) -> None:
    provider = replace(BY_ID["ex10"].request.provider, klass=klass)
    case = asked(BY_ID["ex10"], provider=provider)
    assert f"UKGDPR.6.1.{basis}" in answer(case).cites
    assert reasons(saying(case, "objects_art21")) == {"NEEDS_IG_DECISION"}
    assert not reasons(saying(BY_ID["ex17"], "objects_art21"))


def test_the_last_answer_to_an_objection_counts() -> None:
    said = Statement("subject", "p1", "objects_art21", date(2026, 5, 20))
    first = PersonDecided("art21_objection", "ig_lead", date(2026, 5, 25), "overruled", "p1")
    case = observed(
        COVERED, statements=(said,), decisions=(first, replace(first, day=date(2026, 5, 30), result="upheld"))
    )
    assert reasons(case) == {"ART21_UPHELD"}
