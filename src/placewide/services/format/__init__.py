"""The package format: from a folder of data files to a :class:`Package` and back to plain JSON."""

from placewide.services.format.content import content_of, digest_of, package_of
from placewide.services.format.folder import Source, read_folder
from placewide.services.format.terms import Example, Expected, Fault, Place, StepTaken

__all__ = [
    "Example",
    "Expected",
    "Fault",
    "Place",
    "Source",
    "StepTaken",
    "content_of",
    "digest_of",
    "package_of",
    "read_folder",
]
