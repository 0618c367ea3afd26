"""The same request sent twice is done once and answered twice the same.

The answer is saved in the transaction of the act: there is no moment at which one exists without the other.
Two statements at most, whether it is the first request or a repeated one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from placewide.kernel.models import KeptAnswer

KEPT_FOR = timedelta(days=30)


class KeyReused(Exception):
    """This key came with another body before (409). Nothing was done now."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: a status and a body as JSON holds it."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)


def once(scope: str, key: str, body_digest: bytes, *, now: datetime) -> Answer | None:
    """The answer given before, or None: then do the act and :func:`remember` its answer, in the same transaction.

    ``scope`` names who and what (actor or journey, route). A second request that comes while the first is still at
    work waits for it. Raises KeyReused when the body is another one.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("once() belongs inside changing()")
    row_id = _row_id(scope, key)
    if _claim(row_id, body_digest, now):
        return None
    kept = KeptAnswer.objects.get(pk=row_id)
    if bytes(kept.body_digest) != body_digest:
        raise KeyReused
    return Answer(**kept.answer) if kept.answer is not None else None


def kept_before(scope: str, key: str, body_digest: bytes) -> Answer | None:
    """The answer given before, without claiming the key: to look before work that is only worth doing once.

    One statement. Raises KeyReused.
    """
    kept = KeptAnswer.objects.filter(pk=_row_id(scope, key)).first()
    if kept is None or kept.answer is None:
        return None
    if bytes(kept.body_digest) != body_digest:
        raise KeyReused
    return Answer(**kept.answer)


def remember(scope: str, key: str, answer: Answer) -> None:
    """Keep the answer with the act that gave it."""
    kept = {"status": answer.status, "body": answer.body}
    KeptAnswer.objects.filter(pk=_row_id(scope, key)).update(answer=kept)


def is_new(scope: str, key: str, *, now: datetime) -> bool:
    """Whether this did not come before; from now on it did. For a key that names what was said, with no answer to keep.

    Inside the change that it is for.
    """
    said = meaning(key)
    if once(scope, key, said, now=now) is not None:
        return False
    remember(scope, key, Answer(200))
    return True


def meaning(body: Any) -> bytes:
    """The digest of what a JSON body says: neither the order of names in an object nor white space change it."""
    written = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode(errors="surrogatepass")).digest()  # half a character can come, and be refused


def forget_old(now: datetime) -> int:
    """Delete answers kept longer than 30 days; returns how many."""
    return KeptAnswer.objects.filter(kept_at__lt=now - KEPT_FOR).delete()[0]


def _row_id(scope: str, key: str) -> bytes:
    return hashlib.sha256(f"{scope}\0{key}".encode()).digest()


def _claim(row_id: bytes, body_digest: bytes, now: datetime) -> bool:
    """Insert the row unless it is there; waits for another transaction that is just inserting it."""
    table = KeptAnswer._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, body_digest, kept_at) VALUES (%s, %s, %s) ON CONFLICT (id) DO NOTHING",  # noqa: S608
            [row_id, body_digest, connection.ops.adapt_datetimefield_value(now)],
        )
        return bool(cursor.rowcount)
