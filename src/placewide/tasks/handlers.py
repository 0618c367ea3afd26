"""What this room does when something happens, and every so often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from placewide.kernel.calendar import due_at
from placewide.kernel.dispatch import Wanted
from placewide.kernel.duties import Duty
from placewide.kernel.events import DeliveryDied
from placewide.kernel.terms import SYSTEM
from placewide.places import reads as places
from placewide.tasks import actions
from placewide.tasks.terms import NewTask

_TITLE = {
    "en": "Something did not arrive, and what comes after it waits: placewide outbox list, delivery {number}",
    # Awaiting a native reader.
    "cy": "Ni chyrhaeddodd rhywbeth, ac mae'r hyn sy'n dilyn yn aros: placewide outbox list, danfoniad {number}",
}
_WITHIN_HOURS = 4


def tell_of_dead_delivery(event: DeliveryDied, *, now: datetime) -> None:
    """Somebody must mend the cause: the organisation whose delivery it was, else the one that runs this node."""
    hosted = places.organisations()
    if not hosted:
        return  # an empty node: the log has it, and there is nobody to tell
    organisation_id = event.organisation_id or hosted[0].id
    task = NewTask(
        organisation_id=organisation_id,
        kind="delivery.dead",
        title={language: title.format(number=event.delivery_id) for language, title in _TITLE.items()},
        due_at=due_at(now, _WITHIN_HOURS, "hours", "England"),
        urgent=True,
    )
    actions.raise_tasks([task], actor=SYSTEM, now=now)


HANDLERS: Wanted = {DeliveryDied: (tell_of_dead_delivery,)}
DUTIES: Sequence[Duty] = (Duty("tasks.escalate", timedelta(minutes=1), actions.escalate_all),)
