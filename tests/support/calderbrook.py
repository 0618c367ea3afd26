"""A small Calderbrook for stories in a browser: two councils, a charity, a neighbouring town, as of this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.test import Client

from placewide.identity import actions as identity
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD, Role
from placewide.kernel import clock, ids
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import SYSTEM
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Address, Organisation, PlaceName, Round, RoundStop
from placewide.places.terms import CollectionStatus, RunStatus
from placewide.services import actions as services
from support.place import PACKAGES

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
URGENT_PHONE = "01632 960 199"
MILL_LANE_12, MILL_LANE_14, FEN_ROAD_1 = 10_000_000_012, 10_000_000_014, 10_000_000_901


@dataclass(frozen=True)
class Calderbrook:
    """Who is there."""

    district: Organisation
    county: Organisation
    carers: Organisation
    fenmarch: Organisation
    staff: dict[str, Any]  # first name → user


def calderbrook() -> Calderbrook:
    """Make it, as of now."""
    now = clock.now()
    district = _body("calder-vale", "Calder Vale District Council", now, tier="district", authority_code="ZZV")
    county = _body("calderbrook", "Calderbrook County Council", now, tier="county", authority_code="ZZC")
    carers = _body("calderbrook-carers", "Calderbrook Carers", now, kind="charity", serves=("ZZC", "ZZV"))
    fenmarch = _body("fenmarch", "Fenmarch Council", now, tier="unitary", authority_code="ZZF")
    waste = identity.add_team(district.id, "waste", "Waste and recycling", actor=SYSTEM, now=now).id
    care = identity.add_team(county.id, "adult-care", "Adult social care", actor=SYSTEM, now=now).id
    support = identity.add_team(carers.id, "carers-support", "Carers’ support", actor=SYSTEM, now=now).id
    identity.add_team(fenmarch.id, "waste", "Waste and streets", actor=SYSTEM, now=now)
    staff = {
        "priya": _member("priya", "Priya Nand", district.id, waste, Role.OFFICER, now),
        "dewi": _member("dewi", "Dewi Pugh", district.id, waste, Role.CREW, now),
        "tom": _member("tom", "Tom Okoro", county.id, care, Role.OFFICER, now),
        "sunil": _member("sunil", "Sunil Dey", carers.id, support, Role.OFFICER, now),
    }
    _streets(district, now)
    for body in (district, fenmarch):
        services.adopt(body.id, PACKAGES / "missed-bin", {}, actor=SYSTEM, now=now)
    settings = {"urgent_phone": URGENT_PHONE}
    services.adopt(county.id, PACKAGES / "care-needs", settings, actor=SYSTEM, now=now)
    return Calderbrook(district, county, carers, fenmarch, staff)


def sign_in(context: Any, site: str, user: Any) -> None:
    """Give a browser the session of somebody who signed in with password and app."""
    cache.clear()  # a code counts once; the next story may come within its half minute
    client = Client()
    client.post("/staff/sign-in", {"login": user.email, "password": DEMO_PASSWORD})
    client.post("/staff/sign-in/second-step", {"code": code_at(SECRET, time())})
    assert client.get("/staff").status_code == 200
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def _body(slug: str, name: str, now: datetime, *, kind: str = "council", **known: Any) -> Organisation:
    new = NewOrganisation(slug=slug, name=name, name_cy=f"{name} (cy)", kind=kind, phone="01632 960100", **known)
    return places.add_organisation(new, actor=SYSTEM, now=now)


def _member(key: str, name: str, organisation_id: UUID, team_id: UUID, role: Role, now: datetime) -> Any:
    user = identity.add_staff(
        f"{key}@staff.example",
        name=name,
        organisation_id=organisation_id,
        role=role,
        team_id=team_id,
        actor=SYSTEM,
        now=now,
    )
    identity.give_demo_sign_in(user.id, secret=SECRET, actor=SYSTEM, now=now)
    return user


def _streets(district: Organisation, now: datetime) -> None:
    """At 12 Mill Lane every bin stands differently; at 14 nothing is noted but the rounds."""
    today = legal_date(now)
    mill = PlaceName.objects.create(name="Mill Lane", town="Calderford", key="mill lane calderford", plain="mill lane")
    homes = [_address(MILL_LANE_12, 12, mill, "ZZ1 2AB"), _address(MILL_LANE_14, 14, mill, "ZZ1 2AB")]
    fen = PlaceName.objects.create(name="Fen Road", town="Fenmarch", key="fen road fenmarch", plain="fen road")
    _address(FEN_ROAD_1, 1, fen, "ZZ9 9ZZ", district_code="ZZF", county_code="")
    yesterday = today - timedelta(days=1)
    over = _round(district, "refuse", "black", yesterday, 1)  # can be reported
    out = _round(district, "recycling", "green", today, 1)  # the crew is still out
    late = _round(district, "food", "brown", today, 1)
    unseen = _round(district, "garden", "brown", yesterday, 2)  # the crew saw no bin at number 12
    long_ago = _round(district, "paper", "blue", today - timedelta(days=11), 2)
    for home in homes:
        for each in (over, out, late, unseen, long_ago):
            RoundStop.objects.create(address=home, round=each)
    places.note_run(out.id, today, RunStatus.RUNNING, actor=SYSTEM, now=now)
    until = now + timedelta(days=2)
    places.note_run(late.id, today, RunStatus.DELAYED, until=until, actor=SYSTEM, now=now)
    reason = CollectionStatus.NOT_PRESENTED
    places.note_exceptions(unseen.id, yesterday, [MILL_LANE_12], reason, actor=SYSTEM, now=now)


def _address(
    uprn: int, number: int, street: PlaceName, postcode: str, district_code: str = "ZZV", county_code: str = "ZZC"
) -> Address:
    return Address.objects.create(
        uprn=uprn,
        line_1=f"{number} {street.name}",
        street=street.name,
        town=street.town,
        postcode=postcode,
        postcode_key=postcode.replace(" ", ""),
        order=f"{number:04d}",
        street_name=street,
        district_code=district_code,
        county_code=county_code,
    )


def _round(district: Organisation, container: str, colour: str, first: Any, weeks: int) -> Round:
    return Round.objects.create(
        id=ids.new_id(),
        organisation=district,
        code=container.upper(),
        name=container,
        container=container,
        colour=colour,
        first_date=first,
        weeks=weeks,
        starts=7 * 60,
        ends=16 * 60,
        report_days=2,
    )
