"""Loads a file of addresses: all of it or nothing, as often as one likes (docs/reference/address-files.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db.models import Exists, OuterRef

from placewide.kernel.change import changing
from placewide.kernel.clock import legal_date
from placewide.kernel.terms import Actor
from placewide.places import rules
from placewide.places.models import Address, NameGram, Organisation, PlaceName
from placewide.places.reference import reference
from placewide.places.rules.address_rows import parse_address
from placewide.places.staging import Staging
from placewide.places.tables import Columns, read_rows, refuse_if_bad
from placewide.places.terms import AddressRecord, AreaCode, Authority, Loaded, RowProblem, Tier

COLUMNS = Columns(
    required=("uprn", "line_1", "town", "postcode"),
    optional=("line_2", "line_3", "street", "ward", "district", "county", "easting", "northing"),
)
_CHANGING = tuple(field.name for field in Address._meta.concrete_fields if field.name != "uprn")


def check_addresses(
    path: Path, *, on: date, keep: Callable[[AddressRecord], None] | None = None
) -> Iterator[RowProblem]:
    """Everything wrong or odd in a file of addresses on a day, line by line; nothing is written. Raises OSError.

    ``keep`` is given each address that can be read.
    """
    seen: dict[int, int] = {}
    written: dict[int, int] = {}
    codes = _known_codes(on)
    for row in read_rows(path, COLUMNS):
        if isinstance(row, RowProblem):
            yield row
            continue
        record, problems = parse_address(row.line, row.cells)
        yield from problems
        if record is not None:
            yield from _among_others(row.line, record, seen, written)
            yield from rules.code_problems(row.line, record, codes)
            if keep:
                keep(record)


def load_addresses(path: Path, *, actor: Actor, now: datetime) -> Loaded:
    """Add the addresses of a file and bring those already there up to date; none is taken away.

    Raises BadFile with every bad row, nothing written; OSError where the file cannot be read.
    """
    read = Staging[AddressRecord]()
    warnings = refuse_if_bad(check_addresses(path, on=legal_date(now), keep=read.add))
    with changing(actor=actor, now=now):
        before = Address.objects.count()
        names: dict[str, int] = {}
        rows = 0
        for records in read.batches():
            _know_names(records, names)
            _write(records, names)
            rows += len(records)
        _forget_unused_names()
        return Loaded(rows, Address.objects.count() - before, warnings)


def _among_others(
    line: int, record: AddressRecord, seen: dict[int, int], written: dict[int, int]
) -> Iterator[RowProblem]:
    """The same number twice is a fault; the same words under two numbers are odd."""
    if record.uprn in seen:
        wrong = f"{record.uprn} is on line {seen[record.uprn]} already"
        yield RowProblem(line, "uprn", wrong, "Keep one of the two")
    seen.setdefault(record.uprn, line)
    words = hash(rules.plain_name(record.one_line))
    if written.setdefault(words, line) != line:
        wrong = f"the same address is on line {written[words]} with another UPRN"
        yield RowProblem(line, "line_1", wrong, "Check which of them is right", fatal=False)


def _known_codes(on: date) -> Mapping[str, AreaCode]:
    """Every code of the published list, and of this node."""
    known = reference()
    published = {
        code: AreaCode(code, a.tier, a.county, "" if rules.lives(a, on) else _ended(a, on))
        for code, a in known.authorities.items()
    }
    rows = Organisation.objects.exclude(authority_code="")
    own = {o.authority_code: AreaCode(o.authority_code, Tier(o.tier) if o.tier else None, o.county_code) for o in rows}
    return {**published, **own}


def _ended(authority: Authority, on: date) -> str:
    heirs = ", ".join(heir.code for heir in rules.successors(reference(), authority, on))
    day = authority.last_day
    return f"ended on {day.day} {day:%B %Y}; now {heirs or 'nobody known'}" if day else "has not begun"


def _know_names(records: Iterable[AddressRecord], names: dict[str, int]) -> None:
    """Put the streets and named buildings of these addresses, and their grams, where they can be searched."""
    wanted = {key: found for record in records for key, found in _names_of(record) if key and key not in names}
    if not wanted:
        return
    PlaceName.objects.bulk_create(
        [
            PlaceName(name=name, town=town, key=key, plain=rules.plain_name(name))
            for key, (name, town) in wanted.items()
        ],
        ignore_conflicts=True,
    )
    rows = list(PlaceName.objects.filter(key__in=list(wanted)))
    names.update({row.key: row.pk for row in rows})
    NameGram.objects.bulk_create(
        [NameGram(gram=gram, name=row) for row in rows for gram in sorted(rules.grams(row.plain))],
        ignore_conflicts=True,
    )


def _names_of(record: AddressRecord) -> tuple[tuple[str, tuple[str, str]], tuple[str, tuple[str, str]]]:
    """The keys and names of its street and of its building; an empty key where it has none."""
    building = _building(record)
    return (
        (rules.search_key(record.street, record.town) if record.street else "", (record.street, record.town)),
        (rules.search_key(building, record.town) if building else "", (building, record.town)),
    )


def _building(record: AddressRecord) -> str:
    """``Rose Cottage``; ``Hebble House`` of ``Flat 3, Hebble House``; nothing for ``12 Mill Lane``."""
    for line in record.lines:
        numbers, rest = rules.numbers_of(line)
        if not numbers and rules.plain_name(rest) != rules.plain_name(record.street):
            return rest
        if rest:
            return ""
    return ""


def _write(records: Sequence[AddressRecord], names: Mapping[str, int]) -> None:
    Address.objects.bulk_create(
        [_row(record, names) for record in records],
        update_conflicts=True,
        unique_fields=["uprn"],
        update_fields=_CHANGING,
    )


def _row(record: AddressRecord, names: Mapping[str, int]) -> Address:
    lines = (*record.lines, "", "")
    (street, _), (building, _) = _names_of(record)
    return Address(
        uprn=record.uprn,
        line_1=lines[0],
        line_2=lines[1],
        line_3=lines[2],
        street=record.street,
        town=record.town,
        postcode=record.postcode,
        postcode_key=rules.postcode_key(record.postcode),
        order=rules.order_key(record.lines),
        ward=record.ward,
        district_code=record.district_code,
        county_code=record.county_code,
        easting=record.easting,
        northing=record.northing,
        street_name_id=names.get(street),
        building_name_id=names.get(building),
    )


def _forget_unused_names() -> None:
    """A street that was renamed is no longer found by its old name."""
    streets = Address.objects.filter(street_name=OuterRef("pk"))
    buildings = Address.objects.filter(building_name=OuterRef("pk"))
    PlaceName.objects.filter(~Exists(streets), ~Exists(buildings)).delete()
