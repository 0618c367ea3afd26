"""Pages of a journey: asking, and saving for later."""

from placewide.journeys.views.pages import closed, language

__all__ = ["closed", "language"]
