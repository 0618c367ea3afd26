"""A whole node under load, its processes killed at random: what was answered is done, once, and nothing by halves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from house.code import script
from placewide.identity.rules import code_at
from placewide.identity.terms import DEMO_PASSWORD
from placewide.messages.mailbox.server import Mailbox
from support.calderbrook import MILL_LANE_12, SECRET
from support.caller import Caller, NoAnswer
from support.killed import ask
from support.node import Node, processes_in, wait_until

pytestmark = pytest.mark.soak
# Each is killed once, in any order, between two answers. "all of it": every process of the node at one moment.
KILLED = (
    "granian",
    "granian",
    "placewide work",
    "placewide work",
    "placewide mailbox",
    "web.leash",
    "placewide run",
    "all of it",
)
SENDERS = 2


@dataclass
class Load:
    """What people did, and what they were answered."""

    adoption: str
    address: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    answers: dict[str, Any] = field(default_factory=dict)  # key → what was answered
    said: dict[str, str] = field(default_factory=dict)  # text → case
    sent_out: set[str] = field(default_factory=set)  # cases a crew was sent for
    kills: int = 0

    def asked(self, key: str) -> dict[str, Any]:
        address = {"uprn": str(MILL_LANE_12)}
        return {"address": address, "bin": "refuse", "contact_email": f"{key}@example.org", "contact_phone": None}


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    var = tmp_path / "var"
    var.mkdir()
    given = {"PLACEWIDE_VAR": str(var), "PLACEWIDE_DEMO": "1", "PLACEWIDE_API_RATE": "100000/min", "DATABASE_URL": ""}
    with ExitStack() as held:
        if request.param == "postgresql":
            tool = script("with_postgresql")
            try:
                given["DATABASE_URL"] = held.enter_context(tool.server())
            except tool.PostgreSQLMissingError as missing:
                pytest.skip(f"needs PostgreSQL: {missing}")
        yield given
        _kill(processes_in(var))  # where the test failed


def test_a_node_killed_at_random_does_everything_it_answered_once(
    environment: dict[str, str], tmp_path: Path, free_port: int
) -> None:
    load = Load(ask("make", environment)["adoption"], f"http://127.0.0.1:{free_port}")
    nodes = [_start(environment, free_port)]
    officer = _signed_in(load)
    with ThreadPoolExecutor(SENDERS + 1) as people:
        working = [people.submit(_sends, load, number) for number in range(SENDERS)]
        working.append(people.submit(_works, load, officer))
        try:
            _kill_at_random(nodes, load, working, lambda: _start(environment, free_port))
        finally:
            load.stop.set()
        for each in working:
            each.result(120)
    wait_until(lambda: ask("settle", environment) == 0)
    _same_answers(load)
    nodes[-1].process.send_signal(signal.SIGINT)
    assert nodes[-1].process.wait(60) == 0
    assert nodes[-1].members() == set()
    _everything_once(ask("look", environment), load, Path(environment["PLACEWIDE_VAR"]))
    _ledger_stands(environment)


def _start(environment: dict[str, str], port: int) -> Node:
    node = Node(Path(environment["PLACEWIDE_VAR"]), port, environment=environment)
    assert node.address() == f"http://127.0.0.1:{port}"
    return node


def _kill_at_random(nodes: list[Node], load: Load, working: list[Future[None]], start: Callable[[], Node]) -> None:
    chance = random.Random(11)
    for victim in chance.sample(KILLED, len(KILLED)):
        goal = len(load.answers) + chance.randint(2, 4)
        wait_until(lambda goal=goal: len(load.answers) >= goal or any(each.done() for each in working))
        if any(each.done() for each in working):
            return  # somebody met a fault: their result tells it
        time.sleep(chance.random() / 5)
        node, load.kills = nodes[-1], load.kills + 1
        whole = {"all of it": node.members(), "placewide run": {node.process.pid}}
        if victim not in whole:
            wait_until(lambda node=node, victim=victim: bool(node.running(victim)))  # it may just be starting again
        _kill(whole.get(victim) or {chance.choice(node.running(victim))})
        if victim in whole:
            node.process.wait(20)
            wait_until(node.is_gone)
            nodes.append(start())


def _kill(processes: set[int]) -> None:
    for process in processes:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _sends(load: Load, number: int) -> None:
    """Somebody's program sends reports; those who reported follow and write."""
    program, count, chance = Caller(load.address), 0, random.Random(number)
    while not load.stop.is_set():
        count += 1
        key = f"soak-{number}-{count:012d}"
        told = load.answers[key] = program.send(load.adoption, key, load.asked(key))
        if chance.random() < 0.3:
            assert program.send(load.adoption, key, load.asked(key)) == told
        if chance.random() < 0.5:
            _follow_and_write(load, told["cases"][0], key)


def _follow_and_write(load: Load, case: dict[str, Any], key: str) -> None:
    resident, text = Caller(load.address), f"Resident of {key}"
    page = f"/case/{case['reference']}"
    resident.until_answered(case["links"]["follow"])
    try:
        status, _ = resident.post(case["links"]["follow"].removeprefix(load.address))
    except NoAnswer:
        return  # the link may be used up: a person would ask for another one
    assert status == 200
    resident.say(page, f"{page}/write", text, message=text)
    load.said[text] = case["id"]


def _signed_in(load: Load) -> Caller:
    officer = Caller(load.address)
    officer.once("/staff/sign-in")
    officer.post("/staff/sign-in", login="priya@staff.example", password=DEMO_PASSWORD)
    officer.post("/staff/sign-in/second-step", code=code_at(SECRET, time.time()))
    assert officer.once("/staff/search")[0] == 200
    assert 'name="password"' not in officer.once("/staff")[1]
    return officer


def _works(load: Load, officer: Caller) -> None:
    """Sends a crew and writes, case after case, whatever falls over."""
    done: set[str] = set()
    while not load.stop.is_set():
        for key in [key for key in list(load.answers) if key not in done][:1]:
            case = load.answers[key]["cases"][0]
            page, text = f"/staff/case/{case['reference']}", f"Officer on {case['reference']}"
            officer.until_answered(page)
            _send_crew(officer, page)
            load.sent_out.add(case["id"])
            officer.say(page, f"{page}/write", text, message=text)
            load.said[text] = case["id"]
            done.add(key)
        time.sleep(0.1)


def _send_crew(officer: Caller, page: str) -> None:
    """The step moves the case on, so that a second one is refused."""
    while True:
        try:
            status, text = officer.post(f"{page}/step", step="send-crew")
        except NoAnswer:
            officer.until_answered(page)
            continue
        assert status in (200, 422), (status, text[:300])
        return


def _same_answers(load: Load) -> None:
    program = Caller(load.address)
    for key, told in load.answers.items():
        assert program.send(load.adoption, key, load.asked(key)) == told, key


def _everything_once(seen: dict[str, Any], load: Load, var: Path) -> None:
    answered = Counter(case["id"] for told in load.answers.values() for case in told["cases"])
    assert min(len(answered), len(load.said), len(load.sent_out)) >= 4, "there was some load"
    assert set(answered.values()) == {1}
    assert Counter(seen["cases"]) == answered, "a case for each answer, and no other"
    ledger = Counter(tuple(entry) for entry in seen["ledger"])
    entries = [(case, kind, step, str(written)) for case, kind, step, written in seen["entries"]]
    told = Counter(m["case"] for m in seen["messages"] if m["key"].startswith("case.opened:"))
    assert told == answered, "one word that it arrived, for each"
    for case in answered:
        assert ledger["case.opened", case] == 1
        assert sum(entry[0] == case and entry[2] == "send-crew" for entry in entries) == (case in load.sent_out)
    for text, case in load.said.items():
        assert sum(entry[0] == case and text in entry[3] for entry in entries) == 1, text
    assert ledger.total() >= len(answered) + len(load.sent_out) + len(load.said)
    assert seen["dead"] == 0
    _nothing_sent_twice(seen["messages"], load, var)


def _nothing_sent_twice(messages: list[dict[str, Any]], load: Load, var: Path) -> None:
    """A second copy has the same Message-ID, and comes only of a kill between handing a mail over and noting it."""
    copies = Counter(
        mail["Message-ID"].strip("<>").split("@")[0] for _, mail in Mailbox(var / "mailbox").mails(100_000)
    )
    assert len({message["key"] for message in messages}) == len(messages)
    for message in messages:
        assert message["state"] in ("sent", "unknown"), message
        assert copies[message["id"]] >= (message["state"] == "sent"), message
        assert copies[message["id"]] <= max(1, message["attempts"]), message
    assert copies.total() - len(copies) <= load.kills


def _ledger_stands(environment: dict[str, str]) -> None:
    for verb in ("seal", "verify"):
        command = [sys.executable, "-m", "placewide", "ledger", verb]
        done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "stands" in done.stdout
    assert " 0 not sealed" in done.stdout
