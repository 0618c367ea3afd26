"""Links to files that work for a while and cannot be guessed or changed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.core import signing
from django.urls import reverse

_SALT = "placewide.kernel.files"


def signed_link(file_id: UUID, *, expires: datetime) -> str:
    """The path under which the file is served until ``expires``. Give it only to one who may see the file."""
    text = signing.Signer(salt=_SALT).sign(f"{file_id.hex}.{int(expires.timestamp())}")
    return reverse("kernel:file", args=[text.replace(":", ".")])


def file_of_link(text: str, *, now: datetime) -> UUID | None:
    """The file a link stands for; None if it was changed or has expired."""
    try:
        value = signing.Signer(salt=_SALT).unsign(":".join(text.rsplit(".", 1)))
        hexadecimal, seconds = value.split(".")
        return UUID(hex=hexadecimal) if now < datetime.fromtimestamp(int(seconds), UTC) else None
    except (signing.BadSignature, ValueError):
        return None
