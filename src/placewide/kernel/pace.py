"""How often somebody may have something done that reaches others: mail to an address anybody can type, say.

Counted in the cache that all workers of a machine share, under a digest: whose it was is not kept, nor for longer than
it counts. It bounds a nuisance; what must hold exactly is counted in the database.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache


def too_often(what: str, whose: str, *, most: int, within: timedelta) -> bool:
    """Count one more; whether that is more than ``most`` since the first that still counts."""
    named = f"{what}\0{whose}".encode(errors="backslashreplace")
    key = "pace:" + hmac.new(settings.SECRET_KEY.encode(), named, hashlib.sha256).hexdigest()
    if cache.add(key, 1, within.total_seconds()):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out this moment
        return False
