"""Whether the codes of a district and a county on an address can stand together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from placewide.places.terms import AddressRecord, AreaCode, RowProblem, Tier

_ABOVE = "a combined authority or the Greater London Authority"


def code_problems(line: int, record: AddressRecord, codes: Mapping[str, AreaCode]) -> Iterator[RowProblem]:
    """Faults where a code stands in the wrong column or under the wrong county; notes where nobody is known by it.

    An unknown code may be of an organisation that is added later, so it is loaded.
    """
    yield from _unknown(line, record, codes)
    district, county = codes.get(record.district_code), codes.get(record.county_code)
    if district is not None and district.tier in (Tier.COUNTY, Tier.STRATEGIC):
        yield _no_district(line, district)
    if county is not None and county.tier not in (Tier.COUNTY, None):
        wrong = f"{county.code} is no county council but {_kind(county)}"
        yield RowProblem(line, "county", wrong, "Give the county council's code, or leave it empty")
    elif district is not None and record.county_code:
        yield from _apart(line, district, record.county_code)


def _unknown(line: int, record: AddressRecord, codes: Mapping[str, AreaCode]) -> Iterator[RowProblem]:
    for column, code in (("district", record.district_code), ("county", record.county_code)):
        if code and code not in codes:
            wrong = f"no authority with the code {code} is known, so nobody provides services there"
            yield RowProblem(line, column, wrong, "Use a current code such as ADU, or add the organisation", False)
        elif code and codes[code].ended:
            wrong = f"{code} {codes[code].ended}"
            yield RowProblem(line, column, wrong, "Use the code of the council that is there now", False)


def _no_district(line: int, district: AreaCode) -> RowProblem:
    wrong = f"{district.code} is no district or single-tier council but {_kind(district)}"
    if district.tier is Tier.COUNTY:
        return RowProblem(line, "district", wrong, f"Put {district.code} under county, and the district's code here")
    return RowProblem(line, "district", wrong, "Give the code of the council that collects the bins")


def _apart(line: int, district: AreaCode, county: str) -> Iterator[RowProblem]:
    if district.tier is Tier.UNITARY:
        wrong = f"{district.code} is a single tier, the row puts the county {county} above it"
        yield RowProblem(line, "county", wrong, "Leave it empty")
    elif district.tier is Tier.DISTRICT and district.county and district.county != county:
        wrong = f"{district.code} lies in {district.county}, the row says {county}"
        yield RowProblem(line, "county", wrong, f"Give {district.county}, or leave it empty")


def _kind(area: AreaCode) -> str:
    if area.tier is Tier.COUNTY:
        return "a county council"
    if area.tier is Tier.STRATEGIC:
        return _ABOVE
    return "a district council" if area.tier is Tier.DISTRICT else "a single tier"
