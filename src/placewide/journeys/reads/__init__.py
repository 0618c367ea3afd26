"""The only queries for journeys. A journey opens to the browser that was granted it, and to its signed-in owner."""

from placewide.journeys.reads.circumstances import (
    arriving,
    begun_journey,
    circumstances,
    kept_journey,
    most_begun,
    named_so_far,
    unsent,
)

__all__ = ["arriving", "begun_journey", "circumstances", "kept_journey", "most_begun", "named_so_far", "unsent"]
