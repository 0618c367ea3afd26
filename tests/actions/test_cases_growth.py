"""100,000 cases, or one with thousands of messages: as many statements as for a few, and always by an index."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from placewide.cases import actions, reads
from placewide.cases.making import makers_for
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.reads.findable import findable
from placewide.cases.reads.inbox import InboxLine
from placewide.cases.terms import Audience, EntryKind
from placewide.identity import actions as identity
from placewide.journeys import actions as journeys
from placewide.journeys import reads as journey_reads
from placewide.kernel import ids, search
from placewide.kernel.models import SearchEntry
from placewide.kernel.terms import GUEST, SYSTEM, Viewer
from placewide.people.models import Person
from placewide.tasks.models import Task
from placewide.tasks.terms import QueueFilter
from plans import Seen, analyse, watched
from support.many import copy, numbered, numbered_id, text, uuid
from support.place import MILL_LANE_12, NOW, SmallPlace, small_place

# Tables that do not grow with cases here; messages have tests of their own.
SMALL = ("identity_", "services_", "places_", "messages_message")
MANY = 100_000
FEW = 10
HERS = 872  # cases of one account: more than any page shows
LONG = 2_000  # messages on one case, and as many other lines of its timeline
JOURNEY, PERSON, CASE, ENTRY, FOLLOWS, TASK, PARTNER, THEIRS, WRITTEN = range(1, 10)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Grown:
    """A place with many cases, and the people who look at them."""

    place: SmallPlace
    first: str  # reference of the one that all others are copies of
    officer: Viewer  # of the team that has half of them
    partner: Viewer  # of another organisation, let in on some
    resident: Viewer
    guest: Viewer  # holds the key to one
    asking: UUID  # a journey not sent yet, about the same as all others


def grown(number: int, *, lines: int = FEW) -> Grown:
    """One real case, sent through the front door, with a timeline of twice so many lines, and so many cases like it."""
    place = small_place()
    account = identity.join("rosa@example.org", actor=SYSTEM, now=NOW)
    asking = _begun(place)
    seen = _sent_from(place)
    sent = actions.submit(seen, makers_for(seen), actor=GUEST, now=NOW)
    streets = identity.add_team(place.district.id, "streets", "Streets", actor=SYSTEM, now=NOW)
    _copies(sent.case_ids[0], number, streets.id, account.id, place)
    _findable_copies(sent.case_ids[0], number)
    _lengthen(sent.case_ids[0], lines)
    analyse()
    return Grown(
        place=place,
        first=sent.references[0],
        officer=place.staff(),
        partner=Viewer(ids.new_id(), place.county.id, frozenset({place.care}), frozenset({"officer"})),
        resident=Viewer(account.id),
        guest=Viewer(grants=frozenset(sent.grants)),
        asking=asking,
    )


def _begun(place: SmallPlace) -> UUID:
    journey_id = journeys.begin(place.missed_bin, language="en", actor=GUEST, now=NOW)
    viewer = Viewer(grants=frozenset({journey_id}))
    address = {"uprn": str(MILL_LANE_12), "text": "12 Mill Lane, Calderford, ZZ1 2AB"}
    contact = {"contact_email": "sam@example.org", "contact_phone": None}
    pages = {"address": {"address": address}, "which-bin": {"bin": "refuse"}, "contact": contact}
    for page, values in pages.items():
        seen = journey_reads.circumstances(viewer, journey_id, now=NOW)
        assert seen is not None
        journeys.keep_page(seen, page, values, actor=GUEST, now=NOW)
    return journey_id


def _sent_from(place: SmallPlace):
    journey_id = _begun(place)
    seen = journey_reads.circumstances(Viewer(grants=frozenset({journey_id})), journey_id, now=NOW)
    assert seen is not None
    return seen


def _copies(case_id: UUID, number: int, other_team: UUID, account_id: UUID, place: SmallPlace) -> None:
    case = Case.objects.get(id=case_id)
    person = Person.objects.first()
    assert person is not None
    hers = f"CASE WHEN n <= {HERS} THEN {uuid(account_id)} END"
    half = f"CASE WHEN n % 2 = 0 THEN team_id ELSE {uuid(other_team)} END"
    matter = f"CASE WHEN n <= {HERS} THEN matter ELSE {text('M-')} END"
    place_of = f"CASE WHEN n <= {HERS} THEN uprn ELSE {text('')} END"
    copy(case.journey, number, {"id": numbered_id(JOURNEY), "user_id": hers, "matter": matter, "uprn": place_of})
    copy(person, number, {"id": numbered_id(PERSON), "user_id": hers})
    of = {"case_id": numbered_id(CASE), "person_id": numbered_id(PERSON)}
    copy(
        case,
        number,
        {
            "id": numbered_id(CASE),
            "journey_id": numbered_id(JOURNEY),
            "person_id": numbered_id(PERSON),
            "reference": text("R-"),
            "team_id": half,
        },
    )
    copy(Entry.objects.get(), number, {"id": numbered_id(ENTRY), **of})
    follows = Participation.objects.first()
    assert follows is not None
    copy(follows, number, {"id": numbered_id(FOLLOWS), **of})
    partner = Participation.objects.create(
        id=ids.new_id(),
        case=case,
        organisation=place.county,
        role="partner",
        sees="all",
        reason="help",
        begins=NOW,
        ends=NOW + timedelta(days=30),
    )
    copy(partner, number, {"id": numbered_id(PARTNER), "case_id": numbered_id(CASE)}, every=5)
    copy(Task.objects.get(), number, {"id": numbered_id(TASK), "about_id": numbered_id(CASE), "team_id": half})
    theirs = {"organisation_id": uuid(place.county.id), "team_id": uuid(place.care)}
    copy(
        Task.objects.get(about_id=case_id),
        number,
        theirs | {"id": numbered_id(THEIRS), "about_id": numbered_id(CASE)},
        every=5,
    )


def _lengthen(case_id: UUID, number: int, ids_of: Sequence[int] = (WRITTEN, THEIRS)) -> None:
    """So many messages, and as many times that one was read."""
    first = Entry.objects.get(case=case_id, kind=EntryKind.OPENED)
    for kind, prefix in zip((EntryKind.MESSAGE, EntryKind.SETTLED), ids_of, strict=True):
        known = {name: getattr(first, name) for name in ("case", "at", "actor_kind", "state", "sentence")}
        one = Entry.objects.create(
            id=ids.new_id(), kind=kind, audience=Audience.MESSAGES, written={"text": "It is still here"}, **known
        )
        copy(one, number - 1, {"id": numbered_id(prefix)})


def _findable_copies(case_id: UUID, number: int) -> None:
    """Every copy is found by a number of its own; one in 250 stands in Mill Lane, as the first does."""
    entry = findable(case_id)
    assert entry is not None
    search.index([entry, replace(entry, object_id=ids.new_id(), text="7 Ash Grove, Calderford")])
    here, ash = SearchEntry.objects.order_by("id")
    words = f"CASE WHEN n % 250 = 4 THEN words ELSE '{ash.words}' END || ' ' || {text('w')}"
    copy(here, number, {"object_id": numbered_id(CASE), "text": f"text || ' ' || {text('')}", "words": words})


STATEMENTS = {
    "the inbox": 3,
    "a partner's inbox": 3,
    "what a search finds": 2,
    "what a search for one case finds": 2,
    "what a misspelt search finds": 2,
    "a staff case": 9,
    "a partner's case": 7,
    "a resident's case by link": 4,
    "a resident's case by account": 4,
    "a resident's cases": 1,
    "what was sent": 1,
    "a resident's journeys": 1,
    "facts before asking": 11,
}
LATER = NOW + timedelta(minutes=5)


def _only(found: Sequence[InboxLine]) -> InboxLine:
    (line,) = found
    assert line.reference == "R-00000004"
    return line


READS: dict[str, Callable[[Grown], object]] = {
    "the inbox": lambda g: reads.inbox(g.officer, QueueFilter(), "en", now=LATER).items,
    "a partner's inbox": lambda g: reads.inbox(g.partner, QueueFilter(), "en", now=LATER).items,
    "what a search finds": lambda g: reads.found(g.officer, "mill lane", "en", now=LATER).items,
    "what a search for one case finds": lambda g: _only(reads.found(g.officer, "00000004", "en", now=LATER).items),
    "what a misspelt search finds": lambda g: reads.found(g.officer, "12 mil laen", "en", now=LATER).items,
    "a staff case": lambda g: reads.staff_case(g.officer, g.first, "en", now=LATER),
    "a partner's case": lambda g: reads.staff_case(g.partner, g.first, "en", now=LATER),
    "a resident's case by link": lambda g: reads.resident_case(g.guest, g.first, "en", now=LATER),
    "a resident's case by account": lambda g: reads.resident_case(g.resident, "R-00000001", "en", now=LATER),
    "a resident's cases": lambda g: reads.cases_of_resident(g.resident, "en", now=LATER, open=True).items,
    "what was sent": lambda g: reads.sent_cases(g.resident, numbered(JOURNEY, 1), "en", now=LATER),
    "a resident's journeys": lambda g: journey_reads.unsent(g.resident, now=LATER) is not None,
    "facts before asking": lambda g: journey_reads.circumstances(
        Viewer(grants=frozenset({g.asking})), g.asking, now=LATER
    ),
}


def scans_of(seen: Seen) -> list[str]:
    """Where a table that has grown is read from end to end."""
    return [line for line in seen.scans if not any(name in line for name in SMALL)]


def watch_all(g: Grown) -> dict[str, Seen]:
    seen = {}
    for name, read in READS.items():
        with watched() as seen[name]:
            assert read(g), f"{name}: nothing was read"
    return seen


@pytest.mark.slow
def test_statements_are_as_many_for_a_few_as_for_many_and_all_use_an_index() -> None:
    many = watch_all(grown(MANY, lines=LONG))
    for name in ("a staff case", "a partner's case", "a resident's case by link"):
        assert {"entry_in_order", "entry_of_kind"} <= set(" ".join(many[name].plans).split()), name
    assert {name: scans for name, seen in many.items() if (scans := scans_of(seen))} == {}
    assert {name: len(seen.statements) for name, seen in many.items()} == STATEMENTS


def test_statements_for_a_few() -> None:
    assert {name: len(seen.statements) for name, seen in watch_all(grown(FEW)).items()} == STATEMENTS


def test_a_case_of_thousands_of_messages_reads_no_more_than_one_of_a_hundred() -> None:
    g = grown(FEW, lines=100)
    few = read_of(g)
    _lengthen(Case.objects.get(reference=g.first).id, LONG, (TASK, PARTNER))
    assert read_of(g) == few


def read_of(g: Grown) -> dict[str, list[int]]:
    """How many rows each statement of each page of the long case reads."""
    rows = {}
    for name in ("a staff case", "a partner's case", "a resident's case by link"):
        with watched() as seen:
            assert READS[name](g)
        with connection.cursor() as cursor:
            rows[name] = [len(cursor.execute(sql.replace("%", "%%")).fetchall()) for sql in seen.statements]
    return rows
