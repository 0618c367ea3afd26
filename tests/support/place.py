"""A small place to act in: one street of Calder Vale, its rounds, its waste team, the missed bin service live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from placewide.identity import actions as identity
from placewide.kernel import ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Address, Organisation, PlaceName, Round, RoundStop
from placewide.services import actions as services
from placewide.services import reads
from placewide.services.terms import LiveService

PACKAGES = Path(__file__).resolve().parents[2] / "packages"
# Monday evening: that day's round is over, and can be reported until Tuesday night.
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
MILL_LANE_12, MILL_LANE_14 = 10_000_000_012, 10_000_000_014


@dataclass(frozen=True)
class SmallPlace:
    """What a test needs to know of it."""

    district: Organisation
    county: Organisation
    waste: UUID  # team
    care: UUID  # team
    missed_bin: LiveService

    def staff(self, *roles: str) -> Viewer:
        """Somebody of the district's waste team."""
        user = identity.join(f"{ids.new_reference().lower()}@calder-vale.example", actor=SYSTEM, now=NOW)
        return Viewer(user.id, self.district.id, frozenset({self.waste}), frozenset(roles or {"officer"}))


def small_place(now: datetime = NOW) -> SmallPlace:
    """Make it. The refuse round goes every Monday, recycling every other Tuesday."""
    district = _council("calder-vale", "Calder Vale District Council", "district", now)
    county = _council("calderbrook", "Calderbrook County Council", "county", now)
    waste = identity.add_team(district.id, "waste", "Waste and recycling", actor=SYSTEM, now=now)
    care = identity.add_team(county.id, "adult-care", "Adult social care", actor=SYSTEM, now=now)
    _street(district)
    services.adopt(district.id, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=now)
    return SmallPlace(district, county, waste.id, care.id, reads.live(district.id, "missed-bin"))


def _council(slug: str, name: str, tier: str, now: datetime) -> Organisation:
    new = NewOrganisation(slug=slug, name=name, kind="council", nation="England", tier=tier)
    return places.add_organisation(new, actor=SYSTEM, now=now)


def _street(district: Organisation) -> None:
    name = PlaceName.objects.create(name="Mill Lane", town="Calderford", key="mill lane calderford", plain="mill lane")
    refuse = _round(district, "MON-1", "refuse", "black", date(2026, 11, 2), 1)
    recycling = _round(district, "TUE-2", "recycling", "green", date(2026, 11, 10), 2)
    for uprn, number in ((MILL_LANE_12, 12), (MILL_LANE_14, 14)):
        address = Address.objects.create(
            uprn=uprn,
            line_1=f"{number} Mill Lane",
            street="Mill Lane",
            town="Calderford",
            postcode="ZZ1 2AB",
            postcode_key="ZZ12AB",
            order=f"{number:04d}",
            street_name=name,
        )
        for each in (refuse, recycling):
            RoundStop.objects.create(address=address, round=each)


def _round(district: Organisation, code: str, container: str, colour: str, first: date, weeks: int) -> Round:
    return Round.objects.create(
        id=ids.new_id(),
        organisation=district,
        code=code,
        name=f"{container} {code}",
        container=container,
        colour=colour,
        first_date=first,
        weeks=weeks,
        starts=7 * 60,
        ends=16 * 60,
    )
