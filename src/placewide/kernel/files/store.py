"""Where the content of files lies: a folder, sealed, under the hash of what it is."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from placewide.kernel import keys

_PURPOSE = "kernel.file"


class Store(Protocol):
    """What a place for content must do."""

    def put(self, content_hash: str, content: bytes) -> None: ...
    def get(self, content_hash: str) -> bytes: ...
    def delete(self, content_hash: str) -> None: ...
    def older_than(self, moment: datetime) -> list[str]: ...


class FolderStore:
    """Files in a folder, each whole or absent, safe from a power cut once ``put`` returns."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content_hash: str, content: bytes) -> None:
        """Store; content that is there already is only marked as used now, so that no clean-up takes it."""
        path = self._path(content_hash)
        if path.exists():
            os.utime(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(keys.seal(content, purpose=_PURPOSE))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(path.parent)

    def get(self, content_hash: str) -> bytes:
        """Raises FileNotFoundError."""
        return keys.open_sealed(self._path(content_hash).read_bytes(), purpose=_PURPOSE)

    def delete(self, content_hash: str) -> None:
        self._path(content_hash).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> list[str]:
        """Hashes of content last put before ``moment``."""
        found = self.root.glob("??/*")
        return [p.name for p in found if p.name[0] != "." and p.stat().st_mtime < moment.timestamp()]

    def _path(self, content_hash: str) -> Path:
        return self.root / content_hash[:2] / content_hash


def store() -> Store:
    """The store of this node."""
    return FolderStore(Path(settings.FILES_ROOT))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
