"""Who could see what under which conditions, asked of the rules that decide requests."""

from placewide.sharing.rules.simulating.openings import difference, simulate

__all__ = ["difference", "simulate"]
