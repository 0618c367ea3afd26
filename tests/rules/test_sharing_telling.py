"""Whether, when and under what exemption people are told, and whom to hear first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from placewide.sharing.terms.asked import Item
from placewide.sharing.terms.decided import Decision
from placewide.sharing.terms.observed import Consulted, Notice, Relationship, Telling, Told
from support.requests_to_share import CASES, answer, asked, observed

DAY = timedelta(days=1)
BY_ID = {case.id: case for case in CASES}
FAMILY = BY_ID["ex10"]  # a school's concern about a child goes to children's services

HARM = Telling("increase_risk_of_harm", "safeguarding_lead", date(2026, 5, 28))


def owed(decision: Decision) -> dict[str, Any]:
    return {each.code: each for each in decision.obligations}


@pytest.mark.parametrize(
    ("until", "code", "on"),
    [
        (None, "DO_NOT_TELL", None),
        (date(2026, 7, 1), "TELL_PERSON_LATER", date(2026, 7, 2)),
        (date(2026, 6, 1), "TELL_PERSON_LATER", date(2026, 6, 2)),
        (date(2026, 5, 31), "TELL_PERSON_NOW", None),
    ],
)
def test_telling_waits_for_as_long_as_it_would_harm(until: date | None, code: str, on: date | None) -> None:
    found = owed(answer(observed(FAMILY, telling=(replace(HARM, until=until),))))
    assert {"DO_NOT_TELL", "TELL_PERSON_LATER", "TELL_PERSON_NOW"} & set(found) == {code}
    assert found[code].on == on
    assert ("NOTICE_IN_PLACE" in found) == (code != "TELL_PERSON_NOW")


def test_two_dangers_of_telling_wait_for_the_later_and_one_without_end_for_ever() -> None:
    first, later = (
        replace(HARM, said_by=by, until=day)
        for by, day in (("social_worker", date(2026, 6, 30)), ("senior_officer", date(2026, 7, 1)))
    )
    assert owed(answer(observed(FAMILY, telling=(first, later))))["TELL_PERSON_LATER"].on == date(2026, 7, 2)
    assert "DO_NOT_TELL" in owed(answer(observed(FAMILY, telling=(first, HARM))))


@pytest.mark.parametrize(
    "views",
    [
        (replace(HARM, said_by="other"),),
        (HARM, replace(HARM, would="no_effect", day=date(2026, 5, 30))),
    ],
)
def test_only_a_professionals_last_view_of_telling_counts(views: tuple[Telling, ...]) -> None:
    assert "TELL_PERSON_NOW" in owed(answer(observed(FAMILY, telling=views)))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"told": (Told("subject", date(2026, 5, 30)),)}, True),
        ({"told": (Told("parent", date(2026, 5, 30)),)}, True),
        ({"told": (Told("health_professional", date(2026, 5, 30)),)}, False),
        ({"notices": (Notice("direct", date(2026, 1, 1), ("safeguard_child",)),)}, True),
        ({"notices": (Notice("at_collection", date(2026, 1, 1), ("safeguard_child",)),)}, True),
        ({"notices": (Notice("published", date(2026, 1, 1), ("safeguard_child",)),)}, False),
        ({"notices": (Notice("direct", date(2026, 1, 1), ("research",)),)}, False),
    ],
)
def test_whoever_knows_already_is_not_told_again(known: dict[str, Any], told: bool) -> None:
    assert ("TELL_PERSON_NOW" not in owed(answer(observed(FAMILY, **known)))) == told


@pytest.mark.parametrize(("until", "code"), [(None, "DO_NOT_TELL"), (date(2026, 7, 1), "TELL_PERSON_LATER")])
@pytest.mark.parametrize("given", ["at_collection", "direct"])
def test_a_notice_from_before_does_not_allow_telling_what_would_harm(given: str, until: date | None, code: str) -> None:
    notice = Notice(given, date(2026, 1, 1), ("safeguard_child",))
    found = owed(answer(observed(FAMILY, notices=(notice,), telling=(replace(HARM, until=until),))))
    assert code in found
    assert "NOTICE_IN_PLACE" not in found


def test_who_was_told_of_this_is_not_kept_from_it() -> None:
    told = Told("subject", date(2026, 5, 30))
    assert "DO_NOT_TELL" not in owed(answer(observed(FAMILY, told=(told,), telling=(HARM,))))


def test_the_exemption_from_telling_is_cited_and_named() -> None:
    decision = answer(observed(FAMILY, telling=(HARM,)))
    assert owed(decision)["DO_NOT_TELL"].under == "UKGDPR.14.5"
    assert "UKGDPR.14.5" in decision.cites


@pytest.mark.parametrize(
    ("urgency", "heard", "owes"), [("routine", False, True), ("urgent", False, False), ("routine", True, False)]
)
def test_the_person_is_heard_first_where_time_allows(urgency: str, heard: bool, owes: bool) -> None:
    consulted = (Consulted("subject", "no_answer", date(2026, 5, 22)),) if heard else ()
    case = asked(observed(BY_ID["ex23-a"], consulted=consulted), urgency=urgency)
    assert ("HEAR_PERSON_FIRST" in owed(answer(case))) == owes


@pytest.mark.parametrize(("urgency", "heard"), [("routine", True), ("urgent", False), ("emergency", False)])
def test_nobody_is_heard_first_where_time_is_short(urgency: str, heard: bool) -> None:
    found = answer(asked(BY_ID["ex23"], urgency=urgency))
    assert ("HEAR_PERSON_FIRST" in {each.code for each in found.obligations}) == heard


@pytest.mark.parametrize(
    ("role", "believed"),
    [("safeguarding_lead", True), ("support_worker", True), ("data_protection_officer", True), ("other", False)],
)
def test_whose_view_counts_of_what_telling_would_do(role: str, believed: bool) -> None:
    view = Telling("increase_risk_of_harm", role, FAMILY.on)
    found = {each.code for each in answer(observed(FAMILY, telling=(view,))).obligations}
    assert ("DO_NOT_TELL" in found) == believed
    assert ("TELL_PERSON_NOW" in found) != believed


def test_telling_one_parent_tells_no_grown_up_and_everybody_has_to_know() -> None:
    child, told = FAMILY.request.subjects[0], Told("parent", FAMILY.on)
    grown = replace(child, id="p2", born=date(1990, 1, 1))
    teen = replace(child, id="p2", born=date(2009, 1, 1))
    for other, owed in ((grown, False), (teen, True)):  # of the grown-up nothing goes: this law is about children
        items = (*FAMILY.request.items, Item("own", "p2", ("safeguarding",), held=True))
        both = observed(asked(FAMILY, subjects=(child, other), items=items), told=(told,))
        assert ("own" in {each.item for each in answer(both).released}) == owed
        assert ("TELL_PERSON_NOW" in {each.code for each in answer(both).obligations}) == owed


def test_whoever_speaks_for_the_person_is_told_in_their_place() -> None:
    told = observed(FAMILY, told=(Told("representative", FAMILY.on),))
    assert "TELL_PERSON_NOW" not in owed(answer(told))


@pytest.mark.parametrize(
    ("of", "knows"),
    [({}, True), ({"kind": "parental_responsibility"}, False), ({"party": "x"}, False), ({"subject": "x"}, False)],
)
def test_whoever_gets_what_is_their_own_is_not_told_of_it(of: dict[str, str], knows: bool) -> None:
    own = Relationship(FAMILY.request.recipients[0].id, FAMILY.request.subjects[0].id, "self", FAMILY.on)
    assert ("TELL_PERSON_NOW" not in owed(answer(observed(FAMILY, relationships=(replace(own, **of),))))) == knows
