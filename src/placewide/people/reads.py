"""The only queries of people's tables for pages and APIs."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from placewide.kernel.terms import Viewer
from placewide.people.models import Person, Warning


def person(viewer: Viewer, person_id: UUID) -> Person | None:
    """One person, as far as the viewer may see them: their organisation's, or their own."""
    return Person.objects.filter(_visible(viewer), pk=person_id).first()


def people(viewer: Viewer, person_ids: set[UUID]) -> dict[UUID, Person]:
    """Several at once, in one statement; those the viewer may not see are left out."""
    return {row.id: row for row in Person.objects.filter(_visible(viewer), pk__in=person_ids)}


def phone_left(viewer: Viewer, organisation_id: UUID) -> str:
    """The number that somebody signed in last left with this organisation; empty where there is none.

    What they told another organisation is not told to this one.
    """
    own = Person.objects.filter(_visible(viewer), organisation_id=organisation_id).exclude(phone="")
    return own.order_by("-id").values_list("phone", flat=True).first() or ""


def warnings_about(viewer: Viewer, person_id: UUID) -> tuple[Warning, ...]:
    """What staff of the viewer's own organisation should know before they meet somebody, soonest review first."""
    if viewer.organisation_id is None:
        return ()
    rows = Warning.objects.filter(organisation_id=viewer.organisation_id, person=person_id, ended_at=None)
    return tuple(rows.select_related("raised_by").order_by("review_on", "id"))


def _visible(viewer: Viewer) -> Q:
    if viewer.is_staff:
        return Q(organisation_id=viewer.organisation_id)
    if viewer.user_id is None:
        return Q(pk__in=[])
    return Q(user_id=viewer.user_id)
