"""Deliver what was published: at least once, in order within a stream, however often a worker is killed."""

from placewide.kernel.outbox.cleanup import forget_done
from placewide.kernel.outbox.delivery import retry_dead, work_once, work_until_quiet
from placewide.kernel.outbox.reads import Backlog, DeadDelivery, backlog, dead_deliveries
from placewide.kernel.outbox.worker import work

__all__ = [
    "Backlog",
    "DeadDelivery",
    "backlog",
    "dead_deliveries",
    "forget_done",
    "retry_dead",
    "work",
    "work_once",
    "work_until_quiet",
]
