"""What pages and APIs ask of a place. Addresses and organisations are public: these reads take no viewer.

Each read makes a fixed number of statements, however many addresses there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from placewide.kernel.clock import legal_date
from placewide.places import rules
from placewide.places.models import (
    Address,
    NameGram,
    Organisation,
    PlaceName,
    Round,
    RoundChange,
    RoundStop,
    Run,
    StopException,
)
from placewide.places.reference import reference
from placewide.places.terms import (
    AddressRecord,
    Authority,
    Body,
    Collection,
    CollectionStatus,
    Container,
    CrewNote,
    Disruption,
    HolidayChange,
    Noted,
    Provider,
    RoundDay,
    Route,
    RunNote,
    RunStatus,
    Schedule,
    ServiceLine,
    Tier,
    Uprn,
)

_NAMES_COMPARED = 60  # names that share most letters with what was typed; the nearest of them are shown
_NAMES_SHOWN = 4
_ADDRESSES_COMPARED = 2000  # of the streets shown: more than the longest streets have
_REMEMBERED = timedelta(days=140)  # notes older than any last collection are not read
_LATE, _SOON = timedelta(days=7), timedelta(days=9)  # how long a delay and a coming change are news

Noting = TypeVar("Noting")


def organisation(slug: str) -> Organisation:
    """Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(slug=slug)


def organisation_by_id(organisation_id: UUID) -> Organisation:
    """Raises Organisation.DoesNotExist."""
    return Organisation.objects.get(id=organisation_id)


def organisations(*, on: date | None = None) -> tuple[Organisation, ...]:
    """Every organisation this node works for, by name; ``on``: only those that exist on this day."""
    return tuple(row for row in Organisation.objects.order_by("name") if on is None or _exists(row, on))


def place_name() -> str:
    """What the place is called: as set, or as the organisation that was here first; "Placewide" before there is one.

    One statement in a process, once there is an organisation: a page costs none.
    """
    if settings.PLACE_NAME:
        return str(settings.PLACE_NAME)
    try:
        return _first_name()
    except LookupError:
        return "Placewide"


@cache
def _first_name() -> str:
    """Raises LookupError, which is not remembered: an organisation may come."""
    return str(Organisation.objects.order_by("id").values_list("name", flat=True)[0])


def organisation_of_authority(code: str) -> Organisation | None:
    """The organisation of this node that is this authority."""
    return Organisation.objects.filter(authority_code=code).first() if code else None


def authority(code: str) -> Authority | None:
    """An authority by its code in any case: a published one, or an organisation of this node."""
    wanted = code.strip().upper()
    return reference().authorities.get(wanted) or next((a for a in _own_authorities() if a.code == wanted), None)


def providers(code: str, lgsl: int, *, on: date) -> tuple[Provider, ...]:
    """Who provides a service in an authority's area on a day. Raises KeyError for an unknown code or LGSL number.

    One statement where the code is an organisation of this node that the published list does not have; else none.
    """
    known = reference()
    wanted = code.strip().upper()
    if wanted not in known.authorities:
        known = known.joined_by(_own_authorities())
    return rules.providers(known, known.authorities[wanted], known.services[lgsl], on)


def services_of(code: str, *, on: date) -> tuple[ServiceLine, ...]:
    """The services an authority provides itself, by number. Raises KeyError for an unknown code."""
    known = reference()
    wanted = code.strip().upper()
    if wanted not in known.authorities:
        known = known.joined_by(_own_authorities())
    council = known.authorities[wanted]
    return tuple(
        line
        for _, line in sorted(known.services.items())
        if any(provider.code == council.code for provider in rules.providers(known, council, line, on))
    )


def address(uprn: Uprn) -> AddressRecord | None:
    """The property with this reference number."""
    row = Address.objects.filter(uprn=uprn).first()
    return _record(row) if row else None


def has_addresses() -> bool:
    """Whether any address was loaded: without one there is nothing to look up."""
    return Address.objects.exists()


def street_of(uprn: Uprn, limit: int = 500) -> tuple[Uprn, ...]:
    """Every address on the same street, this one too; none where it has no street. One statement."""
    street = Address.objects.filter(uprn=uprn).exclude(street_name=None).values("street_name")
    rows = Address.objects.filter(street_name__in=street).order_by("order")
    return tuple(rows.values_list("uprn", flat=True)[:limit])


def find_addresses(text: str, limit: int = 100) -> tuple[AddressRecord, ...]:
    """Addresses by postcode (any spacing, O for 0) or by street or building, spelling forgiven; nearest first.

    A house number typed with a street puts that house first. Two or three statements at most.
    """
    before, postcodes = rules.split_postcode(" ".join(text[:200].split()))
    if postcodes:
        keys = [rules.postcode_key(postcode) for postcode in postcodes]
        rows = Address.objects.filter(postcode_key__in=keys).order_by("postcode_key", "order")[:_ADDRESSES_COMPARED]
        found = _numbered_first(rows, rules.numbers_typed(before)[0])[:limit]
        if found or not before:
            return found
    return _find_by_name(before, limit)


def bodies_serving(uprn: Uprn, *, on: date) -> tuple[Body, ...]:
    """The bodies that serve an address on a day: its district, its county, then this node's others that work there.

    Two statements. ``rules.serving_sentence`` makes one plain line of them.
    """
    row = Address.objects.filter(uprn=uprn).only("district_code", "county_code").first()
    if row is None:
        return ()
    own = organisations()
    codes = [code for code in (row.district_code, row.county_code) if code]
    councils = [_council(code, own, on) for code in codes]
    others = [_body(o) for o in own if _exists(o, on) and not o.authority_code and set(codes) & set(o.serves)]
    return tuple(body for body in (*councils, *others) if body)


def collections(uprn: Uprn, *, now: datetime, language: str = "en") -> tuple[Collection, ...]:
    """Every container collected at an address: last and next day, what is known, when to report. Four statements.

    ``last`` is on or before today. ``next`` is today until today's round is over, then the following one.
    ``report_until`` is the last second of the last working day in which a missed collection can be reported.
    """
    stops = list(RoundStop.objects.filter(address_id=uprn).select_related("round__organisation"))
    noted = _noted(uprn, [stop.round_id for stop in stops], legal_date(now))
    found = [
        rules.collection(route_of(stop.round), noted[stop.round_id], assisted=stop.assisted, now=now, language=language)
        for stop in stops
    ]
    order = list(Container)
    return tuple(sorted(found, key=lambda c: (order.index(c.container), c.round)))


def rounds_on(organisation_id: UUID, day: date) -> tuple[RoundDay, ...]:
    """The rounds an organisation makes on a day, by their code, and how they stand. Three statements."""
    rows = list(Round.objects.filter(organisation_id=organisation_id).select_related("organisation").order_by("code"))
    near = (day - timedelta(days=14), day + timedelta(days=14))
    changes: dict[UUID, dict[date, HolidayChange]] = {}
    for row in RoundChange.objects.filter(round__organisation_id=organisation_id, normal__range=near):
        changes.setdefault(row.round_id, {})[row.normal] = _holiday_change(row)
    runs = {row.round_id: _run_note(row) for row in Run.objects.filter(organisation_id=organisation_id, day=day)}
    return tuple(
        RoundDay(route_of(row), collection, runs.get(row.id))
        for row in rows
        for collection in rules.collection_days(route_of(row).schedule, changes.get(row.id, {}), day, day)
    )


def disruptions(organisation_id: UUID, *, now: datetime) -> tuple[Disruption, ...]:
    """Rounds that are late now; then the next bank holiday, within nine days, that moves any. Two statements."""
    today = legal_date(now)
    late = Run.objects.filter(organisation_id=organisation_id, day__range=(today - _LATE, today), until__gt=now)
    late = late.filter(status=RunStatus.DELAYED).select_related("round").order_by("-day", "round__code")
    moved = RoundChange.objects.filter(
        round__organisation_id=organisation_id, normal__range=(today, today + _SOON), moved_to__isnull=False
    )
    return (
        *(Disruption(Container(row.round.container), row.day, row.until) for row in late),
        *(Disruption(None, row.normal, None, _holiday_change(row)) for row in moved.order_by("normal")[:1]),
    )


def _own_authorities() -> tuple[Authority, ...]:
    rows = Organisation.objects.exclude(authority_code="").exclude(tier="")
    return tuple(_authority_of(row) for row in rows)


def _authority_of(row: Organisation) -> Authority:
    return Authority(
        code=row.authority_code,
        name=row.name,
        short_name=row.name,
        nation=row.nation,
        region="",
        tier=Tier(row.tier),
        kind="",
        county=row.county_code,
        first_day=row.begins,
        last_day=row.ends,
    )


def _find_by_name(typed: str, limit: int) -> tuple[AddressRecord, ...]:
    numbers, name = rules.numbers_typed(typed)
    letters = rules.grams(name)
    if not letters:
        return ()
    alike = (
        NameGram.objects.filter(gram__in=letters)
        .values("name_id")
        .annotate(shared=Count("id"))
        .order_by("-shared", "name_id")[:_NAMES_COMPARED]
    )
    ids = [row["name_id"] for row in alike]
    names = PlaceName.objects.filter(id__in=ids).values_list("id", "plain", "town")
    best = rules.best_names(name, ((key, plain, rules.plain_name(town)) for key, plain, town in names), _NAMES_SHOWN)
    return _in_streets(best, numbers, limit) if best else ()


def _in_streets(names: Sequence[int], numbers: frozenset[str], limit: int) -> tuple[AddressRecord, ...]:
    place = {name: at for at, name in enumerate(names)}
    # A union, since both databases read the whole table for an OR of a street and a column that is mostly empty.
    rows = Address.objects.filter(street_name__in=names).union(Address.objects.filter(building_name__in=names))

    def nearness(row: Address) -> tuple[int, str]:
        return min(place.get(row.street_name_id or 0, 99), place.get(row.building_name_id or 0, 99)), row.order

    return _numbered_first(sorted(rows[:_ADDRESSES_COMPARED], key=nearness), numbers)[:limit]


def _numbered_first(rows: Iterable[Address], numbers: frozenset[str]) -> tuple[AddressRecord, ...]:
    """Those with the flat or house number that was typed, then the rest in their order."""
    return tuple(_record(row) for row in sorted(rows, key=lambda row: not (numbers and numbers <= _numbers(row))))


def _numbers(row: Address) -> frozenset[str]:
    return frozenset().union(*(rules.numbers_of(line)[0] for line in (row.line_1, row.line_2, row.line_3)))


def _record(row: Address) -> AddressRecord:
    return AddressRecord(
        uprn=row.uprn,
        lines=tuple(line for line in (row.line_1, row.line_2, row.line_3) if line),
        street=row.street,
        town=row.town,
        postcode=row.postcode,
        ward=row.ward,
        district_code=row.district_code,
        county_code=row.county_code,
        easting=row.easting,
        northing=row.northing,
    )


def _exists(row: Organisation, on: date) -> bool:
    return (row.begins is None or row.begins <= on) and (row.ends is None or on <= row.ends)


def _council(code: str, own: Sequence[Organisation], on: date) -> Body | None:
    hosted = next((o for o in own if o.authority_code == code), None)
    if hosted:
        return _body(hosted) if _exists(hosted, on) else None
    known = reference().authorities.get(code)
    if known is None or not rules.lives(known, on):
        return None
    return Body(code, known.name, "", "council", known.tier, None, nation=known.nation)


def _body(row: Organisation) -> Body:
    named = (row.authority_code, row.name, row.name_cy, row.kind, row.tier)
    return Body(*named, row.id, row.slug, row.website, row.nation)


def _noted(uprn: Uprn, round_ids: Sequence[UUID], today: date) -> Mapping[UUID, Noted]:
    """Three statements: holiday changes, runs and exceptions of the last months."""
    found = {round_id: Noted({}, {}, {}) for round_id in round_ids}
    since = today - _REMEMBERED
    for change in RoundChange.objects.filter(round_id__in=round_ids, normal__gte=since):
        _put(found[change.round_id].changes, change.normal, _holiday_change(change))
    for run in Run.objects.filter(round_id__in=round_ids, day__gte=since, day__lte=today):
        _put(found[run.round_id].runs, run.day, _run_note(run))
    for seen in StopException.objects.filter(address_id=uprn, round_id__in=round_ids, day__gte=since):
        _put(found[seen.round_id].crew, seen.day, CrewNote(CollectionStatus(seen.reason), seen.at))
    return found


def _put(mapping: Mapping[date, Noting], day: date, value: Noting) -> None:
    cast(dict[date, Noting], mapping)[day] = value


def _holiday_change(row: RoundChange) -> HolidayChange:
    return HolidayChange(row.normal, row.moved_to, row.reason, row.reason_cy)


def _run_note(row: Run) -> RunNote:
    return RunNote(RunStatus(row.status), row.at, row.until)


def route_of(row: Round) -> Route:
    """A round as the rules take it; its organisation is read with it."""
    return Route(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        container=Container(row.container),
        colour=row.colour,
        schedule=Schedule(row.first_date, row.weeks, row.starts, row.ends, row.last_date),
        report_days=row.report_days,
        nation=row.organisation.nation,
    )
