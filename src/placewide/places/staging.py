"""Rows of a long file between reading and writing: read first, so that the transaction only writes.

On SQLite a transaction is the only writer: nobody could send anything while a long file was being read.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

_AT_ONCE = 2000

Item = TypeVar("Item")


class Staging(Generic[Item]):
    """What was added, in its order, on disk: never the whole file in memory. Gone with the object."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._batch: list[Item] = []

    def add(self, item: Item) -> None:
        """Keep one more."""
        self._batch.append(item)
        if len(self._batch) == _AT_ONCE:
            self._put()

    def batches(self) -> Iterator[list[Item]]:
        """Everything, some thousand at once. Nothing can be added afterwards."""
        if self._batch:
            self._put()
        self._put()  # an empty one is the last
        self._file.seek(0)
        with self._file:
            while batch := pickle.load(self._file):  # noqa: S301  # a file without a name, written by this process
                yield batch

    def _put(self) -> None:
        pickle.dump(self._batch, self._file)
        self._batch = []
