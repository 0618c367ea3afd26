"""The decision as a whole: what it takes over from the single answers, and to whom each part of it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from placewide.sharing.format.case import Case
from placewide.sharing.format.files import law_of
from placewide.sharing.terms.asked import Cited
from placewide.sharing.terms.decided import Decision, Outcome
from placewide.sharing.terms.observed import Period
from support.requests_to_share import CASES, against, answer, asked, first_item

DAY = timedelta(days=1)
MAY = date(2025, 5, 1)
BY_ID = {case.id: case for case in CASES}
BODIES = {repr(replace(each, id="")): each for case in CASES for each in case.request.recipients}.values()
HOSPITAL = replace(next(each for each in BODIES if "health_care" in each.functions), id="hospital")


def codes(case: Case) -> set[str]:
    return {each.code for each in answer(case).obligations}


def by_recipient(decision: Decision) -> set[tuple[object, ...]]:
    """What is released, a row for each recipient."""
    return {
        (each.item, each.starts, each.ends, each.ground, each.reason, recipient)
        for each in decision.released
        for recipient in each.recipients
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_each_recipient_gets_what_it_would_get_alone(case: Case) -> None:
    asked_for = case.request.recipients
    alone = by_recipient(answer(case))
    for body in BODIES:
        other = replace(body, id="the-other")
        together = by_recipient(answer(asked(case, recipients=(*asked_for, other))))
        assert together == alone | by_recipient(answer(asked(case, recipients=(other,))))


def test_the_agreement_is_told_that_was_cited_and_is_known() -> None:
    case = BY_ID["agreement-00"]
    cited = case.request.agreement
    assert cited is not None and answer(case).agreement == cited
    assert answer(asked(case, agreement=Cited(cited.id, cited.version + 1))).agreement is None
    assert answer(asked(case, agreement=None)).agreement is None


def test_whoever_is_to_be_asked_is_somebody_and_named_once() -> None:
    decision = answer(BY_ID["ex13-a"])
    assert {each.asks for each in decision.withheld} == {None, "nominated_person"}
    assert decision.ask_who == ("nominated_person",)


@pytest.mark.parametrize(("starts", "owed"), [(MAY, False), (MAY - DAY, True)], ids=["within", "cut"])
def test_what_is_cut_to_its_time_goes_with_a_word_that_it_was(starts: date, owed: bool) -> None:
    coroner = BY_ID["gateway-01"]  # a duty that says nothing of a minimum itself
    matter = replace(coroner, circumstances=replace(coroner.circumstances, period=Period(MAY, MAY + 30 * DAY, "other")))
    case = first_item(matter, starts=starts, ends=MAY + 30 * DAY)
    assert answer(case).released[0].starts == MAY
    assert ("MINIMUM_ONLY" in codes(case)) == owed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_words_of_somebody_else_are_blacked_out_where_they_stay_and_something_goes(case: Case) -> None:
    for each in (case, *against(case)):
        decision = answer(each)
        stays = any(row.reason == "THIRD_PARTY_DATA" for row in decision.withheld)
        assert ("REDACT_THIRD_PARTY" in codes(each)) == (stays and bool(decision.released))


def test_whoever_is_asked_writes_down_why_and_owes_nothing_yet_for_what_does_not_go() -> None:
    waiting = [case for case in CASES if answer(case).outcome is Outcome.ASK]
    owed = {case.id: codes(case) - {"HEAR_PERSON_FIRST"} for case in waiting}
    assert waiting and set(map(frozenset, owed.values())) == {frozenset({"RECORD_WHY"})}, owed


def test_somebody_is_heard_first_only_where_what_was_looked_at_says_so() -> None:
    heard = {case.id for case in CASES if "HEAR_PERSON_FIRST" in codes(case)}
    assert heard == {"ex23", "ex23-a"}  # PROTECT.PRESSING_NEED: nobody was heard yet
    asked_of_two = asked(BY_ID["ex23"], recipients=(*BY_ID["ex23"].request.recipients, HOSPITAL))
    assert "HEAR_PERSON_FIRST" in codes(asked_of_two)


@pytest.mark.parametrize("name", ["gateway-04-a", "gateway-05-b", "gateway-07"])
def test_whoever_agreed_need_not_be_told_again(name: str) -> None:
    assert {each.reason for each in answer(BY_ID[name]).released} == {"PERSON_CONSENTED"}
    assert not {code for code in codes(BY_ID[name]) if code.startswith("TELL")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_law_that_forbids_is_cited_only_for_the_reason_it_gives(case: Case) -> None:
    for each in (case, *against(case)):
        decision = answer(each)
        cited = [rule for rule in law_of(each).prohibitions if rule.code in decision.cites]
        assert {rule.reason for rule in cited} <= set(decision.reasons)


def test_what_was_claimed_wrongly_is_said_unless_that_would_confirm_something() -> None:
    case = BY_ID["ex09-b"]
    assert "BASIS_NOT_OPEN_TO_PUBLIC_AUTHORITY" in answer(case).reasons
    hidden = answer(first_item(case, held=False))
    assert (hidden.outcome, hidden.reasons) == (Outcome.CANNOT_CONFIRM, ("CANNOT_CONFIRM",))
    assert hidden.cites == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_rules_that_bore_on_it_are_told(case: Case) -> None:
    decision = answer(case)
    assert {each.ground for each in decision.released} - {"named_person"} <= set(decision.rules)


def test_a_rule_that_was_looked_at_in_vain_is_told_too() -> None:
    assert answer(BY_ID["ex23-a"]).rules == ("PROTECT.PRESSING_NEED",)
