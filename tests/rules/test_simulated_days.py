"""Simulation: the days on which something goes, what it says of a day on which nothing goes, and what differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from placewide.sharing.format.agreements import read_agreement
from placewide.sharing.format.files import standard_law
from placewide.sharing.rules.simulating import difference, simulate
from placewide.sharing.terms.agreed import Agreement, Party
from placewide.sharing.terms.law import Dates
from placewide.sharing.terms.simulated import Days, Opening

FOLDER = Path(__file__).resolve().parents[2] / "agreements"
LAW = standard_law()
DAY = timedelta(days=1)
LONG_AGO, IN_FORCE, SPRING, SUMMER, AUTUMN = (
    date(2021, 1, 1),
    date(2026, 6, 1),
    date(2026, 5, 10),
    date(2026, 7, 1),
    date(2026, 10, 1),
)


def model(name: str) -> Agreement:
    path = FOLDER / f"{name}.yaml"
    return read_agreement(path, path.name).document.runs


BADGE = model("blue-badge")
START, END = BADGE.start, BADGE.end
GIVES, GETS = BADGE.flows[0].giver, BADGE.flows[0].receiver


def party(org: str, **changed: object) -> Agreement:
    """The blue badge agreement with one party changed."""
    return replace(BADGE, parties=tuple(replace(p, **changed) if p.org == org else p for p in BADGE.parties))


def opened(agreement: Agreement, on: date = IN_FORCE) -> tuple[Opening, ...]:
    return simulate([agreement], LAW, on)


@pytest.mark.parametrize(
    ("agreement", "days"),
    [
        (BADGE, ((START, END),)),
        (replace(BADGE, end=None), ((START, None),)),
        (party(GETS, signed=SPRING), ((SPRING, END),)),
        (party(GIVES, revoked=AUTUMN), ((START, AUTUMN - DAY),)),
        (party(GETS, signed=SPRING, revoked=AUTUMN), ((SPRING, AUTUMN - DAY),)),
        (party(GIVES, signed=None), ()),
        (
            replace(BADGE, parties=(*BADGE.parties, Party("elsewhere", "charity", "both", SPRING, AUTUMN))),
            ((START, END),),
        ),
    ],
    ids=["whole", "open end", "signed late", "signed off early", "both", "never signed", "a party of other flows"],
)
def test_it_goes_from_the_last_signature_to_the_first_that_is_taken_back(agreement: Agreement, days: Days) -> None:
    assert {each.conditions.days for each in opened(agreement)} == {days}


@pytest.mark.parametrize(
    ("dates", "days"),
    [
        (Dates(SPRING, None), ((SPRING, END),)),
        (Dates(LONG_AGO, SUMMER), ((START, SUMMER),)),
        (Dates(SPRING, SUMMER), ((SPRING, SUMMER),)),
    ],
)
def test_it_goes_only_while_its_law_is_law(dates: Dates, days: Days) -> None:
    (entry,) = BADGE.law
    law = replace(LAW, bases={**LAW.bases, entry.art6: replace(LAW.bases[entry.art6], dates=dates)})
    assert {each.conditions.days for each in simulate([BADGE], law, IN_FORCE)} == {days}
    of_another = replace(BADGE, law=(entry, replace(entry, org=GETS, art6="UKGDPR.6.1.c")))
    ended = {**law.bases, "UKGDPR.6.1.c": replace(LAW.bases["UKGDPR.6.1.c"], dates=Dates(LONG_AGO, SPRING))}
    assert {each.conditions.days for each in simulate([of_another], replace(law, bases=ended), IN_FORCE)} == {days}


def test_a_day_that_changes_nothing_does_not_part_its_time() -> None:
    (entry,) = BADGE.law
    more = replace(BADGE, law=(entry, replace(entry, art6="UKGDPR.6.1.c")))
    law = replace(
        LAW, bases={**LAW.bases, "UKGDPR.6.1.c": replace(LAW.bases["UKGDPR.6.1.c"], dates=Dates(SPRING, SUMMER))}
    )
    assert {each.conditions.days for each in simulate([more], law, IN_FORCE)} == {((START, END),)}


def test_before_its_first_day_it_tells_the_conditions_of_its_first_day() -> None:
    told = {on: {each.conditions for each in opened(BADGE, on)} for on in (START - DAY, START, IN_FORCE, END)}
    assert told[START - DAY] == told[START] == told[IN_FORCE] == told[END]
    assert {each.closed_by for each in opened(BADGE, START - DAY)} == {("AGREEMENT_NOT_IN_FORCE",)}


def test_a_law_of_later_is_told_where_the_agreement_begins_later() -> None:
    late = replace(BADGE, start=SUMMER)
    (entry,) = BADGE.law
    law = replace(LAW, bases={**LAW.bases, entry.art6: replace(LAW.bases[entry.art6], dates=Dates(SUMMER, None))})
    assert {each.conditions.agreeing for each in simulate([late], law, IN_FORCE)} == {"never"}
    assert {each.conditions for each in simulate([late], law, IN_FORCE)} == {
        each.conditions for each in simulate([late], law, SUMMER)
    }


def test_of_what_does_not_go_nobody_is_asked_and_nothing_stops_it() -> None:
    for each in opened(party(GIVES, signed=None)):
        found = each.conditions
        assert (found.agreeing, found.stopped_by, found.stopped_if_confidential) == ("never", frozenset(), frozenset())


def test_two_categories_are_answered_apart_where_a_law_forbids_one_of_them() -> None:
    (forbids,) = (rule for rule in LAW.prohibitions if rule.opted_out)
    alike = dict.fromkeys(("address", "contact"), LAW.categories["address"])
    law = replace(
        LAW,
        categories={**LAW.categories, **alike},
        prohibitions=(replace(forbids, categories=frozenset({"contact"}), purposes=frozenset(), opted_out=False),),
    )
    both = replace(BADGE, flows=(replace(BADGE.flows[0], categories=frozenset({"address", "contact"})),))
    closed = {each.category: bool(each.closed_by) for each in simulate([both], law, IN_FORCE)}
    assert closed == {"address": False, "contact": True}


def test_the_law_is_told_beside_the_basis_and_without_the_agreement() -> None:
    discharge = model("hospital-discharge")
    found = {each.category: each.conditions for each in opened(discharge)}
    assert found["health"].law == ("DPA2018.Sch1.2",)
    assert found["health"].basis == "UKGDPR.6.1.e"
    assert discharge.id not in found["health"].law


def test_what_is_closed_on_the_day_is_neither_opened_nor_changed() -> None:
    unsigned, signed = opened(party(GIVES, signed=None)), opened(BADGE)
    found = difference(unsigned, signed)
    assert (found.opens, found.closes, found.changes) == (signed, (), ())
    back = difference(signed, unsigned)
    assert (back.opens, back.closes, back.changes) == ((), signed, ())


def test_a_change_tells_every_agreement_that_opened_it_before() -> None:
    wider = replace(BADGE, id="wider", flows=(replace(BADGE.flows[0], most_people=5),))
    found = difference(simulate([BADGE, wider], LAW, IN_FORCE), opened(wider))
    told = [[each.agreement.id for each in change.before] for change in found.changes]
    assert told == [[BADGE.id, "wider"]] * len(BADGE.flows[0].categories)
