"""``make bench`` can still be run, its figures stand beside a bare insert, and statements are within the budget."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from benchmarks.__main__ import Figures, verdict

from house.code import ROOT

_LINE = re.compile(
    r"^(?P<act>\S.*?)  +(?P<median>[\d.]+) +(?P<slow>[\d.]+) +(?P<ratio>[\d.]+) +(?P<statements>\d+)$", re.M
)


@pytest.mark.slow
def test_every_act_is_measured_beside_a_bare_insert_of_the_same_run() -> None:
    command = [sys.executable, "-m", "benchmarks", "--times", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = {line["act"]: line for line in _LINE.finditer(done.stdout)}
    assert float(found["bare Django + ninja insert"]["ratio"]) == 1.0
    assert int(found["bare Django + ninja insert"]["statements"]) == 1
    statements = {act: int(line["statements"]) for act, line in found.items()}
    for page in ("page: staff case", "page: resident case", "page: inbox of 50"):
        assert statements[page] < 25
    for submit in ("submit: missed bin, email", "submit: care needs, two cases"):
        assert f"{submit}: {statements[submit]} statements, within the budget of 12" in done.stdout
        assert re.search(
            f"^{submit}: [0-9.]+ ms median, (within the budget of|over budget on this machine)", done.stdout, re.M
        )


BARE = "bare Django + ninja insert"
SUBMIT = "submit: a bin"


@pytest.mark.parametrize(
    ("statements", "milliseconds", "said", "kept"),
    [
        (12, 10.0, ["12 statements, within the budget of 12", "10.00 ms median, within the budget of 10 ms"], True),
        (13, 1.0, ["13 statements, OVER the budget of 12", "1.00 ms median, within the budget of 10 ms"], False),
        (
            11,
            14.5,
            [
                "11 statements, within the budget of 12",
                "14.50 ms median, over budget on this machine (10 ms); bare insert took 2.00 ms",
            ],
            True,
        ),
    ],
)
def test_each_budget_has_its_verdict_and_only_statements_fail_the_run(
    statements: int, milliseconds: float, said: list[str], kept: bool
) -> None:
    found = {
        BARE: Figures([2.0], 1),
        "page: a case": Figures([99.0], 99),
        "submit: kept": Figures([1.0], 1),
        SUBMIT: Figures([milliseconds], statements),
    }
    lines, all_kept = verdict(found)
    assert lines[2:] == [f"{SUBMIT}: {line}" for line in said]
    assert len(lines) == 4, "pages have no budget"
    assert all_kept is kept
