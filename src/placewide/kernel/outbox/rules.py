"""When a delivery that failed is tried again. Pure."""

from __future__ import annotations

from datetime import timedelta

# After attempt n the next is so many seconds later: quick for a hiccup, patient for an evening's outage (9 h in all).
_PAUSES = (2, 10, 30, 120, 600, 1800, 3600, 7200, 18_000)
MOST_ATTEMPTS = len(_PAUSES) + 1
LEASE = timedelta(minutes=5)  # how long a foreign call may take before another worker may try
BATCH = timedelta(seconds=10)  # then what is due every so often (sealing within 60 s, say) has its turn


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts have failed; None: give up."""
    return timedelta(seconds=_PAUSES[attempts - 1]) if attempts < MOST_ATTEMPTS else None
