"""The reference data that comes with Placewide, read once: authorities with their days, services, exceptions."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from placewide.places.rules.providing import Reference
from placewide.places.terms import (
    Authority,
    ExceptionEffect,
    Membership,
    ProviderException,
    ProvidingTier,
    ServiceLine,
    Tier,
)

FOLDER = Path(__file__).parent / "data"
_TIERS = {"CTY": Tier.COUNTY, "NMD": Tier.DISTRICT, "COMB": Tier.STRATEGIC, "SRA": Tier.STRATEGIC}


@cache
def reference() -> Reference:
    """Everything that comes with Placewide; nothing of this node."""
    services = {line.lgsl: line for line in _services()}
    return Reference(
        authorities={authority.code: authority for authority in _authorities()},
        services=services,
        exceptions=tuple(_exceptions(frozenset(services))),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _services() -> Iterator[ServiceLine]:
    earlier: dict[int, list[tuple[ProvidingTier, date]]] = {}
    for row in _rows("tiers.csv"):
        tier = ProvidingTier(row["tier"]), date.fromisoformat(row["last_day"])
        earlier.setdefault(int(row["lgsl"]), []).append(tier)
    for row in _rows("local_government_services.csv"):
        lgsl, name = int(row["LGSL"]), " ".join(row["Description"].split())
        before = tuple(sorted(earlier.get(lgsl, ()), key=lambda tier: tier[1]))
        yield ServiceLine(lgsl, name, ProvidingTier(row["Providing Tier"]), before)


def _authorities() -> Iterator[Authority]:
    corrected: dict[str, dict[str, str]] = {}
    for row in _rows("corrections.csv"):
        corrected.setdefault(row["code"], {})[row["column"]] = row["value"]
    beginnings = {row["kind"]: date.fromisoformat(row["first_day"]) for row in _rows("beginnings.csv")}
    memberships = _memberships()
    welsh = {row["code"]: row["name_cy"] for row in _rows("welsh_names.csv")}
    for row in _rows("uk_local_authorities.csv"):
        code = row["local-authority-code"]
        known = row | corrected.get(code, {}) | {"name_cy": welsh.get(code, "")}
        yield _authority(known, beginnings, memberships.get(code, ()))


def _memberships() -> Mapping[str, tuple[Membership, ...]]:
    found: dict[str, tuple[Membership, ...]] = {}
    for row in _rows("memberships.csv"):
        days = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
        found[row["code"]] = (*found.get(row["code"], ()), Membership(row["strategic"], *days))
    return found


def _authority(row: dict[str, str], beginnings: Mapping[str, date], memberships: tuple[Membership, ...]) -> Authority:
    kind = row["local-authority-type"]
    return Authority(
        code=row["local-authority-code"],
        name=row["official-name"],
        short_name=row["nice-name"],
        nation=row["nation"],
        region=row["region"],
        tier=_TIERS.get(kind, Tier.UNITARY),
        kind=kind,
        county=row["county-la"],
        strategic=row["combined-authority"],
        first_day=_first_day(row["start-date"]) or beginnings.get(kind),
        last_day=_last_day(row["end-date"]),
        successors=tuple(code.strip() for code in row["replaced-by"].split(",") if code.strip()),
        memberships=memberships,
        current=row["current-authority"] == "True",
        name_cy=row["name_cy"],
    )


def _first_day(text: str) -> date | None:
    """None for no day, and for a day of May or June 2005: then the list was made, and no authority began."""
    return None if not text or text.startswith(("2005-05", "2005-06")) else date.fromisoformat(text)


def _last_day(text: str) -> date | None:
    """The published file gives now the last day (31 March), now the first day without (1 April)."""
    if not text:
        return None
    day = date.fromisoformat(text)
    return day - timedelta(days=1) if day.day == 1 else day


def _exceptions(every: frozenset[int]) -> Iterator[ProviderException]:
    for row in _rows("exceptions.csv"):
        yield ProviderException(
            scope=row["scope"],
            value=row["value"],
            lgsl=every if row["lgsl"] == "*" else frozenset(int(number) for number in row["lgsl"].split()),
            effect=ExceptionEffect(row["effect"]),
            code=row["code"],
            name=row["who"],
            note=row["note"],
            starts=date.fromisoformat(row["starts"]) if row["starts"] else None,
            ends=date.fromisoformat(row["ends"]) if row["ends"] else None,
            source=row["source"],
            checked=row["checked"],
        )
