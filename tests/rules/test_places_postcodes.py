"""Postcodes as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.places import rules


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CD1 4AB", "CD1 4AB"),
        ("cd14ab", "CD1 4AB"),
        (" c d 1 4 a b ", "CD1 4AB"),
        ("CD1-4AB", "CD1 4AB"),
        ("CDI 4AB", "CD1 4AB"),
        ("CD1O 4AB", "CD10 4AB"),
        ("CD1 OAB", "CD1 0AB"),
        ("m1 1ae", "M1 1AE"),
        ("M60 1NW", "M60 1NW"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("DN55 1PT", "DN55 1PT"),
        ("bt71nt", "BT7 1NT"),
    ],
)
def test_a_postcode_is_understood_however_it_is_typed(typed: str, meant: str) -> None:
    assert rules.parse_postcode(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "CD1", "CD1 4A", "CD1 4AC", "1CD 4AB", "CD123 4AB", "Mil Lan", "12 Mill Lane", "<script>", "x" * 5000, "١٢٣"],
)
def test_what_cannot_be_a_postcode_is_none(typed: str) -> None:
    assert rules.parse_postcode(typed) is None


def test_both_readings_of_a_doubtful_postcode_are_tried() -> None:
    assert set(rules.postcode_candidates("S01 1AA")) == {"S01 1AA", "SO1 1AA"}


@given(st.text(max_size=300))
def test_no_text_breaks_the_postcode_reader(text: str) -> None:
    found = rules.parse_postcode(text)
    assert found is None or rules.parse_postcode(found) == found


@given(st.from_regex(r"[A-HK-PR-TW][A-HJ-Y]?[0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}", fullmatch=True), st.randoms())
def test_spacing_and_case_never_matter(postcode: str, random) -> None:
    typed = "".join(c.lower() if random.random() < 0.5 else c for c in postcode.replace(" ", ""))
    assert rules.parse_postcode(typed) == postcode
