"""A case of years: its page shows the newest, a link leads to what came before; nothing is lost or shown wrongly."""

from __future__ import annotations

import html
import re
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from placewide.cases import actions, reads
from placewide.cases.models import Case, Entry, Participation
from placewide.cases.terms import Audience, EntryKind
from placewide.identity import actions as identity
from placewide.identity.models import User
from placewide.identity.terms import Role
from placewide.kernel import clock, ids
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.people.models import Person
from placewide.services.reads import live
from support.api import care_answers, caring_place
from support.calderbrook import Calderbrook, calderbrook
from support.desk import reported, working
from support.place import SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db
NUMBER = 120


@pytest.fixture
def resident() -> Client:
    return Client()


@pytest.fixture
def bins(settings: Any) -> Calderbrook:
    settings.DEMO = True
    return calderbrook()


@pytest.fixture
def case(bins: Calderbrook, resident: Client) -> Case:
    """A missed bin about which much was written and done."""
    case = reported(resident)
    fill(case, EntryKind.MESSAGE, "Message")
    fill(case, EntryKind.SETTLED, "Line")
    return case


@pytest.fixture
def staff(bins: Calderbrook) -> Client:
    return working(User.objects.get(id=bins.staff["priya"].id))


def fill(
    case: Case,
    kind: EntryKind,
    words: str,
    *,
    number: int = NUMBER,
    audience: Audience = Audience.MESSAGES,
    at: datetime | None = None,
) -> None:
    """So many lines of a timeline, each with words of its own."""
    named = [f"{words} {n:03}." for n in range(1, number + 1)]
    written = kind in (EntryKind.MESSAGE, EntryKind.NOTE)
    Entry.objects.bulk_create(
        Entry(
            id=ids.new_id(),
            case=case,
            kind=kind,
            audience=audience,
            at=at or clock.now(),
            actor_kind="resident" if kind is EntryKind.MESSAGE else "staff",
            organisation_id=None if kind is EntryKind.MESSAGE else case.organisation_id,
            state=case.state,
            sentence={} if written else {"en": said, "cy": said},
            written={"text": said} if written else {},
        )
        for said in named
    )


def said(page: str, words: str) -> list[int]:
    """The numbers of these lines on a page, in its order."""
    return [int(number) for number in re.findall(rf"{words} (\d{{3}})\.", page)]


def link(page: str, words: str) -> str:
    """Where a link of these words leads; empty for none."""
    found = re.search(rf'<a class="govuk-link[^"]*" href="([^"]+)"[^>]*>{words}</a>', page)
    return html.unescape(found[1]) if found else ""


def walked(browser: Client, page: str, words: str) -> list[str]:
    """The pages of a list, by its link to what came before."""
    pages = [browser.get(page).text]
    while href := link(pages[-1], words):
        pages.append(browser.get(href).text)
    return pages


@pytest.mark.parametrize("side", ["/case/", "/staff/case/"])
def test_every_message_is_on_one_page_and_the_newest_on_the_first(
    case: Case, resident: Client, staff: Client, side: str
) -> None:
    pages = walked(resident if side == "/case/" else staff, side + case.reference, "Earlier messages")
    assert [said(page, "Message") for page in pages] == [
        [*range(71, 121)],
        [*range(21, 71)],
        [*range(1, 21)],
    ], "oldest first, and the newest fifty first"
    assert ['name="message"' in page for page in pages] == [True, False, False], "written below the newest"
    assert [bool(link(page, "Newest messages")) for page in pages] == [False, True, True]
    assert all(said(page, "Line") == [*range(120, 70, -1)] for page in pages), "the other list stays at its newest"


@pytest.mark.parametrize("side", ["/case/", "/staff/case/"])
def test_everything_that_happened_is_on_one_page(case: Case, resident: Client, staff: Client, side: str) -> None:
    pages = walked(resident if side == "/case/" else staff, side + case.reference, "What happened earlier")
    assert [said(page, "Line") for page in pages] == [
        [*range(120, 70, -1)],
        [*range(70, 20, -1)],
        [*range(20, 0, -1)],
    ]
    opened = Entry.objects.get(case=case, kind=EntryKind.OPENED).sentence["en@staff" if "staff" in side else "en"]
    assert [opened in html.unescape(page) for page in pages] == [False, False, True], "how it began"
    if side == "/staff/case/":
        assert ['name="note"' in page for page in pages] == [True, False, False]


def test_the_inbox_is_still_known_on_earlier_pages(case: Case, staff: Client) -> None:
    page = staff.get(f"/staff/case/{case.reference}", {"inbox": "whose=mine"}).text
    for words in ("Earlier messages", "What happened earlier"):
        earlier = staff.get(link(page, words)).text
        assert 'name="inbox" value="whose=mine"' in earlier
        assert "/staff?whose=mine" in earlier
        assert "inbox=whose%3Dmine" in earlier


def test_an_address_that_nobody_was_given_leads_to_the_newest(case: Case, resident: Client, staff: Client) -> None:
    given = link(resident.get(f"/case/{case.reference}").text, "Earlier messages")
    cursor = re.search(r"messages=([^#]+)", given)[1]  # type: ignore[index]
    for browser, page in ((resident, f"/case/{case.reference}"), (staff, f"/staff/case/{case.reference}")):
        for query in ("messages=1", f"events={cursor}", "events=%00"):
            answer = browser.get(f"{page}?{query}")
            assert (answer.status_code, answer["Location"]) == (302, page)
    assert "Message" not in given
    assert case.reference not in cursor


def test_a_cursor_opens_no_other_case(case: Case, resident: Client) -> None:
    given = link(resident.get(f"/case/{case.reference}").text, "Earlier messages")
    assert Client().get(given).status_code == 404
    others = reported(Client())
    fill(others, EntryKind.MESSAGE, "Theirs", number=3)
    assert resident.get(given.replace(case.reference, others.reference)).status_code == 404
    mine = reported(resident)
    fill(mine, EntryKind.MESSAGE, "Also mine", number=3)
    assert not said(resident.get(given.replace(case.reference, mine.reference)).text, "Message")


def test_what_only_staff_read_takes_no_place_from_a_resident(bins: Calderbrook, resident: Client) -> None:
    case = reported(resident)
    fill(case, EntryKind.NOTE, "Secret", audience=Audience.STAFF)
    page = resident.get(f"/case/{case.reference}").text
    assert not said(page, "Secret")
    assert Entry.objects.get(case=case, kind=EntryKind.OPENED).sentence["en"] in html.unescape(page)
    assert not link(page, "What happened earlier"), "nothing came before what they read"


def test_what_staff_asked_still_stands_and_what_happened_meanwhile_is_still_told(
    bins: Calderbrook, resident: Client, staff: Client
) -> None:
    case = reported(resident)
    page = staff.get(f"/staff/case/{case.reference}").text
    carried = {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("_form", "_seen")}  # type: ignore[index]
    ask = {"step": "ask-for-more", "what_is_needed": "Which side of the house is it on?"}
    assert staff.post(f"/staff/case/{case.reference}/step", ask | carried).status_code == 302
    fill(case, EntryKind.SETTLED, "Line")
    assert "Which side of the house is it on?" in resident.get(f"/case/{case.reference}").text
    late = staff.post(
        f"/staff/case/{case.reference}/step", ask | carried | {"_form": "another", "what_is_needed": "And when?"}
    )
    assert late.status_code == 422
    asked = Entry.objects.get(case=case, step="ask-for-more").sentence["en"].removesuffix(".")
    assert f"this has happened: {asked}" in html.unescape(late.text)


def test_a_file_given_long_ago_is_listed_and_opens_and_only_to_those_who_see_the_case(
    bins: Calderbrook, resident: Client, staff: Client
) -> None:
    case = reported(resident)
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "green").save(drawn, "PNG")
    photo = SimpleUploadedFile("two bags.png", drawn.getvalue(), content_type="image/png")
    looked = {"step": "look", "seen": "Two bags beside it", "seen_photos-upload": photo}
    assert staff.post(f"/staff/case/{case.reference}/step", looked).status_code == 302
    fill(case, EntryKind.SETTLED, "Line")
    fill(case, EntryKind.MESSAGE, "Message")
    (kept,) = Entry.objects.get(case=case, step="look").written["files"]
    page = staff.get(f"/staff/case/{case.reference}").text
    assert page.count("two bags.png") == 1
    assert staff.get(f"/staff/case/{case.reference}/file/{kept}").status_code == 200
    assert staff.get(f"/staff/case/{case.reference}/file/{ids.new_id()}").status_code == 404
    others = reported(Client())
    assert staff.get(f"/staff/case/{others.reference}/file/{kept}").status_code == 404
    assert resident.get(f"/case/{case.reference}/file/{kept}").status_code == 200
    assert Client().get(f"/case/{case.reference}/file/{kept}").status_code == 404
    assert all(
        "two bags.png" in each for each in walked(staff, f"/staff/case/{case.reference}", "What happened earlier")
    )


@pytest.fixture
def place(settings: Any) -> SmallPlace:
    settings.SMTP_URL = "smtp://127.0.0.1:9"  # nobody there: what is sent stays queued
    return caring_place()


def officer_of(place: SmallPlace) -> tuple[Viewer, Client]:
    """Somebody of the team that has the case, and the browser they work in."""
    known = {"name": "Moira", "organisation_id": place.county.id, "role": Role.OFFICER, "team_id": place.care}
    user = identity.add_staff("moira@staff.example", actor=SYSTEM, now=clock.now(), **known)
    return Viewer(user.pk, place.county.id, frozenset({place.care}), frozenset({"officer"})), working(user)


def care(place: SmallPlace, **others: object) -> Case:
    sent(live(place.county.id, "care-needs"), care_answers(**others), clock.now())
    return Case.objects.get(case_type="needs-assessment")


def test_whom_nothing_is_sent_reads_no_later_page_either(place: SmallPlace) -> None:
    case, now = care(place), clock.now()
    edith = identity.join("edith@home.example", actor=SYSTEM, now=now)
    part = Participation.objects.get(case=case, person__name="Edith Hale")
    Person.objects.filter(id=part.person_id).update(user=edith)
    fill(case, EntryKind.MESSAGE, "Before", number=60, at=now)
    actions.hold_back(part.id, "He reads it", viewer=officer_of(place)[0], now=clock.now())
    fill(case, EntryKind.MESSAGE, "After", number=60, at=clock.now())
    viewer = Viewer(edith.pk)
    shown = reads.resident_case(viewer, case.reference, "en", now=clock.now())
    assert shown is not None
    earlier = reads.resident_case(viewer, case.reference, "en", now=clock.now(), before=shown.timeline.earlier)
    assert earlier is not None
    read = [entry.text for entry in (*shown.timeline.messages, *earlier.timeline.messages)]
    assert read == [f"Before {n:03}." for n in range(60, 0, -1)], "fifty are fifty that she may read"


def test_that_it_is_safe_is_read_first_however_much_was_noted_since(place: SmallPlace) -> None:
    case = care(place, urgent_signs=["hurt"], safe_contact="Ring me at work")
    officer, browser = officer_of(place)
    for part in Participation.objects.filter(case=case, held_at__isnull=False):
        assert actions.send_again(part.id, "She lives with me now", viewer=officer, now=clock.now())
    first = browser.get(f"/staff/case/{case.reference}").text
    assert "Staff have said that it is safe to write to them" in first
    assert "stands below under" in first
    fill(case, EntryKind.NOTE, "Note", audience=Audience.STAFF)
    later = browser.get(f"/staff/case/{case.reference}").text
    assert "Staff have said that it is safe to write to them" in later
    assert "stands below under" not in later
    assert "under “What happened earlier”" in html.unescape(later)
    pages = walked(browser, f"/staff/case/{case.reference}", "What happened earlier")
    assert "She lives with me now" in pages[-1]
