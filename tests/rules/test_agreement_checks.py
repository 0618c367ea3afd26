"""Checks before anybody signs: one broken agreement for each finding; the six models have none."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from placewide.services.format.reading import read_file
from placewide.sharing.format.document import document_from
from placewide.sharing.format.files import standard_law
from placewide.sharing.format.findings import words
from placewide.sharing.rules.checking import check, given_twice
from placewide.sharing.terms.found import Finding
from support.broken_agreements import BROKEN, EDGES, FINDS, bulk

MODELS = Path(__file__).resolve().parents[2] / "agreements"
ON = date(2026, 6, 1)


def values(name: str) -> dict[str, Any]:
    """A model agreement as plain values."""
    read: dict[str, Any] = read_file(MODELS / f"{name}.yaml", name).content
    return read


def found(model: dict[str, Any], on: date = ON) -> tuple[Finding, ...]:
    """What the check finds."""
    return check(document_from(model), standard_law(), on)


@pytest.mark.parametrize("model", sorted(path.stem for path in MODELS.glob("*.yaml")))
def test_a_model_agreement_has_no_finding(model: str) -> None:
    assert found(values(model)) == ()


def lines(model: dict[str, Any]) -> tuple[str, ...]:
    """Each finding as one line: its code, its clause, its particulars."""
    return tuple(
        " ".join((each.code, ".".join(map(str, each.path)), "; ".join(said for _, said in each.particulars))).strip()
        for each in found(model)
    )


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_agreement_is_found_at_its_clause(code: str) -> None:
    name, change = BROKEN[code]
    model = copy.deepcopy(values(name))
    change(model["agreement"], model["document"])
    assert code in {each.code for each in found(model)}
    assert lines(model) == FINDS[code]


@pytest.mark.parametrize("edge", range(len(EDGES)))
def test_close_to_the_edge_it_is_found_or_not(edge: int) -> None:
    name, change, expected = EDGES[edge]
    model = copy.deepcopy(values(name))
    change(model["agreement"], model["document"])
    assert lines(model) == expected


def test_every_finding_is_seen_and_has_words() -> None:
    assert {*BROKEN, "SAME_VERSION_TWICE"} == set(words())


def test_one_version_twice_is_found_at_the_second() -> None:
    one, other = document_from(values("blue-badge")), document_from(values("duty-to-refer"))
    assert given_twice((one, other)) == ()
    ((place, finding),) = given_twice((one, other, one))
    assert (place, finding.code) == (2, "SAME_VERSION_TWICE")


def test_a_charity_may_rely_on_what_a_public_authority_may_not() -> None:
    model = values("safeguarding")
    for entry in model["agreement"]["law"]:
        entry["art6"] = "UKGDPR.6.1.ea"
    barred = [dict(each.particulars)["org"] for each in found(model) if each.code == "BASIS_NOT_OPEN"]
    assert barred == ["calderbrook", "calderbrook-trust", "calder-police"]


@pytest.mark.parametrize("basis", ["UKGDPR.6.1.ea", "UKGDPR.6.1.f", "DPA2018.35"])
def test_a_council_has_none_of_these_bases_for_its_tasks(basis: str) -> None:
    model = values("blue-badge")
    model["agreement"]["law"][0]["art6"] = basis
    assert "BASIS_NOT_OPEN" in {each.code for each in found(model)}


@pytest.mark.parametrize(("most", "codes"), [(9, {"BULK_FOR_FEW"}), (10, set[str]())])
def test_a_bulk_file_has_ten_people_at_least(most: int, codes: set[str]) -> None:
    model = values("blue-badge")
    bulk(model["agreement"], most)
    assert {each.code for each in found(model)} == codes


@pytest.mark.parametrize("day", [date(2027, 3, 31), date(2026, 6, 1)])
def test_a_review_on_its_day_is_in_time(day: date) -> None:
    assert found(values("blue-badge"), day) == ()


def test_the_day_after_its_review_is_late() -> None:
    assert [each.code for each in found(values("blue-badge"), date(2027, 4, 1))] == ["REVIEW_PASSED"]


def test_health_goes_beyond_care_with_consent_or_with_the_opt_out() -> None:
    model = values("hospital-discharge")
    model["agreement"]["purposes"] = [{"code": "research", "incompatible": []}]
    assert "OPT_OUT_APPLIES" in {each.code for each in found(model)}
    heeding = copy.deepcopy(model)
    heeding["agreement"]["opt_outs"]["national"] = "applies"
    assert "OPT_OUT_APPLIES" not in {each.code for each in found(heeding)}
    for entry in model["agreement"]["law"]:
        entry["confidentiality"] = "consent"
    assert "OPT_OUT_APPLIES" not in {each.code for each in found(model)}


def test_a_power_that_only_begins_like_a_known_act_is_unknown() -> None:
    for power, unknown in (("CDA1998", False), ("CDA1998.17(1)", False), ("CDA19981.7", True), ("cda1998.17", True)):
        model = values("crime-and-disorder")
        model["agreement"]["law"][0]["power"] = power
        assert ("POWER_UNKNOWN" in {each.code for each in found(model)}) == unknown
