"""Which files a viewer may see, and their content."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from placewide.kernel.files.store import store
from placewide.kernel.files.terms import KeptFile
from placewide.kernel.models import StoredFile
from placewide.kernel.terms import Viewer


def file(viewer: Viewer, file_id: UUID) -> KeptFile | None:
    """A file of the viewer's organisation, one the viewer gave, or one of a journey or case they hold a key to.

    A room that lets others see more (a case, through a participation) decides that itself and signs a link.
    """
    row = StoredFile.objects.filter(_visible(viewer), id=file_id).first()
    return described(row) if row else None


def files_about(viewer: Viewer, about_id: UUID, *, waiting: bool = False) -> tuple[KeptFile, ...]:
    """The files of a journey or case that the viewer may see, oldest first; ``waiting``: only those not used yet."""
    rows = StoredFile.objects.filter(_visible(viewer), about_id=about_id).order_by("id")
    if waiting:
        rows = rows.filter(expires_at__isnull=False, kept_by_id=viewer.user_id)
    return tuple(described(row) for row in rows)


def given_by(user_id: UUID | None, about_id: UUID) -> dict[str, KeptFile]:
    """What one user (None: a guest) gave for a journey or case, by id as text: so that it need not be given again.

    The caller has checked that they may act on it. One statement.
    """
    rows = StoredFile.objects.filter(about_id=about_id, kept_by_id=user_id).order_by("id")
    return {str(row.id): described(row) for row in rows}


def named(file_ids: Collection[UUID]) -> dict[UUID, KeptFile]:
    """Files by id, for one who may see them: the caller has checked. One statement; none where there are no ids."""
    if not file_ids:
        return {}
    return {row.id: described(row) for row in StoredFile.objects.filter(id__in=file_ids)}


def content_of(file_id: UUID) -> tuple[KeptFile, bytes] | None:
    """A file with its content, for one who may see it: the caller has checked, or holds a signed link."""
    row = StoredFile.objects.filter(id=file_id).first()
    return (described(row), store().get(row.content_hash)) if row else None


def described(row: StoredFile) -> KeptFile:
    """The row as other rooms know it."""
    return KeptFile(row.id, row.organisation_id, row.about_id, row.name, row.media_type, row.size, row.kept_at)


def _visible(viewer: Viewer) -> Q:
    if viewer.is_staff:
        return Q(organisation_id=viewer.organisation_id)
    own = Q(about_id__in=viewer.grants)
    return own | Q(kept_by_id=viewer.user_id) if viewer.user_id else own
