"""The reference data that comes with Placewide, read once: authorities, services, corrections, exceptions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from placewide.places.rules.providing import Reference
from placewide.places.terms import (
    Authority,
    ExceptionEffect,
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
    for row in _rows("local_government_services.csv"):
        name = " ".join(row["Description"].split())
        yield ServiceLine(int(row["LGSL"]), name, ProvidingTier(row["Providing Tier"]))


def _authorities() -> Iterator[Authority]:
    corrected = {(row["code"], row["column"]): row["value"] for row in _rows("corrections.csv")}
    for row in _rows("uk_local_authorities.csv"):
        code = row["local-authority-code"]
        yield _authority(row | {column: value for (of, column), value in corrected.items() if of == code})


def _authority(row: dict[str, str]) -> Authority:
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
        last_day=_last_day(row["end-date"]),
        successors=tuple(code.strip() for code in row["replaced-by"].split(",") if code.strip()),
        current=row["current-authority"] == "True",
    )


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
