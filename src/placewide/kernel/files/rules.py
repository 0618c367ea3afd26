"""What a file is, by its first bytes; what it may be called. Pure."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from placewide.kernel.files.terms import ENDINGS, KINDS, LARGEST, FileRefused

_LONGEST_NAME = 100


def media_type(content: bytes) -> str:
    """What the content is, whatever it was called; empty if it is nothing that is taken.

    Readers of PDF accept its mark within the first 1,024 bytes (ISO 32000-1, annex H.3.4.1). We do not: a program or a
    web page could stand before it.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip(b"\0\t\n\f\r ").startswith(b"%PDF-"):
        return "application/pdf"
    return ""


def check(content: bytes, kinds: frozenset[str], *, largest: int = LARGEST) -> str:
    """The media type of a file that may be taken. Raises FileRefused: empty, too_large, wrong_type, broken."""
    if not content:
        raise FileRefused("empty")
    if len(content) > largest:
        raise FileRefused("too_large", size=len(content), largest=largest)
    found = media_type(content)
    if KINDS.get(found) not in kinds:
        raise FileRefused("wrong_type", found=found)
    if found == "application/pdf" and b"%%EOF" not in content[-2048:]:
        raise FileRefused("broken")
    return found


def safe_name(name: str, media_type: str) -> str:
    """The last part of the name without control characters, with the ending of what the file really is."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    shown = "".join(" " if unicodedata.category(c)[0] == "Z" else c for c in last if unicodedata.category(c)[0] != "C")
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", shown)
    stem = re.sub(r'[<>:"/|?*]', "", stem).strip(" .")[:_LONGEST_NAME]
    return (stem or "file") + ENDINGS[media_type]
