"""``make bench`` can still be run, its figures stand beside a bare insert, and statements are within the budget."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from house.code import ROOT

BUDGET = 12  # statements of one submit
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
    assert all(number <= BUDGET for act, number in statements.items() if act.startswith("submit: "))
