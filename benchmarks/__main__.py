"""``make bench``: processor time of the acts that matter, beside a bare Django + ninja insert in the same run.

    python -m benchmarks [--times 300]

Figures are milliseconds of processor time of this process, user and system (the database server's, if there is one,
not counted), as medians, because the first runs and those that a collection of garbage falls into say nothing. The
rounds alternate between the acts, so that a machine that slows down slows all of them. SQL statements leave out
BEGIN, COMMIT and savepoints.

Ends with a verdict for each budget, and with 1 where a submit takes more statements than it may.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

_WARM_UP = 20
_BARE = "bare Django + ninja insert"
_BUDGETED = "submit: "  # acts that begin so have a budget
MOST_STATEMENTS, MOST_MILLISECONDS = 12, 10
_NOT_COUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(slots=True)
class Figures:
    """What was measured of one act."""

    milliseconds: list[float] = field(default_factory=list)
    statements: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def slow(self) -> float:
        """Nineteen in twenty are at least as fast."""
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def measure(acts: Mapping[str, Callable[[int], None]], times: int) -> dict[str, Figures]:
    """Do every act ``times`` times, in turns."""
    found = {name: Figures() for name in acts}
    for number in range(_WARM_UP + times):
        for name, act in acts.items():
            began = time.process_time()
            act(number)
            took = (time.process_time() - began) * 1000
            if number >= _WARM_UP:
                found[name].milliseconds.append(took)
    for name, act in acts.items():
        found[name].statements = statements_of(act, _WARM_UP + times)
    return found


def statements_of(act: Callable[[int], None], number: int) -> int:
    """How many SQL statements one act takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act(number)
    return sum(not query["sql"].lstrip().upper().startswith(_NOT_COUNTED) for query in captured.captured_queries)


def report(found: Mapping[str, Figures]) -> str:
    """A table: median, the slow end, the ratio to the bare insert, statements."""
    bare = found[_BARE].median
    width = max(len(name) for name in found)
    lines = [f"{'':{width}}  median ms   95 % ms   × bare   statements"]
    for name, figures in found.items():
        times_bare = figures.median / bare
        lines.append(
            f"{name:{width}}  {figures.median:9.2f} {figures.slow:9.2f} {times_bare:8.1f}   {figures.statements:>10}"
        )
    return "\n".join(lines)


def verdict(found: Mapping[str, Figures]) -> tuple[list[str], bool]:
    """A line for each budget of each submit, and whether none is broken that every machine must keep.

    Statements are the same everywhere. Processor time is the machine's, and of the moment: it is said and not judged.
    """
    lines, kept = list[str](), True
    bare = found[_BARE].median
    for name, figures in ((name, one) for name, one in found.items() if name.startswith(_BUDGETED)):
        within = figures.statements <= MOST_STATEMENTS
        kept = kept and within
        said = "within" if within else "OVER"
        lines.append(f"{name}: {figures.statements} statements, {said} the budget of {MOST_STATEMENTS}")
        took = f"{name}: {figures.median:.2f} ms median"
        if figures.median <= MOST_MILLISECONDS:
            lines.append(f"{took}, within the budget of {MOST_MILLISECONDS} ms")
        else:
            lines.append(
                f"{took}, over budget on this machine ({MOST_MILLISECONDS} ms); bare insert took {bare:.2f} ms"
            )
    return lines, kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Processor time beside a bare insert.")
    parser.add_argument("--times", type=int, default=300, help="how often each act is done (default: 300)")
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory(prefix="placewide-bench-") as folder:
        os.environ["PLACEWIDE_VAR"] = folder
        os.environ["PLACEWIDE_API_RATE"] = "1000000/min"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
        import django

        django.setup()
        return _run(times)


def _run(times: int) -> int:
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from benchmarks.acts import ACTS
    from benchmarks.bare import BareInsert

    if connection.vendor == "sqlite":  # on a file, as a node does
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["PLACEWIDE_VAR"], "bench.sqlite3"))
    made = setup_databases(verbosity=0, interactive=False)
    try:
        prepared = {name: prepare(_WARM_UP + times + 1) for name, prepare in ACTS.items()}
        with BareInsert() as bare:
            found = measure({_BARE: bare} | prepared, times)
    finally:
        teardown_databases(made, verbosity=0)
    print(f"{connection.vendor}, Python {sys.version.split()[0]}, {times} times each\n\n{report(found)}\n")
    lines, kept = verdict(found)
    print("\n".join(lines))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
