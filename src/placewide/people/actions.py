"""The only writers of people's tables."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.idempotency import is_new, meaning
from placewide.kernel.terms import Act, Actor, Viewer
from placewide.people import reads
from placewide.people.models import Person, Warning
from placewide.people.terms import NewPerson, NotFound


def know(people: Sequence[NewPerson], *, actor: Actor, now: datetime) -> tuple[Person, ...]:
    """Write down people as their organisations come to know them. One statement, in the order given."""
    with changing(actor=actor, now=now):
        return tuple(Person.objects.bulk_create(_row(person, now) for person in people))


def join_to_account(user_id: UUID, email: str, *, actor: Actor, now: datetime) -> int:
    """Join everybody known by a proved address, to any organisation, to its owner's account. Returns how many.

    The caller has proved that the address is theirs (an emailed code or link). Someone already joined to another
    account stays there.
    """
    if not email:
        return 0
    with changing(actor=actor, now=now):
        return Person.objects.filter(email=email.lower(), user=None).update(user_id=user_id)


def join_by_link(user_id: UUID, person_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Join one person to the account of whoever opened the link they were sent. False if another account has them.

    The caller has used up a single-use link that was sent to that person.
    """
    with changing(actor=actor, now=now):
        return bool(Person.objects.filter(pk=person_id, user=None).update(user_id=user_id))


def warn(person_id: UUID, text: str, review_on: date, *, form: str = "", viewer: Viewer, now: datetime) -> UUID | None:
    """Write down what staff must know before they meet somebody. Raises NotFound. The ledger has no word of it.

    ``form`` names the form it was written in: the same warning of one form is one, however often it comes; then None.
    """
    person = reads.person(viewer, person_id) if viewer.is_staff else None
    if person is None or viewer.user_id is None:
        raise NotFound
    warning_id, said = ids.new_id(), meaning([text, review_on.isoformat()])
    with changing(actor=viewer.actor, now=now) as change:
        if form and not is_new(f"person.warned:{person_id}", f"{form}:{said.hex()}", now=now):
            return None
        Warning.objects.create(
            id=warning_id,
            organisation_id=person.organisation_id,
            person=person,
            text=text,
            review_on=review_on,
            raised_at=now,
            raised_by_id=viewer.user_id,
        )
        change.record(Act("person.warned", person.organisation_id, person.id, {"review": review_on.isoformat()}))
    return warning_id


def end_warning(warning_id: UUID, *, viewer: Viewer, now: datetime) -> None:
    """Take a warning away; it stays on record. Raises NotFound, also where it was taken away before."""
    if viewer.organisation_id is None:
        raise NotFound
    with changing(actor=viewer.actor, now=now) as change:
        rows = Warning.objects.filter(id=warning_id, organisation_id=viewer.organisation_id, ended_at=None)
        row = rows.select_for_update().first()
        if row is None:
            raise NotFound
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        change.record(Act("person.warning_ended", row.organisation_id, row.person_id))


def forget(person_ids: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """Delete people nothing is kept about any more, with the warnings about them; returns how many people."""
    with changing(actor=actor, now=now):
        gone = Person.objects.filter(id__in=person_ids).delete()[1]
    return gone.get(Person._meta.label, 0)


def _row(person: NewPerson, now: datetime) -> Person:
    return Person(
        id=person.id,
        organisation_id=person.organisation_id,
        name=person.name,
        email=person.email.strip().lower(),
        phone=person.phone,
        address=dict(person.address),
        born_on=person.born_on,
        language=person.language,
        access_needs=[need.value for need in person.access_needs],
        user_id=person.user_id,
        known_since=now,
    )
