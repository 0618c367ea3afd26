"""The facts that packages may use: what is known before asking, and its shape.

Rooms above supply them (``journeys/reads/known.py``); conditions, options and sentences of packages use them by these
names, and ``placewide service check`` holds every use against this list. Dates are ISO 8601 text, instants too.
"""

from __future__ import annotations

from collections.abc import Mapping

from placewide.places.terms import CollectionStatus, Container
from placewide.services.conditions.values import BOOL, DATE, INSTANT, INT, TEXT, ValueKind, list_of, one_of, record

COLLECTION = record(
    id=TEXT,  # the container; what a question's answer holds
    text=TEXT,  # what the resident calls it: "Recycling (green bin)"
    container=one_of(*(kind.value for kind in Container)),
    colour=TEXT,
    round_id=TEXT,
    last=DATE,  # the collection day it is about
    next=DATE,
    change_reason=TEXT,  # why the day moved: "Christmas Day"; empty if it did not
    status=one_of(*(status.value for status in CollectionStatus)),
    status_at=INSTANT,
    report_from=INSTANT,
    report_until=INSTANT,
    reportable=BOOL,
    too_early=BOOL,  # the crew may still come
    assisted=BOOL,  # the crew fetches it from the door
    too_late=BOOL,  # the window to report is past
)

FACTS: Mapping[str, ValueKind] = {
    "today": DATE,
    "collections": list_of(COLLECTION),  # at the address given
    "assisted": BOOL,  # the crew fetches the bin from the door of this address
    "missed_before": INT,  # reports from this address in the last 90 days
    # reports of the same matter that are still open
    "reported": record(count=INT, by_me=BOOL),
    # who provides this service at the address given, where that is not the organisation it is asked of
    "provider": record(
        elsewhere=BOOL,  # somebody else provides it there
        online=BOOL,  # and can be asked here too: ``start`` is the page to begin at
        name=TEXT,
        start=TEXT,
    ),
}
