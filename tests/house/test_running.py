"""How tests are run: nothing skipped unseen, nothing green that ran nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from house.code import ROOT

SKIPPED = "import pytest\n@pytest.mark.skip(reason='x')\ndef test_a(): ...\ndef test_b(): ...\n"


def run(folder: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A run of one small file with this repository's options and rules."""
    (folder / "test_small.py").write_text(text)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--nothing-skipped"], 1)])
def test_a_skipped_test_is_a_fault_only_where_nothing_may_be_skipped(
    tmp_path: Path, options: list[str], code: int
) -> None:
    done = run(tmp_path, SKIPPED, *options)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("skipped, though nothing may be" in done.stdout) == bool(code)


def test_a_run_without_tests_is_not_green(tmp_path: Path) -> None:
    assert run(tmp_path, "").returncode == pytest.ExitCode.NO_TESTS_COLLECTED
