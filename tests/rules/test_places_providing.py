"""Who provides what: the tiers, the exceptions, and every authority against every service."""

from __future__ import annotations

from datetime import date

import pytest

from placewide.places import rules
from placewide.places.reference import reference
from placewide.places.terms import Authority, Tier

TODAY = date(2026, 11, 22)
KNOWN = reference()


def providers(code: str, lgsl: int, on: date = TODAY) -> list[str]:
    found = rules.providers(KNOWN, KNOWN.authorities[code], KNOWN.services[lgsl], on)
    return [provider.code or f"- {provider.name}" for provider in found]


def notes(code: str, lgsl: int) -> str:
    return " ".join(p.note for p in rules.providers(KNOWN, KNOWN.authorities[code], KNOWN.services[lgsl], TODAY))


def test_the_reference_holds_every_current_authority_and_every_service() -> None:
    assert sum(authority.current for authority in KNOWN.authorities.values()) == 397
    assert len(KNOWN.services) == 117


@pytest.mark.parametrize(
    ("code", "lgsl", "expected"),
    [
        ("ADU", 557, ["WSX"]),  # a district's potholes are its county's
        ("ADU", 524, ["ADU"]),
        ("WSX", 557, ["WSX"]),
        ("WSX", 524, ["ADU", "ARU", "CHI", "CRW", "HOR", "MSS", "WOT"]),  # a county's bins are its districts'
        ("ADU", 353, ["ADU", "WSX"]),  # complaints: each hears its own
        ("WSX", 353, ["WSX", "ADU", "ARU", "CHI", "CRW", "HOR", "MSS", "WOT"]),
        ("LDS", 557, ["LDS"]),
        ("LDS", 524, ["LDS"]),
        ("CRF", 209, ["CRF"]),
        ("ABE", 209, ["ABE"]),
        ("LND", 557, ["LND"]),
        ("IOS", 209, ["IOS"]),
        # metropolitan areas and London
        ("MAN", 273, ["GMCA"]),
        ("MAN", 493, ["GMCA"]),
        ("HAL", 273, ["HAL"]),  # no metropolitan district, though in the Liverpool City Region
        ("GMCA", 273, ["GMCA"]),
        ("GMCA", 557, ["BOL", "BUR", "MAN", "OLD", "RCH", "SKP", "SLF", "TAM", "TRF", "WGN"]),
        ("CMD", 557, ["CMD"]),
        ("CMD", 567, ["- Transport for London"]),
        ("CMD", 493, ["CMD", "GLA"]),
        # Scotland and Wales
        ("ABE", 364, ["- Electoral Registration Officer for the area (the Assessor)"]),
        ("ABE", 151, ["- nobody: the right to buy has ended in Scotland"]),
        ("CRF", 151, ["- nobody: the right to buy has ended in Wales"]),
        # Northern Ireland
        ("BFS", 524, ["BFS"]),
        ("BFS", 557, ["- Department for Infrastructure Roads (DfI Roads)"]),
        ("BFS", 209, ["- Health and Social Care Trust for the area"]),
        ("BFS", 69, ["- Northern Ireland Housing Executive"]),
        ("BFS", 59, ["- Land & Property Services"]),
        ("BFS", 13, ["- Education Authority"]),
        ("BFS", 279, ["- Department for Infrastructure (Blue Badge Unit)"]),
        ("BFS", 364, ["- Electoral Office for Northern Ireland"]),
        ("BFS", 437, ["- Libraries NI"]),
        ("BFS", 471, ["BFS", "- Department for Infrastructure Roads (DfI Roads)"]),
        ("BFS", 852, ["LBC"]),
        ("LBC", 852, ["LBC"]),
        # ended: their successors', however many reorganisations later
        ("AYL", 524, ["BUC"]),
        ("TAU", 524, ["SMT"]),
        ("CMA", 557, ["CBD", "WAF"]),
        ("FOR", 557, ["SFK"]),
        ("NIR-J", 524, ["DRS"]),
        ("NTCA", 493, ["NECA"]),
    ],
)
def test_the_right_body_is_named(code: str, lgsl: int, expected: list[str]) -> None:
    assert providers(code, lgsl) == expected


def test_london_boroughs_provide_what_the_greater_london_authority_is_asked_for() -> None:
    found = providers("GLA", 557)
    assert len(found) == 33
    assert "GLA" not in found


def test_a_combined_county_authority_answers_with_districts_for_bins_and_counties_for_roads() -> None:
    assert set(providers("EMCA", 557)) == {"DBY", "NTT", "DER", "NGM"}
    bins = providers("EMCA", 524)
    assert {"DER", "NGM", "AMB", "GED"} <= set(bins)
    assert not {"DBY", "NTT", "EMCA"} & set(bins)


@pytest.mark.parametrize("code", sorted(a.code for a in KNOWN.authorities.values() if a.current))
def test_every_service_has_a_provider_in_every_area_each_named_once(code: str) -> None:
    for lgsl, service in KNOWN.services.items():
        found = rules.providers(KNOWN, KNOWN.authorities[code], service, TODAY)
        assert found, f"{code} {lgsl}"
        assert all(provider.name for provider in found)
        assert len({(p.code, p.name) for p in found}) == len(found)


def test_a_strategic_authority_provides_only_what_an_exception_says() -> None:
    for authority in (a for a in KNOWN.authorities.values() if a.tier is Tier.STRATEGIC and a.last_day is None):
        own = {lgsl for lgsl in KNOWN.services if authority.code in providers(authority.code, lgsl)}
        assert own <= {273, 280, 493}, authority.code


def test_no_district_in_england_provides_a_service_of_the_upper_tier() -> None:
    districts = [a for a in KNOWN.authorities.values() if a.tier is Tier.DISTRICT and a.current]
    assert len(districts) == 164
    assert all(providers(a.code, 557) == [a.county] for a in districts)


def test_an_exception_holds_only_from_its_date() -> None:
    assert providers("CRF", 151, date(2019, 1, 25)) == ["CRF"]
    assert providers("CRF", 151, date(2019, 1, 26)) == ["- nobody: the right to buy has ended in Wales"]


def test_before_it_ended_an_authority_answered_for_itself() -> None:
    assert providers("AYL", 524, date(2020, 3, 31)) == ["AYL"]
    assert providers("AYL", 557, date(2020, 3, 31)) == ["BKM"]
    assert providers("AYL", 524, date(2020, 4, 1)) == ["BUC"]


@pytest.mark.parametrize(
    ("code", "lgsl", "words"),
    [
        ("ADU", 557, "National Highways"),
        ("CRF", 557, "Welsh Government"),
        ("ABE", 557, "Transport Scotland"),
        ("CMD", 557, "Red routes"),
        ("CRF", 1743, "Social Services and Well-being (Wales) Act 2014"),
        ("LDS", 92, "landlord"),
    ],
)
def test_a_note_says_what_else_there_is_to_know(code: str, lgsl: int, words: str) -> None:
    assert words in notes(code, lgsl)


def test_every_exception_names_its_source_and_how_well_it_was_checked() -> None:
    for exception in KNOWN.exceptions:
        assert exception.source, exception
        assert exception.checked in {"V", "S", "K"}, exception
        assert exception.lgsl <= set(KNOWN.services), exception
        assert exception.code in {"", "strategic", *KNOWN.authorities}, exception
        assert exception.note or exception.effect != "note", exception


def test_every_exception_holds_for_somebody() -> None:
    for exception in KNOWN.exceptions:
        fits = [
            a
            for a in KNOWN.authorities.values()
            if exception.value in (a.nation, a.region, a.kind, a.strategic, a.code) and a.current
        ]
        assert fits, exception


def test_an_authority_of_this_node_joins_the_published_ones() -> None:
    county = Authority("ZZC", "Calderbrook County Council", "Calderbrook", "England", "", Tier.COUNTY, "")
    district = Authority("ZZV", "Calder Vale", "Calder Vale", "England", "", Tier.DISTRICT, "", county="ZZC")
    joined = KNOWN.joined_by([county, district])
    roads = rules.providers(joined, joined.authorities["ZZV"], joined.services[557], TODAY)
    bins = rules.providers(joined, joined.authorities["ZZC"], joined.services[524], TODAY)
    assert [p.code for p in (*roads, *bins)] == ["ZZC", "ZZV"]
