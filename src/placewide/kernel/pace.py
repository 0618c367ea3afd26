"""How often somebody may have something done that reaches others: mail to an address anybody can type, say.

Counted in the cache that all workers of a machine share, under a digest: whose it was is not kept, nor for longer than
it counts. It bounds a nuisance; what must hold exactly is counted in the database.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache


def too_often(what: str, whose: str, *, most: int, within: timedelta, now: datetime) -> bool:
    """Count one more; whether that is more than ``most`` since the first that still counts."""
    named = f"{what}\0{whose}".encode(errors="backslashreplace")
    key = "pace:" + hmac.new(settings.SECRET_KEY.encode(), named, hashlib.sha256).hexdigest()
    with _alone():
        count, until = cache.get(key) or (0, now)
        if until <= now:
            count, until = 0, now + within
        # With its end, and until then: the cache's own incr() would keep it for the cache's five minutes.
        cache.set(key, (count + 1, until), (until - now).total_seconds())
    return count >= most


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time on this machine: of several at one moment each is counted. Ends with the process that has it."""
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "pace.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
