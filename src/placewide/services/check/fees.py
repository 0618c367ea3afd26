"""Fees: no day without one, none with two, none that ends before it begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from placewide.services.check.places import Subject
from placewide.services.format.terms import Fault
from placewide.services.terms import Fee

DAY = timedelta(days=1)


def faults(subject: Subject) -> Iterator[Fault]:
    groups: dict[str, list[tuple[int, Fee]]] = defaultdict(list)
    for n, fee in enumerate(subject.package.fees):
        if fee.ends is not None and fee.ends < fee.starts:
            what = f"“{fee.id}” ends on {fee.ends}, before it begins on {fee.starts}."
            yield subject.fault("fees.yaml", ("fees", n, "until"), what, f"Let “until” be {fee.starts} or later.")
        else:
            groups[fee.when].append((n, fee))
    for rows in groups.values():
        rows.sort(key=lambda row: row[1].starts)
        for (_, earlier), (n, later) in pairwise(rows):
            yield from _between(subject, earlier, later, n)
        n, last = rows[-1]
        if last.ends is not None:
            what = f"From {last.ends + DAY} on nothing is charged where “{last.id}” held."
            yield subject.fault(
                "fees.yaml", ("fees", n, "until"), what, "Add the fee that follows, or take “until” out."
            )


def _between(subject: Subject, earlier: Fee, later: Fee, n: int) -> Iterator[Fault]:
    where = ("fees", n, "from")
    if earlier.ends is None or earlier.ends >= later.starts:
        remedy = f"Let “{earlier.id}” end on {later.starts - DAY}."
        yield subject.fault("fees.yaml", where, f"On {later.starts} “{earlier.id}” and “{later.id}” both hold.", remedy)
    elif earlier.ends + DAY < later.starts:
        what = f"From {earlier.ends + DAY} to {later.starts - DAY} neither “{earlier.id}” nor “{later.id}” holds."
        yield subject.fault("fees.yaml", where, what, f"Let “{later.id}” begin on {earlier.ends + DAY}.")
