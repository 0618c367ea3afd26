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
        ("GMCA", 557, ["BOL", "BUR", "MAN", "OLD", "RCH", "SLF", "SKP", "TAM", "TRF", "WGN"]),
        ("MAN", 567, ["- Transport for Greater Manchester"]),
        ("MAN", 564, ["MAN"]),
        ("LIV", 567, ["LIV"]),
        ("CMD", 557, ["CMD"]),
        ("CMD", 567, ["- Transport for London"]),
        ("CMD", 493, ["CMD", "GLA"]),
        ("GAT", 493, ["NECA"]),
        ("AMB", 493, ["EMCA"]),
        ("FEN", 493, ["CPCA"]),
        ("NLN", 493, ["GLCA"]),
        # Scotland and Wales
        ("ABE", 364, ["- Electoral Registration Officer for the area (the Assessor)"]),
        ("ABE", 151, ["- nobody: the right to buy has ended in Scotland"]),
        ("CRF", 151, ["- nobody: the right to buy has ended in Wales"]),
        ("HLD", 209, ["- NHS Highland"]),
        ("HLD", 159, ["HLD"]),
        ("ABE", 1743, ["- nobody: the Care Act 2014 is law in England"]),
        ("CRF", 1743, ["- nobody: the Care Act 2014 is law in England"]),
        ("HLD", 1743, ["- nobody: the Care Act 2014 is law in England"]),
        ("LDS", 1743, ["LDS"]),
        # districts: schools, libraries, social care and roads are the county's; planning and homes their own
        ("MSS", 14, ["WSX"]),
        ("MSS", 437, ["WSX"]),
        ("MSS", 209, ["WSX"]),
        ("MSS", 279, ["WSX"]),
        ("MSS", 273, ["WSX"]),
        ("MSS", 516, ["MSS"]),
        ("MSS", 92, ["MSS"]),
        ("MSS", 59, ["MSS"]),
        ("MSS", 471, ["MSS", "WSX"]),
        # single tiers, the Isles of Scilly and the City of London: all of it
        ("IOS", 14, ["IOS"]),
        ("IOS", 524, ["IOS"]),
        ("IOS", 92, ["IOS"]),
        ("LND", 14, ["LND"]),
        ("LND", 524, ["LND"]),
        ("LND", 273, ["LND"]),
        ("LND", 860, ["LND"]),
        ("HEF", 273, ["HEF"]),
        ("BST", 493, ["WECA"]),
        ("NSM", 493, ["NSM"]),
        ("LCE", 493, ["LCE"]),
        ("SWA", 557, ["SWA"]),
        ("SWA", 59, ["SWA"]),
        ("GLG", 273, ["GLG"]),
        ("GLG", 860, ["GLG"]),
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


def test_the_authority_asked_comes_first_then_councils_then_others_each_by_name() -> None:
    asked, *rest = rules.providers(KNOWN, KNOWN.authorities["GLA"], KNOWN.services[493], TODAY)
    assert asked.code == "GLA"
    assert [p.name for p in rest] == sorted(p.name for p in rest)
    assert len(rest) == 33
    assert providers("NIR-J", 471) == ["DRS", "- Department for Infrastructure Roads (DfI Roads)"]


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
    ("code", "lgsl", "day", "expected"),
    [
        # combined authorities: the day before, and the day
        ("BIR", 273, "2016-06-16", ["- West Midlands Passenger Transport Executive"]),
        ("BIR", 493, "2016-06-16", ["- West Midlands Integrated Transport Authority"]),
        ("BIR", 273, "2016-06-17", ["WMCA"]),
        ("BIR", 493, "2005-01-01", ["BIR", "- West Midlands Passenger Transport Authority"]),
        ("MAN", 493, "2005-01-01", ["MAN", "- Greater Manchester Passenger Transport Authority"]),
        ("MAN", 273, "2011-03-31", ["- Greater Manchester Passenger Transport Executive"]),
        ("MAN", 493, "2011-04-01", ["GMCA"]),
        ("NTT", 493, "2020-01-01", ["NTT"]),
        ("NTT", 493, "2024-02-28", ["EMCA"]),
        ("NYE", 493, "2024-01-31", ["NYE"]),
        ("NYE", 493, "2024-02-01", ["YNYC"]),
        ("CAM", 493, "2017-03-02", ["CAM"]),
        ("CAM", 493, "2017-03-03", ["CPCA"]),
        ("BST", 493, "2017-02-08", ["BST"]),
        ("DAL", 493, "2016-04-01", ["TVCA"]),
        ("KHL", 493, "2025-02-04", ["KHL"]),
        ("LIN", 493, "2025-02-05", ["GLCA"]),
        ("LIV", 273, "2014-03-31", ["- Merseyside Passenger Transport Executive"]),
        # bus passes passed from districts to counties
        ("MSS", 273, "2011-03-31", ["MSS"]),
        ("MSS", 280, "2011-04-01", ["WSX"]),
        ("WSX", 273, "2011-03-31", ["ADU", "ARU", "CHI", "CRW", "HOR", "MSS", "WOT"]),
        ("LCE", 273, "2011-03-31", ["LCE"]),
        ("HAL", 493, "2014-03-31", ["HAL"]),
        # councils that changed from one combined authority to another and back
        ("NET", 493, "2014-04-14", ["- Tyne and Wear Integrated Transport Authority"]),
        ("NET", 493, "2018-11-01", ["NECA"]),
        ("NET", 493, "2018-11-02", ["NTCA"]),
        ("NBL", 493, "2024-05-06", ["NTCA"]),
        ("NBL", 493, "2024-05-07", ["NECA"]),
        ("NECA", 557, "2020-01-01", ["DUR", "GAT", "STY", "SND"]),
        ("NTCA", 557, "2020-01-01", ["NET", "NTY", "NBL"]),
        # London
        ("CMD", 567, "2000-07-02", ["CMD"]),
        ("CMD", 567, "2000-07-03", ["- Transport for London"]),
        ("CMD", 493, "1999-01-01", ["CMD"]),
        # not yet begun: those that were there before
        ("CBD", 557, "2023-03-31", ["CMA"]),
        ("CBD", 557, "2023-04-01", ["CBD"]),
        ("CBD", 524, "2020-01-01", ["ALL", "CAR", "COP"]),
        ("WAF", 353, "2020-01-01", ["BAR", "CMA", "EDN", "SLA"]),
        ("SMT", 524, "2018-06-01", ["MEN", "SEG", "SSO", "TAU", "WSO"]),
        ("SMT", 524, "2020-06-01", ["MEN", "SEG", "SWT", "SSO"]),
        ("BPC", 557, "2019-03-31", ["POL", "BMH", "DOR"]),
        ("DRS", 524, "2015-03-31", ["NIR-A", "NIR-J"]),
        ("CON", 557, "2009-03-31", []),  # the list does not name who was there before
        ("GMCA", 557, "2011-03-31", []),
        ("LDS", 557, "1974-03-31", []),
        ("ABE", 557, "1996-03-31", []),
        ("BPL", 557, "1998-04-01", ["BPL"]),
        # ended: itself, its districts and its county as long as they lived
        ("CMA", 557, "2023-03-31", ["CMA"]),
        ("CMA", 524, "2023-03-31", ["ALL", "BAR", "CAR", "COP", "EDN", "SLA"]),
        ("CMA", 524, "2023-04-01", ["CBD", "WAF"]),
        ("SFK", 524, "2019-03-31", ["BAB", "FOR", "IPS", "MSU", "SED", "SUF", "WAV"]),
        ("SFK", 524, "2019-04-01", ["BAB", "ESK", "IPS", "MSU", "WSK"]),
        ("NTCA", 493, "2024-05-06", ["NTCA"]),
        # Northern Ireland
        ("BFS", 13, "2015-03-31", ["- Education and Library Board for the area"]),
        ("BFS", 13, "2015-04-01", ["- Education Authority"]),
        ("BFS", 437, "2009-03-31", ["- Education and Library Board for the area"]),
        ("BFS", 437, "2009-04-01", ["- Libraries NI"]),
        ("BFS", 557, "2016-05-08", ["- Department for Regional Development (TransportNI, before 2013 Roads Service)"]),
        ("BFS", 557, "2016-05-09", ["- Department for Infrastructure Roads (DfI Roads)"]),
        ("BFS", 516, "2015-03-31", ["- Department of the Environment for Northern Ireland (Planning)"]),
        ("BFS", 516, "2015-04-01", ["BFS"]),
        ("HLD", 209, "2012-03-31", ["HLD"]),
        ("BFS", 59, "2006-01-01", ["- Rate Collection Agency"]),
        ("BFS", 209, "2006-01-01", ["- Health and Social Services Trust for the area"]),
        (
            "BFS",
            471,
            "2015-03-31",
            ["- Department for Regional Development (TransportNI, before 2013 Roads Service)"],
        ),
        ("ABE", 151, "2016-07-31", ["ABE"]),
        ("ABE", 151, "2016-08-01", ["- nobody: the right to buy has ended in Scotland"]),
    ],
)
def test_the_answer_is_that_of_the_day(code: str, lgsl: int, day: str, expected: list[str]) -> None:
    assert providers(code, lgsl, date.fromisoformat(day)) == expected


@pytest.mark.parametrize("day", ["1990-01-01", "2001-06-01", "2010-06-01", "2014-04-10", "2019-04-01", "2024-05-07"])
def test_no_authority_is_named_on_a_day_on_which_it_did_not_exist(day: str) -> None:
    on = date.fromisoformat(day)
    for authority in KNOWN.authorities.values():
        for lgsl in (141, 273, 353, 471, 493, 524, 557, 567, 852):
            named = [code for code in providers(authority.code, lgsl, on) if not code.startswith("-")]
            assert all(rules.lives(KNOWN.authorities[code], on) for code in named), (authority.code, lgsl, named)


def test_every_combined_authority_and_every_exception_about_one_has_its_first_day() -> None:
    for authority in (a for a in KNOWN.authorities.values() if a.tier is Tier.STRATEGIC):
        assert authority.first_day, authority.code
    for exception in KNOWN.exceptions:
        if exception.scope == "strategic" or exception.code in {"strategic", "GLA"}:
            assert exception.starts, exception
        assert not (exception.starts and exception.ends) or exception.starts <= exception.ends, exception


def test_the_day_on_which_the_list_was_made_is_no_beginning() -> None:
    assert not [a.code for a in KNOWN.authorities.values() if a.first_day and a.first_day.year == 2005]


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("CBD", "2020-01-01", ["ALL", "CAR", "CMA", "COP"]),
        ("SMT", "2018-06-01", ["MEN", "SEG", "SOM", "SSO", "TAU", "WSO"]),
        ("CBD", "2023-04-01", []),
        ("CON", "2000-01-01", []),
    ],
)
def test_who_was_there_before_is_found_through_every_reorganisation(code: str, day: str, expected: list[str]) -> None:
    before = rules.predecessors(KNOWN, KNOWN.authorities[code], date.fromisoformat(day))
    assert sorted(a.code for a in before) == expected


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


def test_every_council_of_wales_has_its_name_in_welsh_and_no_other_has() -> None:
    welsh = {a.code: a.name_cy for a in KNOWN.authorities.values() if a.current and a.name_cy}
    assert set(welsh) == {a.code for a in KNOWN.authorities.values() if a.current and a.kind == "WPA"}
    assert len(welsh) == 22
    assert (welsh["CRF"], welsh["GWN"]) == ("Cyngor Caerdydd", "Cyngor Gwynedd")


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
            if exception.value in (a.nation, a.region, a.kind, a.strategic, *(m.strategic for m in a.memberships))
            or a.code in exception.value.split()
        ]
        assert fits, exception


def test_an_authority_of_this_node_joins_the_published_ones() -> None:
    county = Authority("ZZC", "Calderbrook County Council", "Calderbrook", "England", "", Tier.COUNTY, "")
    district = Authority("ZZV", "Calder Vale", "Calder Vale", "England", "", Tier.DISTRICT, "", county="ZZC")
    joined = KNOWN.joined_by([county, district])
    roads = rules.providers(joined, joined.authorities["ZZV"], joined.services[557], TODAY)
    bins = rules.providers(joined, joined.authorities["ZZC"], joined.services[524], TODAY)
    assert [p.code for p in (*roads, *bins)] == ["ZZC", "ZZV"]
