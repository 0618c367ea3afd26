"""Files people give: checked, cleaned of where and how they were made, stored under their hash, served with care."""

from placewide.kernel.files.actions import forget, keep
from placewide.kernel.files.reads import content_of, file, files_about
from placewide.kernel.files.terms import DOCUMENT, IMAGE, FileRefused, KeptFile

__all__ = [
    "DOCUMENT",
    "IMAGE",
    "FileRefused",
    "KeptFile",
    "content_of",
    "file",
    "files_about",
    "forget",
    "keep",
]
