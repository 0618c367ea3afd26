"""By what a case is found: its reference, place and person."""

from __future__ import annotations

from uuid import UUID

from placewide.cases.models import Case
from placewide.kernel.search import SearchEntry

SEARCHED = "case"


def findable(case_id: UUID) -> SearchEntry | None:
    """The entry under which the team that may see a case finds it; None if there is no such case."""
    case = Case.objects.select_related("person").filter(id=case_id).first()
    if case is None:
        return None
    known, person = [case.reference, case.place], case.person
    if person is not None:
        known += [person.name, person.email, person.phone, str(person.address.get("text", ""))]
    return SearchEntry(SEARCHED, case.id, case.organisation_id, " ".join(filter(None, known)), case.team_id)
