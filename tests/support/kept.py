"""Everything a node still holds: its tables as they lie there, and what its key ring opens of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.db import connection


def readable(words: Iterable[str]) -> set[str]:
    """Which of these words stand in some row of some table, sealed or not."""
    kept = _raw() + _opened()
    return {word for word in words if word.lower().encode() in kept}


def _raw() -> bytes:
    """Every row of every table, the full-text index's own among them."""
    found = bytearray()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    found += (bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()).lower()
    return bytes(found)


def _opened() -> bytes:
    """Every row of every model, what is sealed opened."""
    return b"".join(
        repr(row).lower().encode() for model in apps.get_models() for row in model._default_manager.values_list()
    )
