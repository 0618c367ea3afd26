"""A whole node from one command: it comes up, gets up again, and goes away without leaving anybody behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from placewide.web.supervisor import claim_port
from support.killed import ask
from support.node import PATIENCE, Node, is_listening, processes_in, wait_until


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


def test_a_node_that_lacks_settings_says_which_and_what_that_means(tmp_path: Path, free_port: int) -> None:
    unset = {"SMTP_URL": "", "PLACEWIDE_ADDRESS": "", "PLACEWIDE_MAIL_FROM": "no-reply@oxmere.example"}
    node = Node(tmp_path / "var", free_port, environment=unset)
    try:
        wait_until(lambda: "Ctrl-C stops" in node.said())
        assert f"PLACEWIDE_ADDRESS is not set: links begin with http://127.0.0.1:{free_port}" in node.said()
        assert "SMTP_URL is not set: no email is sent, and no resident can sign in" in node.said()
        assert "PLACEWIDE_MAIL_FROM" not in node.said()
    finally:
        node.process.terminate()
        node.process.wait()


@pytest.mark.slow
def test_a_killed_supervisor_leaves_no_process_behind(node: Node) -> None:
    address = node.address()
    node.process.kill()
    wait_until(node.is_gone)
    assert not is_listening(address)


@pytest.mark.slow
def test_what_ends_a_node_s_processes_is_itself_replaced_when_it_is_killed(node: Node) -> None:
    address = node.address()
    (before,) = node.running("web.leash")
    os.kill(before, signal.SIGKILL)
    os.kill(node.server(), signal.SIGKILL)
    wait_until(lambda: "web server stopped (signal SIGKILL" in node.said())
    wait_until(lambda: is_listening(address))
    assert node.process.poll() is None
    assert node.running("web.leash") not in ([], [before])
    node.process.kill()
    wait_until(node.is_gone)


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_node_started_by_something_that_is_killed_stops_too(tmp_path: Path, free_port: int) -> None:
    script = (
        "import subprocess, sys; "
        f"subprocess.run([sys.executable, '-m', 'placewide', 'run', '--until-parent-ends', '--port', '{free_port}'])"
    )
    environment = os.environ | {"PLACEWIDE_VAR": str(tmp_path), "PLACEWIDE_DEMO": ""}
    environment.pop("DATABASE_URL", None)
    parent = subprocess.Popen([sys.executable, "-c", script], env=environment, stdout=subprocess.DEVNULL)

    def members() -> set[int]:
        return processes_in(tmp_path)

    wait_until(lambda: is_listening(f"http://127.0.0.1:{free_port}"))
    assert len(members()) > 2
    parent.kill()
    parent.wait()
    wait_until(lambda: not members())


@pytest.mark.slow
def test_the_port_of_a_demo_s_mailbox_stays_its_own_while_the_mailbox_starts_again(
    tmp_path: Path, free_port: int
) -> None:
    """Another demo that starts at that moment would take its mail."""
    environment = {"PLACEWIDE_VAR": str(tmp_path / "var"), "PLACEWIDE_DEMO": "1", "DATABASE_URL": ""}
    ask("make", environment)
    node = Node(tmp_path / "var", free_port, environment=environment)
    try:
        node.address()
        log = tmp_path / "var" / "log" / "mailbox.log"
        wait_until(lambda: log.exists() and "is taken at" in log.read_text())
        port = int(re.findall(r"is taken at 127.0.0.1:(\d+)", log.read_text())[-1])
        assert is_listening(f"http://127.0.0.1:{port}")
        os.kill(node.running("placewide mailbox")[0], signal.SIGKILL)
        with claim_port("127.0.0.1", port) as another:
            assert another.getsockname()[1] != port
        wait_until(lambda: is_listening(f"http://127.0.0.1:{port}"))
    finally:
        node.process.terminate()
        node.process.wait()
