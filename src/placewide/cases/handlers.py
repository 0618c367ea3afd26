"""What this room does when something has happened."""

from __future__ import annotations

from datetime import datetime

from placewide.cases.events import CaseOpened
from placewide.cases.models import Case
from placewide.cases.reads.inbox import SEARCHED
from placewide.kernel import search
from placewide.kernel.dispatch import Wanted
from placewide.kernel.search import SearchEntry


def make_findable(event: CaseOpened, *, now: datetime) -> None:
    """Index a new case by its reference, place and person, for the team that may see it."""
    case = Case.objects.select_related("person").filter(id=event.case_id).first()
    if case is None:
        return
    person = case.person
    known = [case.reference, case.place]
    if person is not None:
        known += [person.name, person.email, person.phone, str(person.address.get("text", ""))]
    entry = SearchEntry(SEARCHED, case.id, case.organisation_id, " ".join(filter(None, known)), case.team_id)
    search.index([entry])


HANDLERS: Wanted = {CaseOpened: (make_findable,)}
