"""Where the content of files lies: a folder, sealed, under the hash of what it is."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
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
    def delete_old(self, content_hash: str, before: datetime) -> bool: ...
    def older_than(self, moment: datetime) -> list[str]: ...
    def forget_drafts(self, before: datetime) -> None: ...


class FolderStore:
    """Files in a folder, each whole or absent, safe from a power cut once ``put`` returns."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content_hash: str, content: bytes) -> None:
        """Store; content that is there already is only marked as used now, so that no clean-up takes it."""
        path = self._path(content_hash)
        with suppress(FileNotFoundError):
            os.utime(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = _draft(path)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(keys.seal(content, purpose=_PURPOSE))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(path.parent)

    def get(self, content_hash: str) -> bytes:
        """Raises FileNotFoundError."""
        return keys.open_sealed(self._path(content_hash).read_bytes(), purpose=_PURPOSE)

    def delete_old(self, content_hash: str, before: datetime) -> bool:
        """Delete content that was last put before ``before``, and say whether it was.

        It is moved aside first and looked at then: a put at this moment has either marked it, and it goes back, or
        finds nothing and stores it anew.
        """
        path = self._path(content_hash)
        aside = _draft(path)
        try:
            path.rename(aside)
        except FileNotFoundError:
            return False
        if not _older(aside, before):
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def older_than(self, moment: datetime) -> list[str]:
        """Hashes of content last put before ``moment``."""
        return [path.name for path in self.root.glob("??/[!.]*") if _older(path, moment)]

    def forget_drafts(self, before: datetime) -> None:
        """Delete what a process that was killed while storing has left behind."""
        for draft in self.root.glob("??/.*"):
            if _older(draft, before):
                draft.unlink(missing_ok=True)

    def _path(self, content_hash: str) -> Path:
        return self.root / content_hash[:2] / content_hash


def store() -> Store:
    """The store of this node."""
    return FolderStore(Path(settings.FILES_ROOT))


def _draft(path: Path) -> Path:
    return path.with_name(f".{secrets.token_hex(8)}")


def _older(path: Path, moment: datetime) -> bool:
    """Whether it was last put before; False where it is gone meanwhile."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
