"""Make the place: organisations, addresses, bin rounds, teams, staff, services."""

from __future__ import annotations

import base64
import csv
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places import reads
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.services import reads as service_reads
from placewide.studio.shipped import folder
from placewide.web.demo.rounds import Chosen, RoundBook, choose, moved


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody fictional who works here."""

    name: str
    organisation: str  # slug
    team: str
    role: Role


_TWO_YEARS = timedelta(days=730)
TEAMS = {
    "calder-vale": {"waste": "Waste and recycling"},
    "calderbrook": {"adult-care": "Adult social care"},
    "calderbrook-trust": {"therapy": "Occupational therapy"},
    "calderbrook-carers": {"carers-support": "Carers’ support"},
    "hebble-homes": {"estates": "Estates"},
    "fenmarch-neighbours": {"visits": "Visits"},
    "fenmarch": {"waste": "Waste and streets", "adult-care": "Adult care"},
}
STAFF = (
    Member("Priya Nand", "calder-vale", "waste", Role.OFFICER),
    Member("Dewi Pugh", "calder-vale", "waste", Role.CREW),
    Member("Moira Tench", "calder-vale", "waste", Role.MANAGER),
    Member("Tom Okoro", "calderbrook", "adult-care", Role.OFFICER),
    Member("Helen Starr", "calderbrook", "adult-care", Role.MANAGER),
    Member("Jo Farrow", "calderbrook-trust", "therapy", Role.OFFICER),
    Member("Sunil Dey", "calderbrook-carers", "carers-support", Role.OFFICER),
    Member("Ada Marsh", "hebble-homes", "estates", Role.OFFICER),
    Member("Bel Harker", "fenmarch-neighbours", "visits", Role.OFFICER),
    Member("Wren Aldous", "fenmarch", "waste", Role.OFFICER),
    Member("Rhona Pell", "calderbrook-carers", "carers-support", Role.ADVISER),
    Member("Gwen Ash", "calder-vale", "waste", Role.OFFICER),
)
ALSO = {"Rhona Pell": ("hebble-homes", "estates")}  # works for both: which one, is asked
LEFT = frozenset({"Gwen Ash"})  # yesterday: a sign-in alone opens nothing
ADOPTED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("calder-vale", "missed-bin", {}),
    ("calderbrook", "care-needs", {"urgent_phone": "01632 960 199"}),
    ("fenmarch", "missed-bin", {}),
    ("fenmarch", "care-needs", {"urgent_phone": "01632 960 599"}),
)


MILL_LANE, CANAL_STREET = ("Mill Lane", "Calderbrook"), ("Canal Street", "Calderbrook")
HELPED_WITH_BINS = "14 Mill Lane"  # the crew fetches them from the door


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """What was made: organisations by slug, teams and staff, the district's rounds, and who is on which."""

    bodies: dict[str, Organisation]
    teams: dict[tuple[str, str], UUID]  # by organisation and team
    users: dict[str, UUID]  # staff by name
    books: dict[str, RoundBook]  # by organisation
    on_round: dict[tuple[str, str], tuple[str, ...]]  # organisation and round's code → UPRNs in order
    chosen: Chosen


def make_place(now: datetime) -> DemoPlace:
    """Everything but what happened there."""
    data = folder("demo") / "places"
    places.load_organisations(data / "organisations.csv", actor=SYSTEM, now=now)
    bodies = {body.slug: body for body in reads.organisations()}
    places.load_addresses(data / "addresses.csv", actor=SYSTEM, now=now)
    books = {slug: _rounds(data, slug, bodies[slug].id, now) for slug in ("calder-vale", "fenmarch")}
    chosen = choose(books["calder-vale"], now)
    on_round = {}
    for slug, book in books.items():
        rows = _stops(data, slug, chosen if slug == "calder-vale" else None)
        _load_stops(rows, book.organisation_id, now)
        on_round |= _by_round(slug, rows)
    teams = _teams(bodies, now)
    users = {member.name: _staff(member, bodies, teams, now) for member in STAFF}
    _adopt(bodies, now)
    return DemoPlace(bodies, teams, users, books, on_round, chosen)


def _adopt(bodies: dict[str, Organisation], now: datetime) -> None:
    """Each package is read once, however many adopt it."""
    first: dict[str, UUID] = {}
    for slug, package, settings in ADOPTED:
        organisation_id = bodies[slug].id
        if package in first:
            known = service_reads.live(first[package], package).package
            services.adopt_package(organisation_id, known, settings, actor=SYSTEM, now=now)
        else:
            services.adopt(organisation_id, folder("packages") / package, settings, actor=SYSTEM, now=now)
            first[package] = organisation_id


def address_of(member: Member) -> str:
    """Their sign-in: ``priya.nand@calder-vale.example``."""
    return f"{member.name.lower().replace(' ', '.')}@{member.organisation}.example"


def _rounds(data: Path, slug: str, organisation_id: UUID, now: datetime) -> RoundBook:
    places.load_rounds(data / f"{slug}-rounds.csv", organisation_id=organisation_id, actor=SYSTEM, now=now)
    places.load_changes(data / f"{slug}-holidays.csv", organisation_id=organisation_id, actor=SYSTEM, now=now)
    return RoundBook(organisation_id)


def _stops(data: Path, slug: str, chosen: Chosen | None) -> list[dict[str, str]]:
    """Which address is on which round; two streets where they show most today."""
    rows = _read(data / f"{slug}-address-rounds.csv")
    if chosen is None:
        return rows
    addresses = _read(data / "addresses.csv")
    streets = {street: frozenset(_uprns(addresses, *street)) for street in (MILL_LANE, CANAL_STREET)}
    rows = list(moved(rows, streets[MILL_LANE], chosen.collected, chosen.coming))
    rows = list(moved(rows, streets[CANAL_STREET], chosen.late, chosen.late))
    helped = next(a["uprn"] for a in addresses if a["line_1"] == HELPED_WITH_BINS)
    return [row | {"assisted": "yes"} if row["uprn"] == helped else row for row in rows]


def _uprns(addresses: list[dict[str, str]], street: str, town: str) -> Iterator[str]:
    return (a["uprn"] for a in addresses if (a["street"], a["town"]) == (street, town))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _load_stops(rows: list[dict[str, str]], organisation_id: UUID, now: datetime) -> None:
    with tempfile.TemporaryDirectory() as folder_name:
        path = Path(folder_name) / "address-rounds.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        places.load_stops(path, organisation_id=organisation_id, actor=SYSTEM, now=now)


def _by_round(slug: str, rows: list[dict[str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        found[slug, row["round"]] = (*found.get((slug, row["round"]), ()), row["uprn"])
    return found


def _teams(bodies: dict[str, Organisation], now: datetime) -> dict[tuple[str, str], UUID]:
    return {
        (slug, team): identity.add_team(bodies[slug].id, team, name, actor=SYSTEM, now=now).id
        for slug, named in TEAMS.items()
        for team, name in named.items()
    }


def _staff(member: Member, bodies: dict[str, Organisation], teams: dict[tuple[str, str], UUID], now: datetime) -> UUID:
    for organisation, team in filter(None, ((member.organisation, member.team), ALSO.get(member.name))):
        user = identity.add_staff(
            address_of(member),
            name=member.name,
            organisation_id=bodies[organisation].id,
            role=member.role,
            team_id=teams[organisation, team],
            begins=legal_date(now) - _TWO_YEARS,  # before the history that is told: work is given to who is there
            actor=SYSTEM,
            now=now,
        )
    if member.name in LEFT:
        yesterday = legal_date(now) - timedelta(days=1)
        identity.end_roles(user.id, bodies[member.organisation].id, on=yesterday, actor=SYSTEM, now=now)
    secret = base64.b32encode(hashlib.sha256(address_of(member).encode()).digest()[:20]).decode()
    identity.give_demo_sign_in(user.id, secret=secret, actor=SYSTEM, now=now)
    return user.id
