"""``placewide provider``, ``init`` and the loading verbs, as somebody types them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from placewide.cli import gathered
from placewide.kernel import clock
from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads
from placewide.places.models import Address, Organisation
from placewide.places.reference import reference
from placewide.places.terms import Tier

NO_STREET = "street: it is empty, so the address is found by its postcode only. Give the street's name."
DEMO = Path(__file__).parent.parent.parent / "demo" / "places"


def placewide(*words: str) -> Result:
    return CliRunner().invoke(gathered(), words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("ADU 353", "ADU\tAdur District Council\nWSX\tWest Sussex County Council\n"),
        ("BFS 557", "-\tDepartment for Infrastructure Roads (DfI Roads)\n"),
        ("ADU 524 --notes", "ADU\tAdur District Council\n"),
        ("ADU 557 --notes", "WSX\tWest Sussex County Council\tMotorways and trunk roads are National Highways’.\n"),
        ("CRF 151 --on 2019-01-25", "CRF\tCity of Cardiff Council\n"),
        ("BIR 273 --on 2015-01-01", "-\tWest Midlands Passenger Transport Executive\n"),
        ("NTT 493 --on 2020-01-01", "NTT\tNottinghamshire County Council\n"),
        ("CMA 437 --on 2023-03-31", "CMA\tCumbria County Council\n"),
    ],
)
def test_a_provider_is_printed_with_its_code(words: str, printed: str) -> None:
    result = placewide("provider", *words.split())
    assert (result.stdout, result.stderr, result.exit_code) == (printed, "", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "printed", "noted"),
    [
        ("ADU 557", "WSX\tWest Sussex County Council\n", "note: Motorways and trunk roads are National Highways’.\n"),
        ("adu 557", "WSX\tWest Sussex County Council\n", "note: Motorways and trunk roads are National Highways’.\n"),
        (
            "MSS 141",
            "MSS\tMid Sussex District Council\n",
            "note: Where the council has passed its homes on, their new landlord answers; the council knows which.\n",
        ),
        (
            "BFS 471",
            "BFS\tBelfast City Council\n-\tDepartment for Infrastructure Roads (DfI Roads)\n",
            "note: Department for Infrastructure Roads (DfI Roads): parking on the street is the Department’s, "
            "car parks off the street are the council’s\n",
        ),
        (
            "CBD 437 --on 2020-01-01",
            "CMA\tCumbria County Council\n",
            "note: Cumberland Council was not yet an authority on 1 January 2020: it began on 1 April 2023. "
            "In its place: Allerdale Borough Council (ALL), Carlisle City Council (CAR), Cumbria County Council (CMA), "
            "Copeland Borough Council (COP).\n",
        ),
        (
            "AYL 524",
            "BUC\tBuckinghamshire Council\n",
            "note: Aylesbury Vale District Council ended on 31 March 2020. "
            "In its place: Buckinghamshire Council (BUC).\n",
        ),
    ],
)
def test_what_else_there_is_to_know_stands_beside_the_answer(words: str, printed: str, noted: str) -> None:
    result = placewide("provider", *words.split())
    assert (result.stdout, result.stderr, result.exit_code) == (printed, noted, 0)


@pytest.mark.django_db
def test_a_note_about_many_is_said_once() -> None:
    result = placewide("provider", "GLA", "557")
    assert len(result.stdout.splitlines()) == 33
    assert result.stderr.count("National Highways") == 1


@pytest.mark.django_db
def test_a_county_asked_for_bins_names_its_districts_one_a_line() -> None:
    lines = placewide("provider", "WSX", "524").stdout.splitlines()
    assert len(lines) == 7
    assert all(re.fullmatch(r"[A-Z]{3}\t.+ Council", line) for line in lines)


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
        (("ADU", "bins"), "524 (Find out which day the refuse is collected)"),
        (("ADU", "abc"), "There is no service with the LGSL number abc. Give a number, or a word of its name"),
        (("ADU", "-1"), ""),
        (
            ("CON", "557", "--on", "2009-03-31"),
            "Cornwall Council was not yet an authority on 31 March 2009: it began on 1 April 2009. "
            "The list does not say who was in its place.",
        ),
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
        ("CRF", ["Wales", "single tier", "209\t"]),
        ("GLA", ["strategic authority", "In its area: ", "Services it provides itself: 1 of 117"]),
        ("EMCA", ["strategic authority", "In its area: Derbyshire, Derby, Nottingham, Nottinghamshire"]),
        ("LND", ["City of London Corporation (LND)", "single tier"]),
        ("IOS", ["Isles of Scilly", "single tier"]),
        ("MAN", ["Manchester City Council (MAN)", "557\t"]),
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


CURRENT = sorted(a.code for a in reference().authorities.values() if a.current)
ENDED = ["NTCA"]  # the published list still calls it current


@pytest.mark.django_db
def test_each_of_the_397_has_a_node_of_its_own_with_the_services_of_its_tier() -> None:
    assert len(CURRENT) == 397
    now = clock.now()
    living = [code for code in CURRENT if code not in ENDED]
    for code in living:
        authority = reference().authorities[code]
        made = actions.add_organisation(actions.new_organisation_of(authority), actor=SYSTEM, now=now)
        lines = reads.services_of(code, on=clock.legal_date(now))
        assert (made.authority_code, made.name, made.nation, made.tier) == (
            code,
            authority.name,
            authority.nation,
            authority.tier,
        )
        assert lines or authority.tier is Tier.STRATEGIC, code
    assert Organisation.objects.count() == len(living)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_command_makes_a_node_for_each_of_the_397_but_the_one_that_has_ended() -> None:
    results = {code: placewide("init", "--authority", code) for code in CURRENT}
    assert sorted(code for code, result in results.items() if result.exit_code) == ENDED
    assert Organisation.objects.count() == len(CURRENT) - len(ENDED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("NTCA", "North of Tyne Combined Authority ended on 6 May 2024. Make a node for North East Combined Authority"),
        ("AYL", "ended on 31 March 2020. Make a node for Buckinghamshire Council (BUC)."),
        ("CMA", "Make a node for Cumberland Council (CBD), Westmorland and Furness Council (WAF)."),
    ],
)
def test_no_node_is_made_for_an_authority_that_has_ended(code: str, said: str) -> None:
    result = placewide("init", "--authority", code)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
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
        f"note: addresses.csv:2: {NO_STREET}",
        f"note: addresses.csv:3: {NO_STREET}",
        "addresses.csv:2: line_1: it is empty. Fill it in.",
        'addresses.csv:3: uprn: "x" is no UPRN. Give a number of up to twelve digits.',
        "Error: Nothing of addresses.csv was loaded: 2 faults, each named above. "
        "The 2 notes would not have stopped it.",
    ]
    assert not Address.objects.exists()
    checked = placewide("addresses", "load", "--check", str(path))
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (1, "addresses.csv: 2 faults, 2 notes.")


@pytest.mark.django_db
def test_one_fault_among_many_notes_stands_last_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    rows = "".join(f"{number},{number} A,Oxmere,CD1 4AB,XYZ\n" for number in range(1, 40))
    path.write_text(f"uprn,line_1,town,postcode,district\n{rows}99,99 A,Oxmere,CD1 4AB,WSX\n", encoding="utf-8")
    result = placewide("addresses", "load", str(path))
    *notes, fault, last = result.stderr.splitlines()
    assert result.exit_code == 1
    assert all(note.startswith("note: ") for note in notes)
    assert len(notes) == 21
    assert fault.startswith("addresses.csv:41: district: WSX is no district")
    assert last == (
        "Error: Nothing of addresses.csv was loaded: 1 fault, named above. The 79 notes would not have stopped it."
    )


@pytest.mark.django_db
def test_one_is_not_said_like_many(tmp_path: Path) -> None:
    path = tmp_path / "addresses.csv"
    path.write_text("uprn,line_1,street,town,postcode\n1,1 A,A,Oxmere,CD1 4AB\n", encoding="utf-8")
    assert placewide("addresses", "load", "--check", str(path)).stdout == "addresses.csv: 0 faults, 0 notes.\n"
    assert placewide("addresses", "load", str(path)).stdout == "addresses.csv: 1 row loaded, 1 address new.\n"
    assert placewide("addresses", "load", str(path)).stdout == "addresses.csv: 1 row loaded, 0 addresses new.\n"


@pytest.mark.django_db
def test_an_address_found_by_hand_is_the_one_that_reads_give() -> None:
    placewide("addresses", "load", str(DEMO / "addresses.csv"))
    found = placewide("addresses", "find", "rose", "cotage").stdout.split("\t")[0]
    record = reads.address(int(found))
    assert record
    assert record.lines[0] == "Rose Cottage"
