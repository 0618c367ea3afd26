"""What an urgent task of a report is about: the cases that came of it, or the name given so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewide.cases.reads.visibility import cases_of_staff
from placewide.journeys import reads as journeys
from placewide.kernel.terms import Viewer
from placewide.services import reads as services


@dataclass(frozen=True, slots=True)
class Reported:
    """As a line of the inbox says it."""

    service: str
    about: str  # the person, else the place; empty where no name was given yet
    references: tuple[str, ...]  # none: it is not sent yet


def reported(viewer: Viewer, journey_ids: Collection[UUID], language: str, *, now: datetime) -> dict[UUID, Reported]:
    """Each of these reports that the viewer may see. Two statements at most; none for none."""
    found: dict[UUID, Reported] = {}
    if not journey_ids:
        return found
    rows = cases_of_staff(viewer, now).filter(journey__in=journey_ids).order_by("id")
    shown = ("journey", "journey__package_id", "case_type", "reference", "place", "person__name")
    for journey_id, package, case_type, reference, place, name in rows.values_list(*shown):
        service = services.by_hash(package).text(f"cases.{case_type}.name", language)
        first = found.get(journey_id, Reported(service, name or place, ()))
        found[journey_id] = Reported(first.service, first.about, (*first.references, reference))
    unsent = journeys.named_so_far(viewer, [each for each in journey_ids if each not in found])
    for journey_id, (package, name) in unsent.items():
        found[journey_id] = Reported(package.text("service.name", language), name, ())
    return found
