"""Start a PostgreSQL server for one command and take it away afterwards.

    python scripts/with_postgresql.py make test

The server lives in a temporary folder and listens on a free port of this computer only. PostgreSQL refuses to run as
root; started by root, it is run as ``postgres`` or ``nobody``. Durability is off: it is for tests, never for a node.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLAIN = ("-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
_SWEEP = "--sweep"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class PostgreSQLMissingError(Exception):
    """The server's programs are not on this machine."""


def programs() -> Path:
    """The folder of the newest ``initdb`` and ``pg_ctl``. Raises PostgreSQLMissingError."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = [Path(found).parent for found in [shutil.which("initdb")] if found]
    for folder in [*debian, *on_path]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise PostgreSQLMissingError("sudo apt install postgresql")


@contextmanager
def server() -> Iterator[str]:
    """A running server; gives its address as ``DATABASE_URL`` takes it. It ends with this process, however that ends.

    Raises PostgreSQLMissingError, CalledProcessError.
    """
    binaries = programs()
    home = Path(tempfile.mkdtemp(prefix="placewide-pg-"))
    user = _owner(home)
    with _swept(home):
        cluster = home / "cluster"
        _run(user, binaries / "initdb", "-D", cluster, "-U", "placewide", *_PLAIN)
        port = free_port()
        options = f"-h 127.0.0.1 -p {port} -k {home} " + " ".join(f"-c {setting}" for setting in _FAST)
        _run(user, binaries / "pg_ctl", "-D", cluster, "-l", home / "log", "-w", "-o", options, "start")
        yield f"postgresql://placewide@127.0.0.1:{port}/postgres"


@contextmanager
def _swept(home: Path) -> Iterator[None]:
    """Stop the server in ``home`` and remove the folder when the block ends.

    A process of its own does it: its input ends with the block, and also when this process is killed.
    """
    command = [sys.executable, str(Path(__file__).resolve()), _SWEEP, str(home)]
    sweeper = subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/", start_new_session=True)
    try:
        yield
    finally:
        assert sweeper.stdin
        sweeper.stdin.close()
        sweeper.wait()


def _sweep(home: Path) -> None:
    """Wait until the input ends, then stop the server and remove its folder."""
    sys.stdin.buffer.read()
    if (home / "cluster" / "postmaster.pid").exists():
        owner = home.stat().st_uid if os.getuid() == 0 else None
        _run(owner, programs() / "pg_ctl", "-D", home / "cluster", "-m", "immediate", "stop")
    shutil.rmtree(home, ignore_errors=True)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner(home: Path) -> int | None:
    """Whom to run the server as: None for the present user; root hands the folder to somebody lesser."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = names.get("postgres") or names["nobody"]
    os.chown(home, somebody.pw_uid, somebody.pw_gid)
    return somebody.pw_uid


def _run(user: int | None, *command: Path | str) -> None:
    """Run one of PostgreSQL's programs; what it says is shown only if it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # not a pipe: the server inherits it and would hold it open
        stderr=subprocess.DEVNULL,
        check=False,
    )
    done.check_returncode()


def main() -> int:
    if sys.argv[1:2] == [_SWEEP]:
        _sweep(Path(sys.argv[2]))
        return 0
    try:
        with server() as url:
            return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except PostgreSQLMissingError as missing:
        print(f"PostgreSQL is missing: {missing}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
