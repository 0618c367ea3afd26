"""What is known about an address's bins, and who serves it, from a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.kernel.clock import LONDON
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads, rules
from placewide.places.models import Address, Organisation, Round, StopException
from placewide.places.terms import Collection, CollectionStatus, RunStatus

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parent.parent.parent / "demo" / "places"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday
MILL_LANE = 999000000012
STATION_ROAD = 999000000073


@pytest.fixture(autouse=True)
def demo() -> None:
    actions.load_organisations(DEMO / "organisations.csv", actor=SYSTEM, now=NOW)
    actions.load_addresses(DEMO / "addresses.csv", actor=SYSTEM, now=NOW)
    for slug in ("calder-vale", "fenmarch"):
        collector = {"organisation_id": reads.organisation(slug).id, "actor": SYSTEM, "now": NOW}
        actions.load_rounds(DEMO / f"{slug}-rounds.csv", **collector)
        actions.load_stops(DEMO / f"{slug}-address-rounds.csv", **collector)
        actions.load_changes(DEMO / f"{slug}-holidays.csv", **collector)


def by_container(uprn: int, now: datetime, language: str = "en") -> dict[str, Collection]:
    return {found.container: found for found in reads.collections(uprn, now=now, language=language)}


def test_each_container_has_its_colour_and_its_days() -> None:
    found = by_container(MILL_LANE, NOW)
    assert {name: (c.colour, c.last, c.next) for name, c in found.items()} == {
        "refuse": ("black", date(2026, 11, 17), date(2026, 12, 1)),
        "recycling": ("blue", date(2026, 11, 24), date(2026, 11, 24)),
        "paper": ("red", date(2026, 11, 24), date(2026, 11, 24)),
        "food": ("brown", date(2026, 11, 24), date(2026, 11, 24)),
        "garden": ("green", date(2026, 11, 17), date(2026, 12, 1)),
    }
    assert found["food"].status == "not-finished"


def test_two_working_days_are_left_to_report_at_calder_vale() -> None:
    food = by_container(MILL_LANE, NOW)["food"]
    assert food.report_from == datetime(2026, 11, 24, 14, tzinfo=LONDON)
    assert food.report_until == datetime(2026, 11, 26, 23, 59, 59, tzinfo=UTC)


def test_a_day_changed_by_christmas_is_said_in_both_languages() -> None:
    friday = reads.find_addresses("1 Moor Road")[0].uprn
    week_before = datetime(2026, 12, 21, 9, tzinfo=UTC)
    english, welsh = by_container(friday, week_before), by_container(friday, week_before, "cy")
    assert english["food"].next == date(2026, 12, 26)
    assert english["food"].change_reason == "Friday’s collection is on Saturday because of Christmas Day"
    assert welsh["food"].change_reason == "Mae casgliad dydd Gwener ar ddydd Sadwrn oherwydd Dydd Nadolig"


def test_what_the_crew_notes_is_known_at_once_and_the_last_note_counts() -> None:
    food = by_container(MILL_LANE, NOW)["food"]
    today = date(2026, 11, 24)
    actions.note_run(food.round_id, today, RunStatus.RUNNING, actor=SYSTEM, now=NOW)
    assert by_container(MILL_LANE, NOW)["food"].status_at == NOW
    until = datetime(2026, 11, 25, 12, tzinfo=UTC)
    actions.note_run(food.round_id, today, RunStatus.DELAYED, until=until, actor=SYSTEM, now=NOW)
    delayed = by_container(MILL_LANE, NOW)["food"]
    assert (delayed.status, delayed.report_from) == ("delayed", until)
    actions.note_run(food.round_id, today, RunStatus.FINISHED, actor=SYSTEM, now=NOW)
    assert by_container(MILL_LANE, NOW)["food"].status == "finished"


def test_an_exception_is_known_at_its_own_address_only() -> None:
    food = by_container(MILL_LANE, NOW)["food"]
    for reason in (CollectionStatus.BLOCKED, CollectionStatus.NOT_PRESENTED):
        actions.note_exceptions(food.round_id, date(2026, 11, 24), [MILL_LANE], reason, actor=SYSTEM, now=NOW)
    assert by_container(MILL_LANE, NOW)["food"].status == "not-presented"
    assert by_container(MILL_LANE - 1, NOW)["food"].status == "not-finished"
    assert StopException.objects.count() == 1


def test_a_crew_cannot_note_what_is_not_its_to_note() -> None:
    food = by_container(MILL_LANE, NOW)["food"]
    with pytest.raises(ValueError, match="a crew notes one of"):
        actions.note_exceptions(
            food.round_id, NOW.date(), [MILL_LANE], CollectionStatus.FINISHED, actor=SYSTEM, now=NOW
        )


def test_an_address_without_rounds_has_no_collections() -> None:
    assert reads.collections(1, now=NOW) == ()


def test_collections_make_four_statements_however_many_notes_there_are() -> None:
    food = by_container(MILL_LANE, NOW)["food"]
    for day in range(1, 25):
        actions.note_run(food.round_id, date(2026, 11, day), RunStatus.FINISHED, actor=SYSTEM, now=NOW)
    with CaptureQueriesContext(connection) as captured:
        reads.collections(MILL_LANE, now=NOW)
    assert len(captured) == 4


def test_on_every_day_of_the_next_years_some_bin_can_be_reported() -> None:
    """The demo stays right: whatever the day, some street's bins were just collected."""
    uprns = [reads.find_addresses(street)[0].uprn for street in ("1 Station Road", "1 Mill Lane", "1 Canal Street",
             "1 Church Lane Oxmere", "1 Moor Road")]  # fmt: skip
    for now in (datetime(year, month, day, 18, tzinfo=UTC) for year in (2026, 2028, 2031) for month in (2, 6, 11)
                for day in range(1, 8)):  # fmt: skip
        open_now = [c for u in uprns for c in reads.collections(u, now=now) if c.report_from <= now <= c.report_until]
        assert open_now, now


def test_the_bodies_that_serve_an_address_are_said_in_one_line() -> None:
    with CaptureQueriesContext(connection) as captured:
        bodies = reads.bodies_serving(MILL_LANE, on=NOW.date())
    assert len(captured) == 2
    assert rules.serving_sentence(bodies, "en") == (
        "Calder Vale District Council (bins, housing, planning and council tax), Calderbrook County Council "
        "(roads, schools, libraries and social care), Calderbrook Carers, Calderbrook NHS Trust and Hebble Homes"
    )
    assert "Cyngor Dosbarth Calder Vale (biniau" in rules.serving_sentence(bodies, "cy")
    assert reads.bodies_serving(1, on=NOW.date()) == ()


def test_an_ended_body_serves_nobody_after_its_last_day() -> None:
    Organisation.objects.filter(slug="calderbrook-carers").update(ends=date(2027, 3, 31))
    assert "calderbrook-carers" in {body.slug for body in reads.bodies_serving(MILL_LANE, on=date(2027, 3, 31))}
    assert "calderbrook-carers" not in {body.slug for body in reads.bodies_serving(MILL_LANE, on=date(2027, 4, 1))}


def test_nor_does_a_council_that_has_ended_whether_it_is_of_this_node_or_not() -> None:
    Organisation.objects.filter(slug="calder-vale").update(ends=date(2027, 3, 31))
    Address.objects.filter(uprn=MILL_LANE).update(county_code="CMA")  # Cumbria, until 31 March 2023
    assert [body.name for body in reads.bodies_serving(MILL_LANE, on=date(2023, 3, 31))][:2] == [
        "Calder Vale District Council",
        "Cumbria County Council",
    ]
    assert "council" not in {body.kind for body in reads.bodies_serving(MILL_LANE, on=date(2027, 4, 1))}


def test_a_council_in_northern_ireland_is_not_said_to_do_what_is_not_councils_there() -> None:
    Address.objects.filter(uprn=MILL_LANE).update(district_code="BFS", county_code="")
    bodies = reads.bodies_serving(MILL_LANE, on=NOW.date())
    assert rules.serving_sentence(bodies, "en") == "Belfast City Council (bins, parks, planning and leisure)"
    Organisation.objects.filter(slug="fenmarch").update(authority_code="BFS", nation="Northern Ireland")
    hosted = reads.bodies_serving(MILL_LANE, on=NOW.date())
    assert rules.serving_sentence(hosted, "en") == "Fenmarch Council (bins, parks, planning and leisure)"


def test_the_invented_councils_provide_by_their_tier() -> None:
    on = date(2026, 11, 24)
    assert [p.code for p in reads.providers("ZZV", 557, on=on)] == ["ZZC"]
    assert [p.code for p in reads.providers("ZZV", 524, on=on)] == ["ZZV"]
    assert [p.code for p in reads.providers("ZZF", 557, on=on)] == ["ZZF"]


def test_every_round_of_the_demo_keeps_its_weekday() -> None:
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    assert all(route.name.startswith(names[route.first_date.weekday()]) for route in Round.objects.all())


def test_a_crew_leader_sees_the_rounds_of_a_day_and_how_they_stand() -> None:
    calder_vale = reads.organisation("calder-vale").id
    tuesday = date(2026, 11, 24)
    with CaptureQueriesContext(connection) as captured:
        rounds = reads.rounds_on(calder_vale, tuesday)
    assert len(captured) == 3
    assert [each.route.name for each in rounds] == ["Tuesday food", "Tuesday paper", "Tuesday recycling"]
    actions.note_run(rounds[0].route.id, tuesday, RunStatus.RUNNING, actor=SYSTEM, now=NOW)
    standing = {each.route.name: each.run and each.run.status for each in reads.rounds_on(calder_vale, tuesday)}
    assert standing == {"Tuesday food": "running", "Tuesday paper": None, "Tuesday recycling": None}
    assert {r.collection.normal for r in reads.rounds_on(calder_vale, date(2026, 12, 26))} == {date(2026, 12, 25)}
    assert reads.rounds_on(calder_vale, date(2026, 11, 22)) == ()


def test_a_collection_left_out_over_christmas_is_said() -> None:
    found = by_container(MILL_LANE, datetime(2026, 12, 28, 9, tzinfo=UTC))["garden"]
    assert found.next == date(2027, 1, 12)
    assert found.change_reason == "There is no collection on Tuesday 29 December because of the Christmas break"
    welsh = by_container(MILL_LANE, datetime(2026, 12, 28, 9, tzinfo=UTC), "cy")["garden"]
    assert welsh.change_reason == "Nid oes casgliad ddydd Mawrth 29 Rhagfyr oherwydd gwyliau’r Nadolig"
    assert by_container(MILL_LANE, datetime(2026, 12, 30, 9, tzinfo=UTC))["garden"].change_reason == ""
