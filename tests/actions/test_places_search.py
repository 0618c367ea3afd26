"""Finding an address: by postcode, street or building, spelling forgiven, at a hundred thousand addresses."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from placewide.kernel.terms import SYSTEM
from placewide.places import actions, reads, rules
from placewide.places.models import NameGram, PlaceName

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DEMO = Path(__file__).parent.parent.parent / "demo" / "places"


@pytest.fixture
def demo() -> None:
    actions.load_addresses(DEMO / "addresses.csv", actor=SYSTEM, now=NOW)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cd1 1aa", "1 Mill Lane, Calderbrook, CD1 1AA"),
        ("CDI1AA", "1 Mill Lane, Calderbrook, CD1 1AA"),
        ("12 Mill Lane", "12 Mill Lane, Calderbrook, CD1 1AA"),
        ("12 mil ln", "12 Mill Lane, Calderbrook, CD1 1AA"),
        ("12 Mill Lane, Calderbrook, CD1 1AA", "12 Mill Lane, Calderbrook, CD1 1AA"),
        ("12 Mill Lane CD9 9ZZ", "12 Mill Lane, Calderbrook, CD1 1AA"),
        ("mill lane fenmarch", "1 Mill Lane, Fenmarch, FM1 2AB"),
        ("Mill Dunn", "1 Dunn Mill, Calderbrook, CD1 3AD"),
        ("rose cotage", "Rose Cottage, Church Lane, Oxmere, CD3 8BW"),
        ("flat 3 hebble hse", "Flat 3, Hebble House, 24 Station Road, Calderbrook, CD1 6BG"),
        ("hebble hse flat 3", "Flat 3, Hebble House, 24 Station Road, Calderbrook, CD1 6BG"),
        ("church lane hollin dene", "1 Church Lane, Hollin Dene, CD4 3AA"),
        ("st brides terr", "1 St Bride’s Terrace, Calderbrook, CD1 9AL"),
    ],
)
def test_an_address_is_found_however_it_is_typed(typed: str, first: str) -> None:
    assert reads.find_addresses(typed)[0].one_line == first


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "typed", ["", " ", "xyzzy", "<script>alert(1)</script>", "'; DROP TABLE", "%", "\x00", "📮" * 99, "a" * 9999, "12"]
)
def test_nothing_typed_breaks_the_search(typed: str) -> None:
    assert len(reads.find_addresses(typed)) <= 100


@pytest.mark.usefixtures("demo")
def test_a_property_is_read_by_its_number() -> None:
    found = reads.address(999000000012)
    assert found
    assert (found.one_line, found.district_code, found.county_code, found.ward) == (
        "12 Mill Lane, Calderbrook, CD1 1AA",
        "ZZV",
        "ZZC",
        "Bridge End",
    )
    assert reads.address(1) is None


FIRST = "Ash Birch Chapel Dale Elm Ferry Garden Hazel Ivy Kiln Laurel Mill North Oak Priory Rowan School Tan Vale"
SECOND = "croft dale field ford gate ham hurst ley mere stead ton wick worth"
THIRD = "Road Lane Avenue Close Drive Way Court Row"
STREETS = [f"{first}{second} {third}" for first, second, third in product(*map(str.split, (FIRST, SECOND, THIRD)))]


MANY_ADDRESSES = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
INSERT INTO places_address (uprn, line_1, line_2, line_3, street, town, postcode, postcode_key, "order", ward,
    district_code, county_code, street_name_id)
SELECT 999200000000 + i, (i / %s) || ' some street', '', '', 'some street', 'Aldmere', 'CD1 1AA',
    'CD' || (i %% 97) || (i / 10000) || 'AB', i / %s, '', '', '', %s + i %% %s FROM n
"""


@pytest.fixture
def large() -> Iterator[None]:
    """A hundred thousand addresses on eight thousand streets."""
    PlaceName.objects.bulk_create(
        PlaceName(name=street, town=town, key=f"{street}|{town}", plain=rules.plain_name(street))
        for street, town in product(STREETS, ("Aldmere", "Bexton", "Corley", "Dunham"))
    )
    rows = list(PlaceName.objects.order_by("pk"))
    NameGram.objects.bulk_create(NameGram(gram=g, name=row) for row in rows for g in rules.grams(row.plain))
    with connection.cursor() as cursor:
        cursor.execute(MANY_ADDRESSES, [len(rows), len(rows), rows[0].pk, len(rows)])
        cursor.execute("ANALYZE")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TABLE IF EXISTS sqlite_stat1")


@pytest.mark.usefixtures("large")
def test_a_search_among_a_hundred_thousand_makes_few_statements_each_by_an_index() -> None:
    for typed, most in (("CD5 3AB", 1), ("12 Millcroft Lane", 3), ("ashfeild rd aldmere", 3), ("CD1 zz9", 3)):
        with CaptureQueriesContext(connection) as captured:
            began = time.process_time()
            reads.find_addresses(typed)
            spent = time.process_time() - began
        statements = [query["sql"] for query in captured.captured_queries]
        assert len(statements) <= most, typed
        assert not [plan for sql in statements for plan in whole_tables_read(sql)], typed
        assert spent < 0.25, typed  # measured: 3 ms; a table read whole takes a second


def whole_tables_read(sql: str) -> list[str]:
    """The lines of the plan that read a table of this room from end to end."""
    prefix = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(prefix + sql.replace("%", "%%"))
        lines = [str(row[-1]) for row in cursor.fetchall()]
    return [line for line in lines if line.startswith("SCAN places_") or "Seq Scan on places_" in line]


@pytest.mark.usefixtures("large")
def test_a_plan_that_reads_a_whole_table_is_noticed() -> None:
    assert whole_tables_read("SELECT uprn FROM places_address WHERE ward = 'Market'")
