"""A case taken in hand for a change: locked, with what decisions about it need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from placewide.cases.models import Case, Entry
from placewide.cases.reads.followers import followers_of
from placewide.cases.reads.standing import standing_of
from placewide.cases.reads.visibility import cases_of_staff, lasting, participations_of_resident
from placewide.cases.rules.standing import widest
from placewide.cases.terms import Audience, EntryKind, Follower, NotFound, Sees, Sentence, Standing, Written
from placewide.kernel.files import actions as files
from placewide.kernel.terms import Viewer
from placewide.services import reads as services
from placewide.services.terms import Package


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case, and in what capacity the viewer acts on it."""

    row: Case
    package: Package
    standing: Standing
    roles: frozenset[str]  # as the process names them: officer, manager, crew, partner, resident
    sees: Sees

    def followers(self, now: datetime) -> tuple[Follower, ...]:
        """Everybody who follows it and may be told. One statement."""
        return followers_of(self.row.id, now)


def open_for_change(case_id: UUID, viewer: Viewer, now: datetime) -> OpenCase:
    """Lock a case for whoever is looking. Raises NotFound, whether it does not exist or is not theirs to see."""
    row = _locked(case_id)
    return _in_hand(row, *_capacity(row, viewer, now))


def open_beside(case_id: UUID) -> OpenCase:
    """Lock a case sent together with one in hand, for a change that holds for both. The caller has checked who asks."""
    return _in_hand(_locked(case_id), frozenset(), Sees.ALL)


def _locked(case_id: UUID) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("journey", "organisation", "adoption")
    row = rows.filter(id=case_id).first()
    if row is None:
        raise NotFound
    return row


def _in_hand(row: Case, roles: frozenset[str], sees: Sees) -> OpenCase:
    return OpenCase(row, services.by_hash(row.journey.package_id), standing_of(row), roles, sees)


def add_entry(
    case: OpenCase,
    kind: EntryKind,
    audience: Audience,
    *,
    entry_id: UUID,
    viewer: Viewer,
    now: datetime,
    step: str = "",
    reason: str = "",
    sentence: Sentence | None = None,
    written: Written | None = None,
) -> Entry:
    """Add a line to the timeline; nothing in it is ever changed. Raises NotFound where something of it was deleted:

    what is written now would stay after it.
    """
    if case.row.disposed:
        raise NotFound
    said = written or Written()
    if said.files:
        files.attach(list(said.files), case.row.id, actor=viewer.actor, now=now)
    return Entry.objects.create(
        id=entry_id,
        case=case.row,
        kind=kind,
        audience=audience,
        at=now,
        actor_kind=viewer.actor.kind,
        user_id=viewer.user_id,
        organisation_id=viewer.organisation_id,
        step=step,
        reason=reason,
        state=case.row.state,
        sentence=dict(sentence or {}),
        written={
            "text": said.text,
            "recorded": dict(said.recorded),
            "files": [str(f) for f in said.files],
            "language": said.language,
        },
        has_files=bool(said.files),
    )


def _capacity(row: Case, viewer: Viewer, now: datetime) -> tuple[frozenset[str], Sees]:
    if viewer.is_staff:
        if not cases_of_staff(viewer, now).filter(id=row.id).exists():
            raise NotFound
        if row.organisation_id == viewer.organisation_id:
            return viewer.roles, Sees.ALL
        theirs = lasting(now).filter(case=row.id, organisation=viewer.organisation_id).values_list("sees", flat=True)
        return frozenset({"partner"}), widest(Sees(s) for s in theirs) or Sees.SHARED
    mine = participations_of_resident(viewer, now).filter(case=row.id).values_list("sees", flat=True)
    sees = widest(Sees(s) for s in mine)
    if sees is None:
        raise NotFound
    return frozenset({"resident"}), sees
