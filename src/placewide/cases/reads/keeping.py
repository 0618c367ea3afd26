"""What is due to go, and what the law holds: for the nightly run and its commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from placewide.cases.models import Case, LegalHold


def due_to_go(on: date, most: int) -> list[UUID]:
    """Closed cases of which something goes on that day or before, the longest due first. One statement, by an index."""
    return list(_due(on).order_by("dispose_on", "id").values_list("id", flat=True)[:most])


def number_due(on: date) -> Mapping[str, int]:
    """How many cases are due, by the organisation whose they are (its slug). One statement."""
    rows = _due(on).values_list("organisation__slug").annotate(number=Count("id")).order_by("organisation__slug")
    return dict(rows)


def is_held(case_id: UUID) -> bool:
    """Whether the law holds a case now."""
    return LegalHold.objects.filter(case=case_id, ended_at=None).exists()


def holds() -> list[LegalHold]:
    """Every hold that lasts, the one to be looked at first before the others."""
    rows = LegalHold.objects.filter(ended_at=None).select_related("case__organisation", "placed_by")
    return list(rows.order_by("review_on", "id"))


def case_id_of(reference: str) -> UUID | None:
    """The case of a reference, for an operator's command."""
    return Case.objects.filter(reference=reference).values_list("id", flat=True).first()


def organisation_id_of(case_id: UUID) -> UUID:
    """Whose case it is, for an operator's command."""
    return Case.objects.values_list("organisation_id", flat=True).get(id=case_id)


def _due(on: date) -> QuerySet[Case]:
    held = LegalHold.objects.filter(case=OuterRef("pk"), ended_at=None)
    return Case.objects.filter(~Exists(held), dispose_on__lte=on)
