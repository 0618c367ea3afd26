"""Names of streets: what counts as the same, and which is nearest to a slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.places import rules

STREETS = (
    "Mill Lane", "Mill Hill", "Dunn Mill", "Old Mill Lane", "Millner Close", "Heron Drive", "Herring Drive",
    "Church Lane", "St Bride’s Terrace", "Station Road", "Rose Cottage", "Rosehip Cottage", "High Street",
)  # fmt: skip
NAMES = [(name, rules.plain_name(name), "calderbrook") for name in STREETS]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mil Lane", "Mill Lane"),
        ("mill ln", "Mill Lane"),
        ("Mill Dunn", "Dunn Mill"),
        ("dun mill", "Dunn Mill"),
        ("herron dr", "Heron Drive"),
        ("hering drive", "Herring Drive"),
        ("St Brides Terr.", "St Bride’s Terrace"),
        ("saint brides terrace", "St Bride’s Terrace"),
        ("Staton Rd", "Station Road"),
        ("statoin road", "Station Road"),
        ("rose cotage", "Rose Cottage"),
        ("High St", "High Street"),
        ("church lane calderbrook", "Church Lane"),
        ("stati", "Station Road"),
    ],
)
def test_the_nearest_name_comes_first(typed: str, meant: str) -> None:
    assert rules.best_names(typed, NAMES, 4)[0] == meant


@pytest.mark.parametrize("typed", ["xyzzy", "Quarry", "a", ""])
def test_a_name_like_none_finds_none(typed: str) -> None:
    assert rules.best_names(typed, NAMES, 4) == ()


def test_a_town_typed_with_the_street_decides_between_two() -> None:
    names = [("oxmere", "church lane", "oxmere"), ("hollin", "church lane", "hollin dene")]
    assert rules.best_names("church lane hollin dene", names, 2)[0] == "hollin"
    assert rules.best_names("church lane oxmere", names, 2)[0] == "oxmere"


@pytest.mark.parametrize(
    ("typed", "numbers", "name"),
    [
        ("12 Mill Lane", {"12"}, "Mill Lane"),
        ("12a, Mill Lane", {"12a"}, "Mill Lane"),
        ("Flat 3, Hebble House", {"flat 3"}, "Hebble House"),
        ("flat 3 24 station road", {"flat 3", "24"}, "station road"),
        ("Flat B, 24 Station Road", {"flat b", "24"}, "Station Road"),
        ("Mill Lane", set(), "Mill Lane"),
        ("1st Avenue", set(), "1st Avenue"),
    ],
)
def test_numbers_are_parted_from_the_name(typed: str, numbers: set[str], name: str) -> None:
    assert rules.numbers_of(typed) == (frozenset(numbers), name)


@pytest.mark.parametrize(
    ("typed", "numbers", "name"),
    [
        ("hebble hse flat 3", {"flat 3"}, "hebble hse"),
        ("Hebble House, Flat 3, Calderford", {"flat 3"}, "Hebble House, Calderford"),
        ("12 Mill Lane flat B", {"12", "flat b"}, "Mill Lane"),
        ("Flat 3 Hebble House", {"flat 3"}, "Hebble House"),
        ("Flatford Road", set(), "Flatford Road"),
        ("flat 3", {"flat 3"}, ""),
    ],
)
def test_a_flat_may_be_typed_after_its_house(typed: str, numbers: set[str], name: str) -> None:
    assert rules.numbers_typed(typed) == (frozenset(numbers), name)


def test_houses_stand_in_the_order_of_the_street() -> None:
    typed = [("10 Mill Lane",), ("2 Mill Lane",), ("Flat 10", "4 Mill Lane"), ("Flat 2", "4 Mill Lane")]
    assert sorted(typed, key=rules.order_key) == [typed[1], typed[3], typed[2], typed[0]]


def test_grams_leave_out_what_every_street_has() -> None:
    assert rules.grams("Mill Lane") == {" mi", "mil", "ill", "ll "}
    assert rules.grams("The Street") == rules.grams("the st")
    assert rules.grams("The Street")


@given(st.text(max_size=300))
def test_no_text_breaks_a_search(text: str) -> None:
    rules.grams(text)
    rules.numbers_of(text)
    rules.numbers_typed(text)
    rules.split_postcode(text)
    assert len(rules.best_names(text, NAMES, 4)) <= 4


def test_a_postcode_after_a_street_is_seen() -> None:
    assert rules.split_postcode("12 Mill Lane, Calderbrook, cd1 4ab") == ("12 Mill Lane Calderbrook", ("CD1 4AB",))
    assert rules.split_postcode("12 Mill Lane CD14AB") == ("12 Mill Lane", ("CD1 4AB",))
    assert rules.split_postcode("12 Mill Lane") == ("12 Mill Lane", ())
