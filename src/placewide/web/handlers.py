"""All rooms' handlers, gathered. Which event goes where is written in each room's own ``handlers.py``."""

from placewide.kernel.dispatch import Wanted

ROOMS: tuple[Wanted, ...] = ()
