"""Who may see which case, as conditions on queries: written once, used by every read and every change."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from placewide.cases.models import Case, Participation
from placewide.kernel.terms import Viewer


def cases_of_staff(viewer: Viewer, now: datetime) -> QuerySet[Case]:
    """Cases that a member of staff may see: their teams', nobody's in particular, and those given to them by name.

    And those their organisation takes part in. Somebody who only administers sees no case that is nobody's.
    """
    if viewer.organisation_id is None:
        return Case.objects.none()
    theirs = Q(team_id__in=viewer.team_ids)
    if not viewer.only_administers:
        theirs |= Q(team=None)
    mine = theirs | Q(assignee_id=viewer.user_id, assignee__isnull=False)
    ours = mine & Q(organisation_id=viewer.organisation_id)
    partner = lasting(now).filter(theirs, case=OuterRef("pk"), organisation_id=viewer.organisation_id)
    return Case.objects.filter(ours | Exists(partner))


def participations_of_resident(viewer: Viewer, now: datetime) -> QuerySet[Participation]:
    """What lets this person see cases: their own account, or a link or browser they were given."""
    mine = Q(id__in=viewer.grants)
    if viewer.user_id is not None:
        mine |= Q(person__user_id=viewer.user_id)
    return lasting(now).filter(mine, organisation=None).exclude(HIDDEN)


def lasting(now: datetime) -> QuerySet[Participation]:
    """Participations that hold at this instant."""
    return Participation.objects.filter(Q(ends=None) | Q(ends__gt=now), begins__lte=now)


# Held from the start: whoever looks into this person's account may be who puts them in danger.
HIDDEN = Q(held_at__isnull=False, held_state="")

# What is sealed costs as much to open as the rest of a line: lists leave it where it is.
SEALED = ("journey__answers", "journey__facts", "journey__saved_to")
