"""Runs a node's parts as processes: starts them, starts again what falls over, stops all of them together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from placewide.web import leash

_TICK = 0.2  # seconds between looks at the parts
_LONGEST_PAUSE = 30.0  # seconds before a part that keeps failing is tried again
_STEADY = 60.0  # seconds after which an earlier failure no longer counts
_STOP_WITHIN = 8.0  # seconds a part has to stop by itself
_PORTS_TRIED = 100


@dataclass(slots=True)
class Part:
    """One process of a node: what it is called in what is printed, and its command line."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    due: float = 0.0  # when to start it (again), on the monotonic clock


@dataclass(slots=True)
class Supervisor:
    """Keeps ``parts`` running until told to stop.

    ``log_folder``: each part writes to a file of its own there; None: to where this process writes.
    ``when_ready`` is called once, as soon as ``ready`` answers True.
    """

    parts: Sequence[Part]
    environment: Mapping[str, str]
    log_folder: Path | None
    say: Callable[[str], None]
    ready: Callable[[], bool]
    when_ready: Callable[[], None]
    until_parent_ends: bool = False
    _stopping: bool = field(default=False, init=False)
    _leash: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def run(self) -> None:
        """Return when everything has stopped: after SIGINT, SIGTERM or SIGHUP, or once the parent is gone."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        parent = os.getppid()
        announced = False
        try:
            while not self._stopping:
                self._look()
                if not announced and self.ready():
                    self.when_ready()
                    announced = True
                time.sleep(_TICK)
                if self.until_parent_ends and os.getppid() != parent:
                    break
        finally:
            self._end()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _look(self) -> None:
        """Start what is due; note what has fallen over."""
        self._hold()
        for part in self.parts:
            now = time.monotonic()
            if part.process is None:
                if now >= part.due:
                    self._start(part, now)
            elif (code := part.process.poll()) is not None:
                self._fell(part, code, now)

    def _hold(self) -> None:
        """Have a leash that holds every part; if somebody has ended it, another one."""
        if self._leash and self._leash.poll() is None:
            return
        command = [sys.executable, "-m", leash.__name__]
        self._leash = subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0, start_new_session=True)
        for part in self.parts:
            if part.process:
                self._tell_leash("+", part.process.pid)

    def _start(self, part: Part, now: float) -> None:
        log = self._open_log(part)
        part.process = subprocess.Popen(
            part.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C reaches only the supervisor, which then stops the parts in order
        )
        part.started = now
        self._tell_leash("+", part.process.pid)
        if log:
            log.close()

    def _fell(self, part: Part, code: int, now: float) -> None:
        assert part.process
        self._tell_leash("-", part.process.pid)
        leash.end([part.process.pid])  # what it had started itself
        part.process = None
        part.failures = 1 if now - part.started > _STEADY else part.failures + 1
        pause = min(_LONGEST_PAUSE, 2.0 ** (part.failures - 1))
        part.due = now + pause
        reason = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
        self.say(f"{part.name} stopped ({reason}{self._last_words(part)}); starting it again in {pause:.0f} s")

    def _end(self) -> None:
        """Ask every part to stop, last started first; force what does not. Then let go of the leash."""
        running = [part for part in reversed(self.parts) if part.process]
        for part in running:
            if part.process and part.process.poll() is None:
                part.process.terminate()
        patience = time.monotonic() + _STOP_WITHIN
        for part in running:
            if part.process:
                _wait_or_kill(part.process, patience)
        if self._leash and self._leash.stdin:
            self._leash.stdin.close()
            self._leash.wait()

    def _tell_leash(self, sign: str, group: int) -> None:
        if self._leash and self._leash.stdin:
            with contextlib.suppress(BrokenPipeError):  # it was ended; the next one is told of every part
                self._leash.stdin.write(f"{sign}{group}\n".encode())

    def _log_of(self, part: Part) -> Path | None:
        return self.log_folder / f"{part.name.replace(' ', '-')}.log" if self.log_folder else None

    def _open_log(self, part: Part) -> IO[bytes] | None:
        path = self._log_of(part)
        if path is None:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab" if part.failures else "wb")

    def _last_words(self, part: Part) -> str:
        """The last line a part wrote, with where to find the rest."""
        path = self._log_of(part)
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path and path.exists() else []
        said = [line.strip() for line in lines if line.strip()]
        return f": {said[-1][:200]} – see {path}" if said else ""


def _wait_or_kill(process: subprocess.Popen[bytes], patience: float) -> None:
    try:
        process.wait(timeout=max(0.1, patience - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def claim_port(host: str, wanted: int) -> socket.socket:
    """``wanted``, or the next port up that nobody has, bound but not listened on. Raises OSError if none is free.

    As long as it is open, another node that starts meanwhile takes the next port; the server, which shares its port
    among its workers (SO_REUSEPORT), may listen beside it.
    """
    for port in range(wanted, wanted + _PORTS_TRIED):
        claim = socket.socket()
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # what a node just ended left behind is no owner
        try:
            claim.bind((host, port))
        except OSError:
            claim.close()
            continue
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
        claim.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        return claim
    raise OSError(f"ports {wanted} to {wanted + _PORTS_TRIED - 1} are all taken")


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0
