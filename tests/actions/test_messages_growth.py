"""Messages and persons at 100,000 rows: one statement each, and by an index."""

import pytest

from messages_place import NOW, council, words
from placewide.identity.actions import join
from placewide.kernel.ids import new_id
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.messages import reads
from placewide.messages.actions import send
from placewide.messages.models import Message
from placewide.messages.terms import Channel
from placewide.people import reads as people
from placewide.people.actions import join_to_account, know
from placewide.people.models import Person
from placewide.people.terms import NewPerson
from plans import analyse, multiply, watched

pytestmark = pytest.mark.django_db
MANY = 100_000


@pytest.mark.slow
def test_a_hundred_thousand_messages_and_persons_are_read_by_index():
    organisation, about = council(), new_id()
    user = join("ruth@example.org", actor=GUEST, now=NOW)
    person = know([NewPerson(new_id(), organisation.id, email="ruth@example.org")], actor=GUEST, now=NOW)[0]
    join_to_account(user.id, "ruth@example.org", actor=GUEST, now=NOW)
    letter = {"channel": Channel.LETTER, "to": "Edith Hale\n12 Mill Lane"}
    told = words(organisation, about_id=about, person_id=person.id)
    kept = words(organisation, about_id=about, person_id=person.id, held=True)
    send([told, kept, words(organisation, **letter)], actor=SYSTEM, now=NOW)
    grow(Message, fresh=("id", "key", "about_id"), person=None)
    grow(Person, fresh=("id", "organisation_id"), user=None, email="other@example.org")
    analyse()
    clerk = Viewer(new_id(), organisation.id, roles=frozenset({"officer"}))
    own = Viewer(user.id)
    with watched() as seen:
        assert [row.body for row in reads.held(clerk, about)] == [kept.body]
        assert reads.held(own, about) == []
        reads.letters_to_post(clerk)
        assert people.person(clerk, person.id)
        join_to_account(user.id, "ruth@example.org", actor=GUEST, now=NOW)
    selects = [statement for statement in seen.statements if statement.startswith("SELECT")]
    assert len(selects) == 3
    assert seen.scans == []


def grow(model, *, fresh, **changes):
    """Many more rows of somebody else's beside those there are."""
    ours = list(model.objects.values_list("pk", flat=True))
    multiply(model, MANY // len(ours), fresh=fresh)
    model.objects.exclude(pk__in=ours).update(**changes)
