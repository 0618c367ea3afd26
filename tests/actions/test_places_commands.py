"""``placewide provider``, ``init`` and the loading verbs, as somebody types them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placewide.cli import gathered
from placewide.places import reads
from placewide.places.models import Address, Organisation
from placewide.places.reference import reference

DEMO = Path(__file__).parent.parent.parent / "demo" / "places"


def placewide(*words: str) -> Result:
    return CliRunner().invoke(gathered(), words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("ADU 557", "WSX\tWest Sussex County Council\n"),
        ("adu 557", "WSX\tWest Sussex County Council\n"),
        ("ADU 353", "ADU\tAdur District Council\nWSX\tWest Sussex County Council\n"),
        ("BFS 557", "-\tDepartment for Infrastructure Roads (DfI Roads)\n"),
        ("BFS 471", "BFS\tBelfast City Council\n-\tDepartment for Infrastructure Roads (DfI Roads)\n"),
        ("ADU 557 --notes", "WSX\tWest Sussex County Council\tMotorways and trunk roads are National Highways’.\n"),
        ("ADU 524 --notes", "ADU\tAdur District Council\n"),
        ("CRF 151 --on 2019-01-25", "CRF\tCity of Cardiff Council\n"),
    ],
)
def test_a_provider_is_printed_with_its_code(words: str, printed: str) -> None:
    result = placewide("provider", *words.split())
    assert (result.stdout, result.stderr, result.exit_code) == (printed, "", 0)


@pytest.mark.django_db
def test_a_county_asked_for_bins_names_its_districts_one_a_line() -> None:
    lines = placewide("provider", "WSX", "524").stdout.splitlines()
    assert len(lines) == 7
    assert all(re.fullmatch(r"[A-Z]{3}\t.+ Council", line) for line in lines)


@pytest.mark.django_db
def test_an_ended_authority_says_what_took_its_place() -> None:
    result = placewide("provider", "AYL", "524")
    assert result.stdout == "BUC\tBuckinghamshire Council\n"
    assert "ended on 31 March 2020; in its place: Buckinghamshire Council (BUC)." in result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("LDSX", "557"), "Error: There is no authority with the code LDSX. Near it: LDS (Leeds City Council)"),
        (("leeds", "557"), "Near it: LDS (Leeds City Council)"),
        (("", "557"), "There is no authority with the code"),
        (("A\nB" * 40, "557"), "There is no authority with the code A?BA?B"),
        (("ADU", "5577"), "Near it: 557 (Find out about potholes)"),
        (("ADU", "potholes"), "Near it: 557 (Find out about potholes)"),
        (("ADU", "-1"), ""),
        (("ADU", "９" * 3), "There is no service with the LGSL number"),
        (("ADU", "9" * 5000), "There is no service with the LGSL number"),
    ],
)
def test_what_is_unknown_is_one_clear_line_and_exit_two(words: tuple[str, str], said: str) -> None:
    result = placewide("provider", *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr
    if said:
        assert result.stderr.count("\n") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("LDS", ["Leeds City Council (LDS)", "England", "single tier", "557\tFind out about potholes"]),
        ("WSX", ["county, upper tier", "In its area: Adur, Arun", "557\t"]),
        ("ADU", ["district, lower tier", "County: West Sussex County Council (WSX)", "524\t"]),
        ("BFS", ["Northern Ireland", "single tier", "524\t"]),
        ("GMCA", ["strategic authority", "Bolton", "Services it provides itself: 3 of 117"]),
        ("abe", ["Aberdeen City Council (ABE)", "Scotland"]),
    ],
)
def test_an_empty_node_is_made_once_for_any_kind_of_authority(code: str, words: list[str]) -> None:
    first, second = placewide("init", "--authority", code), placewide("init", "--authority", code)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("Made an empty node for")
    assert second.stdout.startswith("There is a node already for")
    assert all(word in first.stdout for word in words), first.stdout
    made = Organisation.objects.get()
    authority = reference().authorities[code.upper()]
    assert (made.name, made.nation, made.tier) == (authority.name, authority.nation, authority.tier)


@pytest.mark.django_db
def test_a_node_can_be_made_for_each_of_the_397() -> None:
    codes = [a.code for a in reference().authorities.values() if a.current]
    results = [placewide("init", "--authority", code) for code in codes]
    assert {result.exit_code for result in results} == {0}
    assert Organisation.objects.count() == len(codes) == 397


@pytest.mark.django_db
def test_an_authority_the_published_list_still_calls_current_says_that_it_was_replaced() -> None:
    result = placewide("init", "--authority", "NTCA")
    assert result.exit_code == 0
    assert "ended on 6 May 2024; in its place: North East Combined Authority (NECA)." in result.stderr


@pytest.mark.django_db
def test_no_node_is_made_for_an_authority_that_has_ended() -> None:
    result = placewide("init", "--authority", "AYL")
    assert result.exit_code == 2
    assert "Make a node for Buckinghamshire Council (BUC)." in result.stderr
    assert not Organisation.objects.exists()


@pytest.mark.django_db
def test_files_are_loaded_and_searched_from_the_command_line(tmp_path: Path) -> None:
    assert placewide("organisations", "load", str(DEMO / "organisations.csv")).exit_code == 0
    assert placewide("addresses", "load", str(DEMO / "addresses.csv")).stdout == (
        "addresses.csv: 408 rows loaded, 408 addresses new.\n"
    )
    for verb, name in (("load", "rounds"), ("assign", "address-rounds"), ("holidays", "holidays")):
        path = str(DEMO / f"calder-vale-{name}.csv")
        assert placewide("rounds", verb, path, "--organisation", "calder-vale").exit_code == 0
    found = placewide("addresses", "find", "12", "mil", "lane").stdout.splitlines()[0]
    assert found == "999000000012\t12 Mill Lane, Calderbrook, CD1 1AA"
    unsaid = placewide("rounds", "load", str(DEMO / "calder-vale-rounds.csv"))
    assert (unsaid.exit_code, "Say which organisation collects" in unsaid.stderr) == (1, True)


@pytest.mark.django_db
def test_a_broken_file_ends_with_every_bad_row_and_exit_one(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text("uprn,line_1,town,postcode\n1,,Oxmere,CD1 4AB\nx,1 A,Oxmere,CD1 4AB\n", encoding="utf-8")
    result = placewide("addresses", "load", str(path))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "addresses.csv:2: line_1: it is empty. Fill it in.",
        "addresses.csv:2: street: it is empty, so the address is found by its postcode only. Give the street's name.",
        'addresses.csv:3: uprn: "x" is no UPRN. Give a number of up to twelve digits.',
        "addresses.csv:3: street: it is empty, so the address is found by its postcode only. Give the street's name.",
        "Error: Nothing of addresses.csv was loaded: 2 faults, each named above.",
    ]
    assert not Address.objects.exists()
    checked = placewide("addresses", "load", "--check", str(path))
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (1, "addresses.csv: 2 faults, 2 oddities.")


@pytest.mark.django_db
def test_an_address_found_by_hand_is_the_one_that_reads_give() -> None:
    placewide("addresses", "load", str(DEMO / "addresses.csv"))
    found = placewide("addresses", "find", "rose", "cotage").stdout.split("\t")[0]
    record = reads.address(int(found))
    assert record
    assert record.lines[0] == "Rose Cottage"
