"""Loading files on a real database: whole or not at all, as often as one likes, every bad row named."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import pytest
from django.db import connection

from placewide.journeys.facts import container_name
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads
from placewide.places.actions import NewOrganisation
from placewide.places.models import Address, PlaceName, Round, RoundChange, RoundStop
from placewide.places.staging import Staging
from placewide.places.tables import BadFile
from placewide.places.terms import Container
from placewide.services.facts import COLLECTION

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DEMO = Path(__file__).parent.parent.parent / "demo" / "places"
HEADER = "uprn,line_1,line_2,street,town,postcode,district,county,easting,northing\n"
GOOD = "100,1 Mill Lane,,Mill Lane,Oxmere,CD1 4AB,ADU,WSX,500000,105000\n"


@pytest.fixture
def organisation_id() -> UUID:
    new = NewOrganisation(slug="calder-vale", name="Calder Vale District Council", tier="district")
    return actions.add_organisation(new, actor=SYSTEM, now=NOW).id


def file(folder: Path, text: str | bytes, name: str = "addresses.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def load(path: Path) -> actions.Loaded:
    return actions.load_addresses(path, actor=SYSTEM, now=NOW)


def faults(path: Path) -> list[str]:
    return [problem.said(path.name) for problem in actions.check_addresses(path, on=NOW.date())]


def test_the_demo_loads_and_loads_again_unchanged() -> None:
    first = load(DEMO / "addresses.csv")
    names = PlaceName.objects.count()
    again = load(DEMO / "addresses.csv")
    assert (first.rows, first.added, again.rows, again.added) == (408, 408, 408, 0)
    assert (Address.objects.count(), PlaceName.objects.count()) == (408, names)


def test_a_second_file_brings_addresses_up_to_date_and_takes_none_away(tmp_path: Path) -> None:
    load(file(tmp_path, HEADER + GOOD + GOOD.replace("100,1", "101,2")))
    load(file(tmp_path, HEADER + GOOD.replace("Mill Lane", "Weir Street")))
    assert {a.line_1 for a in Address.objects.all()} == {"1 Weir Street", "2 Mill Lane"}


def test_a_renamed_street_is_no_longer_found_by_its_old_name(tmp_path: Path) -> None:
    load(file(tmp_path, HEADER + GOOD))
    load(file(tmp_path, HEADER + GOOD.replace("Mill Lane", "Weir Street")))
    assert reads.find_addresses("Mill Lane") == ()
    assert len(reads.find_addresses("Weir Street")) == 1


def test_a_broken_file_changes_nothing_and_names_every_bad_row(tmp_path: Path) -> None:
    load(file(tmp_path, HEADER + GOOD))
    bad = file(
        tmp_path,
        HEADER
        + GOOD.replace("1 Mill", "9 Mill")
        + "x1,,,Mill Lane,Oxmere,CD1,ADU,WSX,,\n"
        + "103,3 Mill Lane,,Mill Lane,,CD1 4AB,ADU,WSX,-0.3,50.8\n"
        + GOOD
        + "104,4 Mill Lane\n",
        "broken.csv",
    )
    with pytest.raises(BadFile) as refused:
        load(bad)
    said = [problem.said("broken.csv") for problem in refused.value.problems]
    assert Address.objects.get().line_1 == "1 Mill Lane"
    assert said[:8] == [
        'broken.csv:3: uprn: "x1" is no UPRN. Give a number of up to twelve digits.',
        "broken.csv:3: line_1: it is empty. Fill it in.",
        'broken.csv:3: postcode: "CD1" is no whole postcode. Give all of it, such as CD1 4AB.',
        "broken.csv:4: town: it is empty. Fill it in.",
        'broken.csv:4: easting: "-0.3" lies outside the National Grid. Give metres, not degrees.',
        'broken.csv:4: northing: "50.8" lies outside the National Grid. Give metres, not degrees.',
        "broken.csv:5: uprn: 100 is on line 2 already. Keep one of the two.",
        "broken.csv:6: cells in the row: 2; columns the first line names: 10. Put cells that hold a comma in quotes.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "addresses.csv:1: uprn: this column is missing. The first line names: uprn, line_1, town, postcode"),
        ("uprn;line_1;town;postcode\n", "addresses.csv:1: the columns are not parted by commas"),
        ("uprn,uprn,line_1,town,postcode\n", "addresses.csv:1: uprn: this column is there twice"),
        (HEADER + '100,"1 Mill Lane\n', "this is not CSV"),
        (
            HEADER.encode() + "100,1 Märchen Lane,,,Oxmere,CD1 4AB,,,,\n".encode("latin-1"),
            ":2: the row is not in UTF-8",
        ),
        (
            HEADER.encode("utf-16"),
            "addresses.csv:1: the file is not in UTF-8, but in UTF-16. Save the file as CSV UTF-8",
        ),
        (HEADER.encode("utf-16-le"), "addresses.csv:1: the file is not in UTF-8, but in UTF-16"),
        (HEADER + '100,"1 Mill\nLane",,,Oxmere,CD1 4AB,,,,\n', "line_1: the cell holds a line break"),
        (HEADER + "1E+11,1 Mill Lane,,,Oxmere,CD1 4AB,,,,\n", "a UPRN that a spreadsheet has rounded"),
        (HEADER + "100,1 Mill Lane,,,Oxmere,CD1 4AB,,,500000,\n", "northing: it is empty. Give both"),
        (HEADER + f"100,{'x' * 200},,,Oxmere,CD1 4AB,,,,\n", "line_1: the text has 200 characters. Give at most 120"),
        (HEADER + f"100,{'x' * 200_000},,,Oxmere,CD1 4AB,,,,\n", "this is not CSV: field larger than field limit"),
        (HEADER + "100,1 Mill Lane\x00,,,Oxmere,CD1 4AB,,,,\n", ":2:"),
    ],
)
def test_a_fault_of_the_file_is_said_with_what_to_do(tmp_path: Path, text: str | bytes, said: str) -> None:
    path = file(tmp_path, text)
    assert any(said in fault for fault in faults(path)), faults(path)
    with pytest.raises(BadFile):
        load(path)
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("100,1 Mill Lane,,,Oxmere,CD1 4AB,,,,\n", "street: it is empty, so the address is found by its postcode only"),
        ("100,1 A,,A,Oxmere,CDI 4AB,,,,\n", 'postcode: "CDI 4AB" was read as CD1 4AB'),
        ("100,1 A,,A,Oxmere,CD1 4AB,QQQ,,,\n", "district: no authority with the code QQQ is known"),
        (
            "100,1 A,,A,Oxmere,CD1 4AB,AYL,,,\n",
            "district: AYL ended on 31 March 2020; now BUC. Use the code of the council",
        ),
        ("100,1 A,,A,Oxmere,CD1 4AB,,CMA,,\n", "county: CMA ended on 31 March 2023; now CBD, WAF."),
        (GOOD + GOOD.replace("100", "101"), "the same address is on line 2 with another UPRN"),
    ],
)
def test_what_is_odd_is_said_and_still_loaded(tmp_path: Path, row: str, said: str) -> None:
    loaded = load(file(tmp_path, HEADER + row))
    assert any(said in warning.said("a.csv") for warning in loaded.warnings)
    assert all(warning.said("a.csv").startswith("note: a.csv:") for warning in loaded.warnings)
    assert loaded.added


@pytest.mark.parametrize(
    ("district", "county", "said"),
    [
        (
            "WSX",
            "",
            "district: WSX is no district or single-tier council but a county council. "
            "Put WSX under county, and the district's code here.",
        ),
        (
            "GMCA",
            "",
            "district: GMCA is no district or single-tier council but a combined authority or the Greater London "
            "Authority. Give the code of the council that collects the bins.",
        ),
        ("LDS", "WSX", "county: LDS is a single tier, the row puts the county WSX above it. Leave it empty."),
        ("ADU", "KEN", "county: ADU lies in WSX, the row says KEN. Give WSX, or leave it empty."),
        (
            "ADU",
            "ADU",
            "county: ADU is no county council but a district council. "
            "Give the county council's code, or leave it empty.",
        ),
        (
            "MAN",
            "GMCA",
            "county: GMCA is no county council but a combined authority or the Greater London Authority. "
            "Give the county council's code, or leave it empty.",
        ),
        ("CMA", "", "district: CMA is no district or single-tier council but a county council."),
    ],
)
def test_a_code_in_the_wrong_place_refuses_the_file(tmp_path: Path, district: str, county: str, said: str) -> None:
    path = file(tmp_path, HEADER + GOOD + f"101,1 A,,A,Oxmere,CD1 4AB,{district},{county},,\n")
    with pytest.raises(BadFile) as refused:
        load(path)
    faults = [problem.said("a.csv") for problem in refused.value.problems if problem.fatal]
    assert len(faults) == 1
    assert faults[0].startswith(f"a.csv:3: {said}")
    assert not Address.objects.exists()


def test_both_codes_of_a_row_are_named_where_both_are_wrong(tmp_path: Path) -> None:
    said = faults(file(tmp_path, HEADER + "101,1 A,,A,Oxmere,CD1 4AB,GMCA,GLA,,\n"))
    assert [line.split(": ")[1] for line in said] == ["district", "county"]


@pytest.mark.parametrize(("district", "county"), [("ADU", ""), ("ADU", "WSX"), ("", "WSX"), ("LDS", ""), ("", "")])
def test_codes_that_stand_together_are_loaded_without_a_word(tmp_path: Path, district: str, county: str) -> None:
    assert faults(file(tmp_path, HEADER + f"101,1 A,,A,Oxmere,CD1 4AB,{district},{county},,\n")) == []


def test_the_tier_of_an_organisation_of_this_node_counts_like_a_published_one(tmp_path: Path) -> None:
    actions.load_organisations(DEMO / "organisations.csv", actor=SYSTEM, now=NOW)
    said = faults(file(tmp_path, HEADER + "101,1 A,,A,Oxmere,CD1 4AB,ZZC,ZZV,,\n"))
    assert [line.split(": ")[2][:3] for line in said] == ["ZZC", "ZZV"]


def test_an_unknown_column_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    loaded = load(file(tmp_path, "\ufeffUPRN,Line_1,town,postcode,colour\n100,1 A,Oxmere,CD1 4AB,red\n"))
    assert loaded.added == 1
    assert any("not known and was left out" in w.wrong for w in loaded.warnings)


ROUND_HEADER = "round,container,colour,weekday,weeks,first_date,out_by,ends,report_days\n"
ROUND = "MON-REFUSE,refuse,black,Monday,2,2026-11-23,07:00,15:30,2\n"


@pytest.mark.parametrize("container", [kind.value for kind in Container])
def test_a_round_of_every_container_that_packages_know_is_loaded(
    tmp_path: Path, organisation_id: UUID, container: str
) -> None:
    assert set(COLLECTION.fields["container"].words) == {kind.value for kind in Container}
    load_rounds(tmp_path, ROUND.replace("refuse", container), organisation_id)
    assert Round.objects.get().container == container
    assert container_name(container, "green")["en"]


def load_rounds(folder: Path, text: str, organisation_id: UUID) -> actions.Loaded:
    path = file(folder, ROUND_HEADER + text, "rounds.csv")
    return actions.load_rounds(path, organisation_id=organisation_id, actor=SYSTEM, now=NOW)


def test_a_round_keeps_its_id_when_it_is_loaded_again(tmp_path: Path, organisation_id: UUID) -> None:
    load_rounds(tmp_path, ROUND, organisation_id)
    before = Round.objects.get()
    load_rounds(tmp_path, ROUND.replace("15:30", "16:00"), organisation_id)
    after = Round.objects.get()
    assert (after.id, before.ends, after.ends) == (before.id, 930, 960)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Monday", "Tuesday", "rounds.csv:2: first_date: 2026-11-23 is a Monday, the row says Tuesday"),
        ("refuse", "rubbish", '"rubbish" is no container. Give one of refuse, recycling'),
        ("2026-11-23", "23/11/2026", '"23/11/2026" is no date. Write 2026-11-30'),
        ("15:30", "06:30", "the round ends before containers are out"),
        ("15:30", "25:00", '"25:00" is no time. Write 07:00'),
        (",2,2026", ",0,2026", 'weeks: "0" is not possible. Give a whole number from 1 to 8'),
        ("black", "<b>", '"<b>" is no colour'),
        ("MON-REFUSE", "", "round: it is empty"),
    ],
)
def test_a_bad_round_is_named(tmp_path: Path, organisation_id: UUID, old: str, new: str, said: str) -> None:
    with pytest.raises(BadFile) as refused:
        load_rounds(tmp_path, ROUND.replace(old, new), organisation_id)
    assert any(said in problem.said("rounds.csv") for problem in refused.value.problems)
    assert not Round.objects.exists()


def test_an_address_follows_its_new_round_and_others_keep_theirs(tmp_path: Path, organisation_id: UUID) -> None:
    load(file(tmp_path, HEADER + GOOD + GOOD.replace("100,1", "101,2")))
    load_rounds(tmp_path, ROUND + ROUND.replace("MON-REFUSE", "MON-B"), organisation_id)

    def assign(text: str) -> None:
        path = file(tmp_path, "uprn,round,assisted\n" + text, "stops.csv")
        actions.load_stops(path, organisation_id=organisation_id, actor=SYSTEM, now=NOW)

    assign("100,MON-REFUSE,yes\n101,MON-REFUSE,no\n")
    assign("100,MON-B,\n")
    assert set(RoundStop.objects.values_list("address_id", "round__code", "assisted")) == {
        (100, "MON-B", False),
        (101, "MON-REFUSE", False),
    }
    with pytest.raises(BadFile) as refused:
        assign("100,MON-REFUSE,\n100,MON-REFUSE,perhaps\n999,TUE,\n100,MON-REFUSE,\n")
    assert [problem.said("stops.csv") for problem in refused.value.problems] == [
        'stops.csv:3: assisted: "perhaps" is neither yes nor no. Write yes, no or nothing.',
        "stops.csv:4: uprn: no address with the UPRN 999 is loaded. Load its address first.",
        'stops.csv:4: round: there is no round "TUE". Load the rounds first, or mend its name.',
        "stops.csv:5: uprn: 100 on round MON-REFUSE is on line 2 already. Keep one of the two.",
    ]
    assert RoundStop.objects.count() == 2


def test_holiday_changes_of_a_file_replace_those_of_its_days(tmp_path: Path, organisation_id: UUID) -> None:
    load_rounds(tmp_path, ROUND + ROUND.replace("MON-REFUSE", "MON-B"), organisation_id)

    def change(text: str) -> actions.Loaded:
        path = file(tmp_path, "round,normal_date,new_date,reason,reason_cy\n" + text, "holidays.csv")
        return actions.load_changes(path, organisation_id=organisation_id, actor=SYSTEM, now=NOW)

    change("*,2026-12-21,2026-12-22,Christmas,Nadolig\n*,2027-01-04,2027-01-05,New Year,\n")
    change("*,2026-12-21,2026-12-23,Christmas,Nadolig\nMON-B,2026-12-21,,Christmas,Nadolig\n")
    assert set(RoundChange.objects.values_list("round__code", "normal", "moved_to")) == {
        ("MON-REFUSE", date(2026, 12, 21), date(2026, 12, 23)),
        ("MON-B", date(2026, 12, 21), None),
        ("MON-REFUSE", date(2027, 1, 4), date(2027, 1, 5)),
        ("MON-B", date(2027, 1, 4), date(2027, 1, 5)),
    }
    with pytest.raises(BadFile) as refused:
        change("MON-B,2026-12-22,2026-12-23,x,\nMON-B,2026-12-21,2027-02-21,x,\nNO,2026-12-21,,x,\n")
    assert {problem.column for problem in refused.value.problems} == {"normal_date", "new_date", "round"}
    assert any("no round goes on" in w.wrong for w in change("*,2026-12-25,2026-12-26,x,\n").warnings)


def test_the_demo_of_both_places_loads_without_a_word() -> None:
    actions.load_organisations(DEMO / "organisations.csv", actor=SYSTEM, now=NOW)
    assert load(DEMO / "addresses.csv").warnings == ()
    for slug in ("calder-vale", "fenmarch"):
        collector = {"organisation_id": reads.organisation(slug).id, "actor": SYSTEM, "now": NOW}
        assert actions.load_rounds(DEMO / f"{slug}-rounds.csv", **collector).warnings == ()
        assert actions.load_stops(DEMO / f"{slug}-address-rounds.csv", **collector).warnings == ()
        assert actions.load_changes(DEMO / f"{slug}-holidays.csv", **collector).warnings == ()
    assert RoundStop.objects.count() == 1855


class Watched(type(Path())):
    """A file that notes whether it was opened inside a transaction."""

    opened: ClassVar[list[bool]] = []

    def open(self, *args, **kwargs):
        self.opened.append(connection.in_atomic_block)
        return super().open(*args, **kwargs)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_before_the_transaction_that_is_the_only_writer(organisation_id: UUID) -> None:
    Watched.opened.clear()
    actions.load_addresses(Watched(DEMO / "addresses.csv"), actor=SYSTEM, now=NOW)
    collector = {"organisation_id": organisation_id, "actor": SYSTEM, "now": NOW}
    actions.load_rounds(Watched(DEMO / "calder-vale-rounds.csv"), **collector)
    actions.load_stops(Watched(DEMO / "calder-vale-address-rounds.csv"), **collector)
    actions.load_changes(Watched(DEMO / "calder-vale-holidays.csv"), **collector)
    assert Watched.opened == [False] * 4
    assert RoundStop.objects.exists()


@pytest.mark.parametrize("number", [0, 1, 1999, 2000, 2001, 4000])
def test_what_waits_to_be_written_is_whole_and_in_order(number: int) -> None:
    waiting = Staging[int]()
    for item in range(number):
        waiting.add(item)
    batches = list(waiting.batches())
    assert [item for batch in batches for item in batch] == list(range(number))
    assert max(map(len, batches), default=0) <= 2000


def test_an_organisation_with_a_colour_too_pale_for_white_words_is_refused(tmp_path: Path) -> None:
    path = file(tmp_path, "slug,name,kind,nation,colour\noxmere,Oxmere,council,England,#ffdd00\n", "organisations.csv")
    with pytest.raises(BadFile) as refused:
        actions.load_organisations(path, actor=SYSTEM, now=NOW)
    assert "contrast of 1.3" in refused.value.problems[0].wrong
