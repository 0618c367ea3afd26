"""All rooms' handlers and duties, gathered. Which event goes where is written in each room's own ``handlers.py``."""

from collections.abc import Sequence

from placewide.cases import handlers as cases
from placewide.identity import handlers as identity
from placewide.journeys import handlers as journeys
from placewide.kernel import handlers as kernel
from placewide.kernel.dispatch import Wanted
from placewide.kernel.duties import Duty
from placewide.messages import handlers as messages
from placewide.tasks import handlers as tasks

ROOMS: tuple[Wanted, ...] = (cases.HANDLERS, messages.HANDLERS, tasks.HANDLERS)
DUTIES: tuple[Sequence[Duty], ...] = (
    kernel.DUTIES,
    cases.DUTIES,
    identity.DUTIES,
    journeys.DUTIES,
    tasks.DUTIES,
)
