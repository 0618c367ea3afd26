"""How tests are run: nothing skipped unseen, nothing green that ran nothing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from house.code import ROOT, script

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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_started_for_tests_ends_with_them_however_they_end(number: signal.Signals) -> None:
    postgresql = script("with_postgresql")
    try:
        postgresql.programs()
    except postgresql.PostgreSQLMissingError as missing:
        pytest.skip(f"needs PostgreSQL: {missing}")
    waits = "import os, sys; print(os.environ['DATABASE_URL'], flush=True); sys.stdin.read()"
    command = [sys.executable, str(ROOT / "scripts" / "with_postgresql.py"), sys.executable, "-c", waits]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout
        address = tests.stdout.readline()
        port = int(address.rsplit(":", 1)[1].partition("/")[0])
        assert _answers(port)
        tests.send_signal(number)
        tests.wait(10)
        until = time.monotonic() + 30
        while _answers(port):
            assert time.monotonic() < until, "the server is still there"
            time.sleep(0.1)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_each_process_of_the_tests_has_a_folder_of_its_own() -> None:
    """One folder for all would let a test clear what another counts."""
    assert Path(settings.VAR) == Path(os.environ["PLACEWIDE_VAR"])
