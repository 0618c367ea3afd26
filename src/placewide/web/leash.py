"""Ends a node's processes when the one that started them is gone, however it went.

Started by the supervisor with a pipe. Each line names a process group (``+123``) or forgets it (``-123``). The pipe's
end is the sign: a process that is killed outright cannot clean up, but the kernel closes its pipes.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable

GRACE = 5.0  # seconds between asking and forcing


def main() -> None:
    """Hold the leash until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        (groups.add if line[0] == "+" else groups.discard)(group)
    end(groups)


def end(groups: Iterable[int]) -> None:
    """Ask each group's leader, or if it is gone its members, to stop; wait, then force what is left of the groups."""
    for group in groups:
        _signal(os.kill, group, signal.SIGTERM) or _signal(os.killpg, group, signal.SIGTERM)
    left = set(groups)
    patience = time.monotonic() + GRACE
    while (left := {group for group in left if _signal(os.killpg, group, 0)}) and time.monotonic() < patience:
        time.sleep(0.1)
    for group in left:
        _signal(os.killpg, group, signal.SIGKILL)


def _signal(send: Callable[[int, int], None], target: int, number: int) -> bool:
    """Whether there was anybody to receive it."""
    try:
        send(target, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
