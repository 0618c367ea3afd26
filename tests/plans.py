"""How a database goes about a query: for tests that insist on an index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import AutoField, Model
from django.test.utils import CaptureQueriesContext

_SQLITE_SCAN = re.compile(r"^SCAN (?!subquery|\(subquery|CONSTANT|\d+ CONSTANT)(?!.* VIRTUAL TABLE)")


class Seen:
    """The statements that were run, and how."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.plans: list[str] = []

    @property
    def scans(self) -> list[str]:
        """Steps that read a whole table, or the index of a whole table."""
        lines = [line.strip() for plan in self.plans for line in plan.splitlines()]
        if connection.vendor == "sqlite":
            partial = tuple(_partial_indexes())
            return [line for line in lines if _SQLITE_SCAN.match(line) and not line.endswith(partial)]
        return [line for line in lines if "Seq Scan" in line]


@contextmanager
def watched() -> Iterator[Seen]:
    """What is run inside, and, once it has ended, the plan of each SELECT, UPDATE and DELETE."""
    seen = Seen()
    with CaptureQueriesContext(connection) as queries:
        yield seen
    seen.statements = [query["sql"] for query in queries.captured_queries]
    seen.plans = [_plan(sql) for sql in seen.statements if sql.startswith(("SELECT", "UPDATE", "DELETE"))]


def analyse() -> None:
    """Let the database count what it holds, as its own housekeeping does in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def multiply(model: type[Model], times: int, *, fresh: Sequence[str] = ("id",)) -> None:
    """Copy every row so many times inside the database, each with new ids in the columns ``fresh``."""
    table = model._meta.db_table
    quoted = connection.ops.quote_name
    columns = [field.column for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    new = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    chosen = ", ".join(new if column in fresh else quoted(column) for column in columns)
    numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {times})"
    into = ", ".join(map(quoted, columns))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({into}) {numbers} SELECT {chosen} FROM {table}, numbers WHERE true")


def _partial_indexes() -> list[str]:
    """Indexes of a few chosen rows: reading such a one from end to end is what it is for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%) WHERE %'")
        return [f" {name}" for (name,) in cursor.fetchall()]


def _plan(sql: str) -> str:
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        cursor.execute(explain + sql.replace("%", "%%") if connection.vendor == "sqlite" else explain + sql)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
