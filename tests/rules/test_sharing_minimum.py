"""No more than is needed: categories, papers that name them, and the time the matter covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from placewide.sharing.rules.minimum import narrowed
from placewide.sharing.terms.asked import Item
from placewide.sharing.terms.decided import Outcome
from placewide.sharing.terms.observed import Document, Period
from support.requests_to_share import CASES, answer, asked, first_item, observed, reasons

DAY = timedelta(days=1)
BY_ID = {case.id: case for case in CASES}
CORONER = BY_ID["gateway-01"]  # a paper of the coroner's names the health record

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("item", "period", "expected"),
    [
        ((None, None), (MAY, JUNE), (None, None, False)),
        ((MAY, JULY), None, (MAY, JULY, False)),
        ((MAY, JULY), (MAY, JULY), (MAY, JULY, False)),
        ((MAY, JULY), (JUNE, JULY), (JUNE, JULY, True)),
        ((MAY, None), (MAY, JUNE), (MAY, JUNE, True)),
        ((None, JULY), (JUNE, JULY), (JUNE, JULY, True)),
        ((MAY, JUNE), (JUNE, JULY), (JUNE, JUNE, True)),
        ((MAY, MAY), (JUNE, JULY), None),
    ],
)
def test_an_item_is_cut_to_the_time_the_matter_covers(item: Any, period: Any, expected: Any) -> None:
    asked_for = Item("x", "p1", ("health",), True, *item)
    assert narrowed(asked_for, Period(*period, "other") if period else None) == expected


def test_what_lies_outside_the_time_is_refused() -> None:
    case = first_item(BY_ID["ex01"], starts=date(2020, 1, 1), ends=date(2021, 1, 1))
    assert answer(case).outcome is Outcome.MUST_NOT
    assert reasons(case) == {"MORE_THAN_NEEDED"}


def test_an_order_opens_what_it_names_and_only_while_it_runs() -> None:
    order = Document("court_order", date(2026, 5, 1), until=date(2026, 5, 31), categories=frozenset({"health"}))
    case = observed(BY_ID["ex11"], documents=(order,))
    assert answer(case).outcome is Outcome.MUST_NOT
    assert answer(replace(case, on=date(2026, 5, 31))).outcome is Outcome.MUST_SHARE


@pytest.mark.parametrize(
    ("categories", "outcome"),
    [
        (("health",), Outcome.MUST_SHARE),
        (("social_care",), Outcome.MUST_NOT),
        (("health", "social_care"), Outcome.MUST_NOT),
    ],
)
def test_a_thing_with_one_category_too_many_is_refused_and_nobody_is_asked(
    categories: tuple[str, ...], outcome: Outcome
) -> None:
    case = asked(CORONER, items=(replace(CORONER.request.items[0], categories=categories),))
    assert answer(case).outcome is outcome
    assert reasons(case) == (set() if outcome is Outcome.MUST_SHARE else {"MORE_THAN_NEEDED"})


@pytest.mark.parametrize(
    ("other", "opened"),
    [
        ({}, True),
        ({"kind": "written_request"}, False),
        ({"under": "DPA2018.35"}, False),
        ({"day": CORONER.on + DAY}, False),
        ({"until": CORONER.on - DAY}, False),
    ],
)
def test_only_the_paper_that_the_law_asks_for_names_what_is_needed(other: dict[str, Any], opened: bool) -> None:
    paper = Document(
        "statutory_requirement", date(2026, 5, 20), under="CJA2009.Sch5", categories=frozenset({"social_care"})
    )
    case = observed(CORONER, documents=(replace(paper, **other),))
    assert ("MORE_THAN_NEEDED" not in reasons(case, 1)) == opened
