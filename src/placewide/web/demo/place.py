"""Make the place: organisations, addresses, bin rounds, teams, staff, services."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places import reads
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.web.shipped import folder


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody fictional who works here."""

    name: str
    organisation: str  # slug
    team: str
    role: Role


TEAMS = {
    "calder-vale": {"waste": "Waste and recycling"},
    "calderbrook": {"adult-care": "Adult social care"},
    "calderbrook-trust": {"therapy": "Occupational therapy"},
    "calderbrook-carers": {"carers-support": "Carers’ support"},
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
    Member("Wren Aldous", "fenmarch", "waste", Role.OFFICER),
)
ADOPTED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("calder-vale", "missed-bin", {}),
    ("calderbrook", "care-needs", {"urgent_phone": "01632 960 199"}),
    ("fenmarch", "missed-bin", {}),
    ("fenmarch", "care-needs", {"urgent_phone": "01632 960 599"}),
)


def make_place(now: datetime) -> dict[str, Organisation]:
    """Everything but what happened there; organisations by slug."""
    data = folder("demo") / "places"
    places.load_organisations(data / "organisations.csv", actor=SYSTEM, now=now)
    bodies = {body.slug: body for body in reads.organisations()}
    places.load_addresses(data / "addresses.csv", actor=SYSTEM, now=now)
    for slug in ("calder-vale", "fenmarch"):
        _rounds(data, slug, bodies[slug].id, now)
    teams = _teams(bodies, now)
    for member in STAFF:
        _staff(member, bodies[member.organisation].id, teams[member.organisation, member.team], now)
    for slug, package, settings in ADOPTED:
        services.adopt(bodies[slug].id, folder("packages") / package, settings, actor=SYSTEM, now=now)
    return bodies


def address_of(member: Member) -> str:
    """Their sign-in: ``priya.nand@calder-vale.example``."""
    return f"{member.name.lower().replace(' ', '.')}@{member.organisation}.example"


def _rounds(data: Path, slug: str, organisation_id: UUID, now: datetime) -> None:
    places.load_rounds(data / f"{slug}-rounds.csv", organisation_id=organisation_id, actor=SYSTEM, now=now)
    places.load_stops(data / f"{slug}-address-rounds.csv", organisation_id=organisation_id, actor=SYSTEM, now=now)
    places.load_changes(data / f"{slug}-holidays.csv", organisation_id=organisation_id, actor=SYSTEM, now=now)


def _teams(bodies: dict[str, Organisation], now: datetime) -> dict[tuple[str, str], UUID]:
    return {
        (slug, team): identity.add_team(bodies[slug].id, team, name, actor=SYSTEM, now=now).id
        for slug, named in TEAMS.items()
        for team, name in named.items()
    }


def _staff(member: Member, organisation_id: UUID, team_id: UUID, now: datetime) -> None:
    user = identity.add_staff(
        address_of(member),
        name=member.name,
        organisation_id=organisation_id,
        role=member.role,
        team_id=team_id,
        actor=SYSTEM,
        now=now,
    )
    secret = base64.b32encode(hashlib.sha256(address_of(member).encode()).digest()[:20]).decode()
    identity.give_demo_sign_in(user.id, secret=secret, actor=SYSTEM, now=now)
