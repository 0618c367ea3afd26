"""What a worker is at, in a file: so that a delivery which ends its process is known by the next one.

An exception is noted with the delivery. A process that is ended outright (out of memory, a fault in a C library) takes
its transaction with it; without this the same delivery would come first again, for ever, and nothing else would be.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


class Mark:
    """The mark of this process. Nothing is forced to disk: it need not survive the machine, only the process."""

    def __init__(self) -> None:
        self._file = _folder() / str(os.getpid())
        self._file.parent.mkdir(parents=True, exist_ok=True)

    def __call__(self, delivery_id: int) -> None:
        """From now on this process is at this delivery."""
        self._file.write_text(str(delivery_id), encoding="ascii")

    def clear(self) -> None:
        """This process is at nothing, having come to a good end."""
        self._file.unlink(missing_ok=True)


def left_behind() -> Iterator[int]:
    """The deliveries that processes of this machine were at when they ended; each is told once."""
    for file in _folder().glob("*"):
        if file.name.isdecimal() and not _runs(int(file.name)):
            with contextlib.suppress(ValueError, FileNotFoundError):  # another worker, starting too, was faster
                text = file.read_text(encoding="ascii")
                file.unlink()
                yield int(text)


def _folder() -> Path:
    return Path(settings.VAR) / "workers"


def _runs(process: int) -> bool:
    """In a container every process may have the same number: what bears our own is from one before us."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
