"""Keep a file, forget one, sweep away content nobody refers to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.files import rules
from placewide.kernel.files.pictures import without_metadata
from placewide.kernel.files.reads import described
from placewide.kernel.files.store import store
from placewide.kernel.files.terms import DOCUMENT, IMAGE, KINDS, LARGEST, KeptFile
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import Actor

_GRACE = timedelta(days=1)  # a change that is not committed yet may refer to content stored within it


def keep(
    content: bytes,
    *,
    name: str,
    organisation_id: UUID,
    actor: Actor,
    now: datetime,
    declared_type: str = "",
    about_id: UUID | None = None,
    until: datetime | None = None,
    kinds: frozenset[str] = frozenset({IMAGE, DOCUMENT}),
    largest: int = LARGEST,
) -> KeptFile:
    """Check, clean and store a file for an organisation; one statement.

    ``declared_type`` is what the sender said it is: not believed, and not needed. ``largest`` in bytes.
    ``until``: it goes then, unless it was attached before; for what may never be sent.
    Raises FileRefused (see there for its keys); nothing is stored then.
    """
    media_type = rules.check(content, kinds, largest=largest)
    if KINDS[media_type] == IMAGE:
        content = without_metadata(content, media_type)
    content_hash = hashlib.sha256(content).hexdigest()
    store().put(content_hash, content)
    with changing(actor=actor, now=now):
        row = StoredFile.objects.create(
            id=ids.new_id(),
            organisation_id=organisation_id,
            about_id=about_id,
            kept_by_id=actor.user_id,
            content_hash=content_hash,
            name=rules.safe_name(name, media_type),
            media_type=media_type,
            size=len(content),
            kept_at=now,
            expires_at=until,
        )
    return described(row)


def forget(file_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Remove a file. Its content goes with the next sweep, unless another file has the same."""
    with changing(actor=actor, now=now):
        StoredFile.objects.filter(id=file_id).delete()


def attach(file_ids: list[UUID], about_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Let files belong to a case, say, that came of the journey they were given in. They no longer expire."""
    with changing(actor=actor, now=now):
        StoredFile.objects.filter(id__in=file_ids).update(about_id=about_id, expires_at=None)


def forget_about(about_ids: Collection[UUID], *, but: Collection[UUID | str] = (), actor: Actor, now: datetime) -> int:
    """Remove the files of what is disposed of (``but`` these); returns how many. Content goes with the next sweep."""
    if not about_ids:
        return 0
    with changing(actor=actor, now=now):
        return StoredFile.objects.filter(about_id__in=about_ids).exclude(id__in=but).delete()[0]


def sweep(now: datetime) -> int:
    """Delete files that were never used, and content that no file refers to; returns how much content went.

    Content stays for a day: a change that is not committed yet may refer to it.
    """
    StoredFile.objects.filter(expires_at__lt=now).delete()
    place, before = store(), now - _GRACE
    place.forget_drafts(before)
    old = place.older_than(before)
    gone = 0
    for start in range(0, len(old), 500):
        some = old[start : start + 500]
        used = set(StoredFile.objects.filter(content_hash__in=some).values_list("content_hash", flat=True))
        gone += sum(place.delete_old(content_hash, before) for content_hash in set(some) - used)
    return gone
