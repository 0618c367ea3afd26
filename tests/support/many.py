"""Many rows quickly: one is copied inside the database, with some columns worked out from its number."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import connection
from django.db.models import AutoField, Model


def numbered(kind: int, number: int) -> UUID:
    """The id of copy ``number`` (from 1) of one kind of thing (1 to 9)."""
    return UUID(hex=f"{kind}{number:031x}")


def numbered_id(kind: int) -> str:
    """The same as SQL, where the number is ``n``."""
    if connection.vendor == "sqlite":
        return f"'{kind}' || printf('%031x', n)"
    return f"CAST('{kind}' || lpad(to_hex(n), 31, '0') AS uuid)"


def text(prefix: str) -> str:
    """A short text of its own for each number, as SQL."""
    return (
        f"'{prefix}' || printf('%08d', n)" if connection.vendor == "sqlite" else f"'{prefix}' || lpad(n::text, 8, '0')"
    )


def uuid(value: UUID) -> str:
    """A UUID as SQL."""
    return f"'{value.hex}'" if connection.vendor == "sqlite" else f"CAST('{value}' AS uuid)"


def copy(row: Model, number: int, columns: Mapping[str, str], *, every: int = 1) -> None:
    """Copy a row ``number`` times; ``columns`` hold SQL of ``n``, 1 to ``number``. ``every``: only each so many."""
    model = type(row)
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields if not isinstance(field, AutoField)]
    chosen = ", ".join(columns.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    numbers = f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {number})"
    with connection.cursor() as cursor:
        key = row.pk.hex if isinstance(row.pk, UUID) and connection.vendor == "sqlite" else str(row.pk)
        cursor.execute(
            f"INSERT INTO {table} ({listed}) {numbers} SELECT {chosen} FROM {table}, numbers "
            f"WHERE {table}.id = '{key}' AND n % {every} = 0"
        )
