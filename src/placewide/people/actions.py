"""The only writers of people's tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from placewide.kernel.change import changing
from placewide.kernel.terms import Actor
from placewide.people.models import Person
from placewide.people.terms import NewPerson


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
