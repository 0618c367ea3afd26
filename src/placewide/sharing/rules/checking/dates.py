"""When it begins, is looked at again, and ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from placewide.sharing.terms.agreed import Agreement
from placewide.sharing.terms.found import Finding, finding


def findings(runs: Agreement, on: date) -> Iterator[Finding]:
    """What is wrong with the dates, on the day of signing."""
    start, end, review = runs.start, runs.end, runs.review
    for number, party in enumerate(runs.parties):
        if party.signed is not None and party.signed > on:
            at = ("agreement", "parties", number, "signed")
            yield finding("SIGNED_LATER", *at, org=party.org, signed=str(party.signed), day=str(on))
    if end is None:
        yield finding("NO_END", "agreement", "end")
    elif start > end:
        yield finding("START_AFTER_END", "agreement", "start", start=str(start), end=str(end))
    elif end < on:
        yield finding("ENDED", "agreement", "end", end=str(end))
    if review is None:
        yield finding("REVIEW_MISSING", "agreement", "review")
        return
    if review < on:
        yield finding("REVIEW_PASSED", "agreement", "review", review=str(review))
    if end is not None and review > end:
        yield finding("REVIEW_AFTER_END", "agreement", "review", review=str(review), end=str(end))
