"""Who may answer which question once, what no decision answers, and what a decision rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.format.schemas import closed_list
from placewide.sharing.format.told import as_values
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import PersonDecided, Statement
from support.requests_to_share import (
    CASES,
    agreeing,
    answer,
    asked,
    decided,
    first_item,
    first_subject,
    observed,
    reasons,
)

DAY = timedelta(days=1)
BY_ID = {case.id: case for case in CASES}
HELD_IN_CONFIDENCE = BY_ID["ex14"]  # police, a hospital, nobody asked: a professional judges
NOBODY_AGREED = BY_ID["gateway-07-c"]  # a charity, no law at all: no agreement
CALDICOTT = asked(BY_ID["agreement-11-a"], agreement=None)  # planning with neither agreement nor approval
WELL = {"nominated_person", "named_person", "safeguarding_lead", "senior_officer"}
JUDGING = {*WELL, "health_professional", "social_worker", "caldicott_guardian"}
CONTROLLING = {"ig_lead", "senior_officer", "caldicott_guardian", "nominated_person", "named_person"}
ANYBODY = {*WELL, "health_professional", "caldicott_guardian", "ig_lead"}
BY_QUESTION = {
    "NEEDS_PROFESSIONAL_JUDGEMENT": (HELD_IN_CONFIDENCE, JUDGING),
    "NEEDS_CALDICOTT": (CALDICOTT, {"caldicott_guardian"}),
    "NEEDS_IG_DECISION": (BY_ID["ex01-b"], CONTROLLING),
    "ADDRESS_PROTECTED": (BY_ID["ex28x-b"], WELL),
    "NO_AGREEMENT": (NOBODY_AGREED, ANYBODY),
    "NATION_NOT_COVERED": (BY_ID["ex01-n"], ANYBODY),
    "MATCH_UNCERTAIN": (BY_ID["agreement-12"], ANYBODY),
    "TRAINING_EXPIRED": (BY_ID["agreement-09"], ANYBODY),
}


@pytest.mark.parametrize("role", closed_list("role"))
@pytest.mark.parametrize("question", sorted(BY_QUESTION))
def test_who_may_answer_which_question(question: str, role: str) -> None:
    case, may = BY_QUESTION[question]
    assert question in reasons(case) and answer(case).outcome is Outcome.ASK
    assert bool(answer(decided(case, by=role)).released) == (role in may)


def test_two_questions_take_an_answer_each() -> None:
    address = first_item(
        first_subject(BY_ID["ex01-b"], marks=frozenset({"address_protected"})), categories=("address",)
    )
    assert reasons(address) == {"NEEDS_IG_DECISION", "ADDRESS_PROTECTED"}
    one = decided(address, by="safeguarding_lead")
    assert answer(one).outcome is Outcome.ASK
    both = answer(decided(one, by="ig_lead"))
    assert [owed.by for owed in both.obligations if owed.code == "RECORD_WHY"] == ["ig_lead", "safeguarding_lead"]
    assert (
        answer(decided(decided(one, by="ig_lead"), by="safeguarding_lead", result="refuse")).outcome is Outcome.MUST_NOT
    )


def test_the_last_word_counts_though_it_answers_another_question() -> None:
    released = decided(BY_ID["ex01-b"], by="ig_lead", day=BY_ID["ex01-b"].on - DAY)
    assert answer(released).released
    assert answer(decided(released, by="health_professional", result="refuse")).outcome is Outcome.MUST_NOT
    assert answer(decided(released, by="data_protection_officer", result="refuse")).released


def test_who_has_said_no_to_one_question_has_said_no() -> None:
    guarded = first_subject(BY_ID["ex01-b"], marks=frozenset({"address_protected"}))
    address = first_item(guarded, categories=("address",))
    refused = decided(address, by="nominated_person", day=address.on - DAY, result="refuse")
    assert answer(decided(refused, by="ig_lead")).outcome is Outcome.MUST_NOT
    earlier = decided(address, by="nominated_person", day=address.on - DAY)
    assert answer(decided(earlier, by="ig_lead")).released


def test_who_decided_in_what_role_and_under_what() -> None:
    found = as_values(answer(decided(HELD_IN_CONFIDENCE)))
    assert found["cites"] == ["CRIME.REQUEST", "UKGDPR.6.1.e", "DPA2018.Sch1.10", "UKGDPR.24"]
    assert {"code": "RECORD_WHY", "under": "A. Okafor", "by": "nominated_person"} in found["owed"]
    assert as_values(answer(decided(NOBODY_AGREED)))["cites"] == ["UKGDPR.24"]
    assert as_values(answer(decided(BY_ID["agreement-09"])))["cites"] == ["UKGDPR.24"]


def test_what_is_kept_back_says_whom_to_ask() -> None:
    assert as_values(answer(HELD_IN_CONFIDENCE))["withheld"] == [
        {"item": "medication", "reason": "NEEDS_PROFESSIONAL_JUDGEMENT", "asks": "nominated_person"}
    ]
    assert all("asks" not in each for each in as_values(answer(BY_ID["ex11"]))["withheld"])
    mixed = {each.reason: each.asks for each in answer(BY_ID["ex23-a"]).withheld}
    assert mixed == {"NEEDS_PROFESSIONAL_JUDGEMENT": "nominated_person", "NO_NEED_TO_KNOW": None}


# ---- what no decision answers --------------------------------------------------------------------------------------

SAID = HELD_IN_CONFIDENCE.on - 3 * DAY


def said(case: Case, says: str, by: str = "subject", day: date = SAID) -> Case:
    return observed(case, statements=(Statement(by, case.request.subjects[0].id, says, day),))


@pytest.mark.parametrize(("days", "released"), [(-4, False), (-3, True), (-2, True)])
def test_a_decision_from_before_the_person_said_no_no_longer_counts(days: int, released: bool) -> None:
    case = said(HELD_IN_CONFIDENCE, "likely_to_object", by="health_professional")
    assert bool(answer(decided(case, day=case.on + days * DAY)).released) == released


def test_that_the_person_agrees_after_a_decision_takes_nothing_from_it() -> None:
    doubted = first_subject(HELD_IN_CONFIDENCE, capacity="doubted")
    case = agreeing(decided(decided(doubted, day=SAID), by="health_professional", day=SAID))
    assert "NAMED_PERSON_DECIDED" in answer(case).reasons
    assert {each.ground for each in answer(case).released} == {"named_person"}


def test_a_decision_that_rests_on_consent_cites_all_of_it() -> None:
    case = BY_ID["gateway-07"]  # consent, and nothing else
    doubted = first_subject(case, capacity="doubted")
    assert answer(doubted).outcome is Outcome.ASK
    rests = set(answer(decided(decided(doubted, by="health_professional"))).cites)
    assert rests == {*answer(case).cites, "MCA2005.2"}  # the law under which it is asked whether they can decide


@pytest.mark.parametrize("says", ["declines", "objects_care"])
@pytest.mark.parametrize(("by", "kept"), [("subject", True), ("representative", True), ("parent", False)])
def test_nobody_decides_away_a_refusal_that_no_law_looks_at(says: str, by: str, kept: bool) -> None:
    case = decided(said(BY_ID["ex09-a"], says, by))
    lone = replace(case, circumstances=replace(case.circumstances, statements=case.circumstances.statements[-1:]))
    assert ("CONFIDENCE_NOT_LIFTED" in reasons(lone)) == kept
    assert (answer(lone).outcome is Outcome.MUST_NOT) == kept


@pytest.mark.parametrize(("capacity", "kept"), [("presumed", True), ("doubted", False), ("assessed_lacks", False)])
def test_a_refusal_by_somebody_who_may_not_be_able_to_is_weighed(capacity: str, kept: bool) -> None:
    case = first_subject(said(NOBODY_AGREED, "declines"), capacity=capacity)
    assert answer(case).outcome is Outcome.ASK
    assert (answer(decided(case)).outcome is Outcome.MUST_NOT) == kept
    spoken_for = first_subject(said(NOBODY_AGREED, "declines", by="representative"), capacity=capacity)
    assert answer(decided(spoken_for)).outcome is Outcome.MUST_NOT


def test_what_is_not_held_in_confidence_may_still_be_decided() -> None:
    case = first_item(said(NOBODY_AGREED, "declines"), categories=("involvement",))
    assert answer(decided(case)).released


def test_a_decision_to_release_does_not_answer_an_objection() -> None:
    objecting = BY_ID["agreement-10-a"]
    assert answer(decided(objecting, by="ig_lead")).outcome is Outcome.ASK
    weighed = PersonDecided("art21_objection", "ig_lead", objecting.on, "overruled", "p1")
    assert answer(observed(objecting, decisions=(weighed,))).released


@pytest.mark.parametrize("role", closed_list("role"))
def test_who_may_weigh_an_objection(role: str) -> None:
    objecting = BY_ID["agreement-10-a"]
    weighed = PersonDecided("art21_objection", role, objecting.on, "upheld", "p1")
    upheld = reasons(observed(objecting, decisions=(weighed,))) == {"ART21_UPHELD"}
    assert upheld == (role in CONTROLLING)


@pytest.mark.parametrize(
    ("read", "before", "after"),
    [
        ("not_shared", Outcome.ASK, Outcome.MAY_SHARE),
        ("unknown", Outcome.ASK, Outcome.ASK),
        ("shared", Outcome.MUST_NOT, Outcome.MUST_NOT),
    ],
)
def test_a_protected_address_goes_where_only_the_recipient_reads_it(read: str, before: Outcome, after: Outcome) -> None:
    case = BY_ID["ex28x-b"]
    to = replace(case.request.recipients[0], read_by_others=read)
    case = asked(case, recipients=(to,))
    assert answer(case).outcome is before
    assert answer(decided(case)).outcome is after


@pytest.mark.parametrize("name", ["ex01", "ex08", "ex10", "ex17", "ex06", "agreement-00", "gateway-03", "gateway-06"])
@pytest.mark.parametrize("read", ["shared", "unknown"])
def test_nothing_goes_by_itself_where_somebody_else_may_read_it(name: str, read: str) -> None:
    case = BY_ID[name]
    to = replace(case.request.recipients[0], read_by_others=read)
    found = answer(asked(case, recipients=(to,)))
    assert found.outcome is (Outcome.MUST_NOT if read == "shared" else Outcome.ASK)
    assert answer(case).released and not found.released


@pytest.mark.parametrize(("read", "outcome"), [("shared", Outcome.ASK), ("unknown", Outcome.MUST_SHARE)])
def test_a_statute_demands_the_information_and_not_this_way_of_sending_it(read: str, outcome: Outcome) -> None:
    case = BY_ID["ex13"]
    to = replace(case.request.recipients[0], read_by_others=read)
    assert answer(asked(case, recipients=(to,))).outcome is outcome


# ---- which decision ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"name": None},
        {"recipient": "somebody-else"},
        {"recipient": None},
        {"subject": "p2"},
        {"items": frozenset({"another"})},
        {"about": "art21_objection"},
        {"day": HELD_IN_CONFIDENCE.on + DAY},
        {"day": date(2026, 5, 1), "until": HELD_IN_CONFIDENCE.on - DAY},
    ],
)
def test_a_decision_that_is_not_this_one(change: dict[str, Any]) -> None:
    assert answer(decided(HELD_IN_CONFIDENCE, **change)).outcome is Outcome.ASK


def test_a_named_person_may_say_no_and_the_last_word_counts() -> None:
    no = decided(HELD_IN_CONFIDENCE, result="refuse")
    assert answer(no).outcome is Outcome.MUST_NOT
    assert "NAMED_PERSON_DECIDED" in answer(no).reasons
    to_nobody = decided(HELD_IN_CONFIDENCE, result="refuse", recipient=None)
    assert answer(to_nobody).outcome is Outcome.MUST_NOT
    earlier = decided(HELD_IN_CONFIDENCE, day=HELD_IN_CONFIDENCE.on - DAY)
    assert answer(decided(earlier, result="refuse")).outcome is Outcome.MUST_NOT
    assert answer(decided(decided(HELD_IN_CONFIDENCE, day=HELD_IN_CONFIDENCE.on - DAY, result="refuse"))).released


def test_a_named_person_never_turns_a_refusal() -> None:
    assert answer(decided(BY_ID["ex11"])).outcome is Outcome.MUST_NOT
