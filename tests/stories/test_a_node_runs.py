"""A whole node from one command: it comes up, gets up again, and goes away without leaving anybody behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 60.0  # seconds; a busy machine starts slowly


class Node:
    """``placewide run`` in a folder of its own, with what it prints."""

    def __init__(self, folder: Path, port: int, *options: str) -> None:
        self.folder = folder
        self.output = folder / "output"
        folder.mkdir(parents=True, exist_ok=True)
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"PLACEWIDE_VAR": str(folder), "PLACEWIDE_DEMO": ""}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "placewide", "run", "--port", str(port), "--workers", "1", *options],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def address(self) -> str:
        wait_until(lambda: "ready at" in self.said())
        found = re.search(r"ready at (\S+)", self.said())
        assert found
        return found[1]

    def members(self) -> set[int]:
        """The processes of this node that are alive, found by the folder in their environment."""
        mark = f"PLACEWIDE_VAR={self.folder}\0".encode()
        return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in _bytes_of(path)}

    def server(self) -> int:
        """The web server's first process."""
        return min(pid for pid in self.members() if b"granian" in _bytes_of(Path(f"/proc/{pid}/cmdline")))

    def is_gone(self) -> bool:
        self.process.poll()
        return not self.members()


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)


def is_listening(address: str) -> bool:
    host, port = address.removeprefix("http://").split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def node(tmp_path: Path, free_port: int) -> Iterator[Node]:
    running = Node(tmp_path / "var", free_port)
    yield running
    running.process.kill()
    running.process.wait()
    wait_until(running.is_gone)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_node_stops_with_all_its_processes(node: Node, number: signal.Signals) -> None:
    address = node.address()
    assert is_listening(address)
    assert len(node.members()) >= 3
    node.process.send_signal(number)
    assert node.process.wait(PATIENCE) == 0
    assert node.members() == set()
    assert not is_listening(address)


def test_a_killed_supervisor_leaves_no_process_behind(node: Node) -> None:
    address = node.address()
    node.process.kill()
    wait_until(node.is_gone)
    assert not is_listening(address)


def test_a_server_that_dies_is_started_again_and_the_operator_told(node: Node) -> None:
    address = node.address()
    before = node.server()
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: "web server stopped (signal SIGKILL" in node.said())
    wait_until(lambda: is_listening(address))
    assert node.server() != before


def test_a_taken_port_is_left_to_its_owner_and_the_next_one_used(tmp_path: Path, free_port: int) -> None:
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", free_port))
        owner.listen()
        node = Node(tmp_path / "var", free_port)
        try:
            assert not node.address().endswith(f":{free_port}")
            assert f"port {free_port} is taken" in node.said()
        finally:
            node.process.terminate()
            node.process.wait()


def test_two_nodes_started_at_once_do_not_share_a_port(tmp_path: Path, free_port: int) -> None:
    nodes = [Node(tmp_path / name, free_port) for name in ("one", "two")]
    try:
        assert len({node.address() for node in nodes}) == 2
    finally:
        for node in nodes:
            node.process.terminate()
        for node in nodes:
            node.process.wait()


def test_a_node_listens_on_this_computer_only(node: Node) -> None:
    port = int(node.address().rsplit(":", 1)[1])
    listening = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    hosts = {line.split()[1].split(":")[0] for line in listening if line.split()[1].endswith(f":{port:04X}")}
    assert hosts == {"0100007F"}  # 127.0.0.1, as the kernel writes it


def test_a_node_started_by_something_that_is_killed_stops_too(tmp_path: Path, free_port: int) -> None:
    script = (
        "import subprocess, sys; "
        f"subprocess.run([sys.executable, '-m', 'placewide', 'run', '--until-parent-ends', '--port', '{free_port}'])"
    )
    environment = os.environ | {"PLACEWIDE_VAR": str(tmp_path), "PLACEWIDE_DEMO": ""}
    environment.pop("DATABASE_URL", None)
    parent = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.DEVNULL)
    mark = f"PLACEWIDE_VAR={tmp_path}\0".encode()

    def members() -> list[Path]:
        return [path for path in Path("/proc").glob("[0-9]*/environ") if mark in _bytes_of(path)]

    wait_until(lambda: is_listening(f"http://127.0.0.1:{free_port}"))
    assert len(members()) > 2
    parent.kill()
    parent.wait()
    wait_until(lambda: not members())
