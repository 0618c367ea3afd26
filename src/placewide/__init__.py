"""Placewide joins up the public services of a place."""

__version__ = "0.1.0"
