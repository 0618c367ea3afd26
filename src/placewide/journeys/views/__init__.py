"""Pages of a journey: asking, and saving for later."""

from placewide.journeys.views.pages import language

__all__ = ["language"]
