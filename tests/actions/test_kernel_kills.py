"""Workers are killed at any moment: nothing is lost, nothing is half done, order is kept."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

import a_worker
from placewide.kernel import dispatch, ids, outbox
from placewide.kernel.change import changing
from placewide.kernel.models import Delivery, LedgerEntry
from placewide.kernel.terms import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
STREAMS, EACH, KILLS = 6, 20, 10
PATIENCE = 60  # seconds


@pytest.fixture(autouse=True)
def handlers():
    from placewide.web.handlers import ROOMS

    a_worker.install()
    yield
    dispatch.install(*ROOMS)


class Worker:
    """A worker process of this test's own."""

    def __init__(self, log: Path) -> None:
        name = str(connection.settings_dict["NAME"])
        environment = os.environ | {
            "PLACEWIDE_KEYS": str(settings.KEYS_ROOT),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        program = [sys.executable, "-c", "import a_worker; a_worker.main()", name, str(log)]
        self.process = subprocess.Popen(program, env=environment, stderr=subprocess.PIPE)

    def kill(self) -> None:
        self.process.kill()
        _, said = self.process.communicate()
        assert b"Traceback" not in said, said.decode()


def publish() -> list[UUID]:
    streams = [uuid4() for _ in range(STREAMS)]
    for number in range(EACH):
        for stream in streams:
            with changing(actor=SYSTEM, now=datetime.now(UTC)) as change:
                change.publish(a_worker.Counted(stream, number), stream=stream)
    return streams


def undone() -> int:
    return Delivery.objects.exclude(state="done").count()


def wait_until(fulfilled) -> None:
    ends = time.monotonic() + PATIENCE
    while not fulfilled():
        assert time.monotonic() < ends, f"{undone()} deliveries still undone"
        time.sleep(0.05)


def acts(kind: str) -> dict[UUID, list[int]]:
    """Stream → numbers, in the order in which they were recorded."""
    found = defaultdict(list)
    for entry in LedgerEntry.objects.filter(act=kind).order_by("id"):
        found[entry.organisation_id].append(entry.record["particulars"]["number"])
    return found


def told(log: Path) -> dict[UUID, list[int]]:
    """Stream → numbers as the foreign system heard them, what came twice in a row once."""
    found = defaultdict(list)
    for line in log.read_text("ascii").splitlines():
        stream, number = line.split()
        heard = found[UUID(stream)]
        if heard[-1:] != [int(number)]:
            heard.append(int(number))
    return found


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_killed_at_any_moment_lose_nothing_and_keep_order(tmp_path, workers):
    log = tmp_path / "outside"
    log.touch()
    streams = publish()
    chance = random.Random(workers)
    running = [Worker(log) for _ in range(workers)]
    for kill in range(KILLS):
        goal = undone() - chance.randint(1, 12)
        wait_until(lambda goal=goal: undone() <= max(goal, 0))
        time.sleep(chance.random() / 50)
        chosen = kill % workers
        running[chosen].kill()
        _end_leases()
        running[chosen] = Worker(log)
    wait_until(lambda: _end_leases() or undone() == 0)
    for worker in running:
        worker.kill()
    expected = {stream: list(range(EACH)) for stream in streams}
    assert acts("test.first") == acts("test.second") == expected
    assert told(log) == expected


def _end_leases() -> None:
    """What a killed worker held for five minutes is free now; a living one finishes within a fraction of a second."""
    if undone():
        soon = datetime.now(UTC) + timedelta(seconds=2)
        Delivery.objects.filter(state="waiting", attempts__gt=0, due_at__gt=soon).update(due_at=soon)


def test_a_delivery_that_ends_its_worker_does_not_keep_the_others_waiting(tmp_path):
    log = tmp_path / "outside"
    log.touch()
    deadly = uuid4()
    with changing(actor=SYSTEM, now=datetime.now(UTC)) as change:
        change.publish(a_worker.Counted(deadly, -1), stream=deadly)
    streams = publish()
    first = Worker(log)
    assert first.process.wait(PATIENCE) == 9
    second = Worker(log)
    wait_until(lambda: undone() <= 2 or second.process.poll() is not None)
    poison = Delivery.objects.get(stream=deadly, handler="a_worker.note")
    assert poison.attempts >= 1
    assert poison.fault == "WorkerEnded"
    third = Worker(log)
    expected = {stream: list(range(EACH)) for stream in streams}
    wait_until(lambda: acts("test.second") == expected)
    for worker in (second, third):
        worker.kill()


def test_a_worker_that_is_asked_to_stop_finishes_and_ends(tmp_path):
    environment = os.environ | {"PLACEWIDE_VAR": str(tmp_path), "PLACEWIDE_KEYS": str(tmp_path / "keys")}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    worker = subprocess.Popen([sys.executable, "-m", "placewide", "work"], env=environment)
    with closing(sqlite3.connect(tmp_path / "placewide.sqlite3")) as database:
        wait_until(lambda: database.execute("SELECT count(*) FROM kernel_duty").fetchone()[0])
    worker.terminate()
    assert worker.wait(20) == 0


@pytest.mark.postgresql
def test_several_workers_share_the_work_without_doing_any_twice(tmp_path):
    log = tmp_path / "outside"
    log.touch()
    streams = publish()
    running = [Worker(log) for _ in range(3)]
    wait_until(lambda: undone() == 0)
    for worker in running:
        worker.kill()
    assert acts("test.first") == {stream: list(range(EACH)) for stream in streams}
    assert len(log.read_text("ascii").splitlines()) == STREAMS * EACH
    assert ids.first_id_at(datetime.now(UTC)) > LedgerEntry.objects.order_by("id")[0].id
    assert outbox.backlog().waiting == 0
