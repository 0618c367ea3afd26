"""A whole node in processes of its own, as an operator starts it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

PATIENCE = 60.0  # seconds; a busy machine starts slowly


class Node:
    """``placewide run`` in a folder of its own, with what it prints."""

    def __init__(self, folder: Path, port: int, *options: str, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.output = folder / "output"
        folder.mkdir(parents=True, exist_ok=True)
        inherited = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "SMTP_URL")}
        own = {"PLACEWIDE_VAR": str(folder), "PLACEWIDE_DEMO": ""}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "placewide", "run", "--port", str(port), "--workers", "1", *options],
                env=inherited | own | (environment or {}),
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
        return processes_in(self.folder)

    def running(self, words: str) -> list[int]:
        """The members whose command line has these words, the oldest first."""
        wanted = words.replace(" ", "\0").encode()
        return sorted(pid for pid in self.members() if wanted in _bytes_of(Path(f"/proc/{pid}/cmdline")))

    def server(self) -> int:
        """The web server's first process."""
        return self.running("granian")[0]

    def is_gone(self) -> bool:
        self.process.poll()
        return not self.members()


def processes_in(folder: Path) -> set[int]:
    """The processes whose node has its data there."""
    mark = f"PLACEWIDE_VAR={folder}\0".encode()
    return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if mark in _bytes_of(path)}


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
