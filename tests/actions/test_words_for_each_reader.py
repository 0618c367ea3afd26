"""Each reads what is meant for them: the person cared for, staff, a partner, whoever is in danger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from placewide.cases import actions, reads
from placewide.cases.models import Case, Participation
from placewide.cases.terms import Sent, Written
from placewide.identity import actions as identity
from placewide.identity.terms import Role
from placewide.journeys.models import Journey
from placewide.kernel import clock, ids
from placewide.kernel.outbox import work_until_quiet
from placewide.kernel.terms import SYSTEM, Viewer
from placewide.messages.models import Message
from placewide.messages.terms import Channel, State
from placewide.people.models import Person
from placewide.places import actions as places
from placewide.places.actions import NewOrganisation
from placewide.places.models import Organisation
from placewide.services import actions as services
from placewide.services.reads import live
from placewide.tasks.models import Task
from support.api import care_answers, place_today, right_answers, send
from support.desk import working
from support.place import PACKAGES, SmallPlace
from support.sending import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SmallPlace:
    place = place_today()
    services.adopt(place.county.id, PACKAGES / "care-needs", {}, actor=SYSTEM, now=clock.now())
    Organisation.objects.filter(id=place.county.id).update(phone="01632 960100")
    return place


@pytest.fixture
def landlord() -> Organisation:
    new = NewOrganisation(slug="homes", name="Calder Homes", kind="charity", nation="England", tier="")
    return places.add_organisation(new, actor=SYSTEM, now=clock.now())


def asked(place: SmallPlace, **others: object) -> Sent:
    """Ruth asks for Edith, who has left no email address."""
    return sent(live(place.county.id, "care-needs"), care_answers(**others), clock.now())


def to_edith() -> list[Message]:
    return list(Message.objects.filter(person_id__in=Person.objects.filter(name="Edith Hale").values("id")))


def somebody(organisation_id: object, team_id: object = None) -> Viewer:
    user = identity.join(f"{ids.new_reference().lower()}@staff.example", actor=SYSTEM, now=clock.now())
    return Viewer(user.id, organisation_id, frozenset({team_id} if team_id else ()), frozenset({"manager"}))


def browser_of(organisation_id: object, team_id: object = None) -> Client:
    known = {"name": "Moira", "organisation_id": organisation_id, "role": Role.MANAGER, "team_id": team_id}
    address = f"{ids.new_reference().lower()}@staff.example"
    user = identity.add_staff(address, actor=SYSTEM, now=clock.now(), **known)
    return working(user)


def test_the_person_cared_for_is_told_who_asked_what_comes_next_and_how_to_say_no(place: SmallPlace) -> None:
    asked(place)
    (letter,) = to_edith()
    assert letter.channel == Channel.LETTER
    for told in ("Ruth Hale asked Calderbrook County Council", "You can say no", "01632 960100", "within 2 working"):
        assert told in letter.body
    assert "what you sent" not in letter.body
    assert "/case/" not in letter.body


def test_no_letter_goes_where_somebody_may_be_hurt_by_it(place: SmallPlace) -> None:
    asked(place, urgent_signs=["hurt"], safe_contact="Ring me at work")
    assert {message.state for message in to_edith()} == {State.HELD}
    assert set(Message.objects.filter(to="ruth@example.com").values_list("state", flat=True)) == {State.QUEUED}


def test_a_letter_says_whom_to_ring_where_a_mail_has_its_link(place: SmallPlace) -> None:
    asked(place)
    case = Case.objects.get(case_type="needs-assessment")
    now = clock.now()
    worker = somebody(place.county.id, place.care)
    Message.objects.all().delete()
    actions.write(case.id, Written(text="We come on Monday."), viewer=worker, now=now)
    by_way = {message.channel: message.body for message in Message.objects.all()}
    assert f"ring 01632 960100 and say {case.reference}" in by_way[Channel.LETTER]
    assert "/case/" not in by_way[Channel.LETTER]


def test_staff_read_of_the_resident_what_the_resident_reads_of_themselves(place: SmallPlace) -> None:
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    case, now = Case.objects.get(), clock.now()
    resident = Viewer(grants=frozenset({Participation.objects.get(case=case).id}))
    actions.take_step(case.id, "note-collected", viewer=place.staff("officer"), now=now)
    later = now + timedelta(minutes=1)
    actions.take_step(case.id, "not-fixed", viewer=resident, now=later)
    theirs = reads.resident_case(resident, case.reference, "en", now=later)
    ours = reads.staff_case(place.staff("officer"), case.reference, "en", now=later)
    welsh = reads.staff_case(place.staff("officer"), case.reference, "cy", now=later)
    assert theirs and ours and welsh
    told = [entry.sentence for entry in theirs.entries]
    assert told[0] == "You said that your bin is still full."
    assert told[-1] == "You told us that your bin was not emptied."
    known = [entry.sentence for entry in ours.entries]
    assert known[0] == "The resident said that the bin is still full."
    assert known[-1] == "A resident reported that a bin was not emptied."
    assert welsh.entries[0].sentence == "Dywedodd y preswylydd fod y bin yn dal yn llawn."


def test_whoever_says_that_it_is_not_fixed_may_say_what_is_wrong(place: SmallPlace) -> None:
    browser = Client()
    assert send(place.missed_bin, right_answers(contact_email="sam@example.org")).status_code == 201
    case = Case.objects.get()
    actions.take_step(case.id, "note-collected", viewer=place.staff("officer"), now=clock.now())
    resident = identity.join("sam@example.org", actor=SYSTEM, now=clock.now())
    Person.objects.update(user_id=resident.id)
    browser.force_login(resident)
    page = f"/case/{case.reference}"
    assert 'name="still_wrong"' in browser.get(page).text
    browser.post(f"{page}/step/not-fixed", {"still_wrong": "Half of it is left."})
    shown = browser_of(place.district.id, place.waste).get(f"/staff/case/{case.reference}").text
    told = shown[shown.index("The resident said that the bin is still full") :]
    assert told.index("What is still wrong") < told.index("Half of it is left.")
    assert "(optional)" not in told[: told.index("Half of it is left.")]


def handed(place: SmallPlace, landlord: Organisation, case: Case) -> Participation:
    made = actions.hand_over(
        case.id,
        "hand-over",
        to_organisation_id=landlord.id,
        to_team_id=None,
        reason="bin-store-locked",
        why="Open the bin store",
        ends=clock.now() + timedelta(days=30),
        viewer=place.staff("officer"),
        now=clock.now(),
    )
    return Participation.objects.get(id=made)


def test_a_partner_reads_whose_case_it_is_and_not_which_team_has_it(place: SmallPlace, landlord: Organisation) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    case = Case.objects.get()
    handed(place, landlord, case)
    shown = browser_of(landlord.id).get(f"/staff/case/{case.reference}").text
    assert "Calder Vale District Council answers for this case" in shown
    assert "Nobody in" not in shown
    assert "You told us" not in shown


def test_who_handed_over_reads_to_whom_and_who_was_asked_gives_back(place: SmallPlace, landlord: Organisation) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    case = Case.objects.get()
    handed(place, landlord, case)
    owner, partner = browser_of(place.district.id, place.waste), browser_of(landlord.id)
    page = f"/staff/case/{case.reference}"
    ours, theirs = owner.get(page).text, partner.get(page).text
    assert f"Calder Vale District Council asked {landlord.name} to act." in ours
    assert f"Gofynnodd Calder Vale District Council i {landlord.name} weithredu." in owner.get(f"/cy{page}").text
    assert ("Take it back" in ours, "Give it back" in ours) == (True, False)
    assert ("Take it back" in theirs, "Give it back" in theirs) == (False, True)
    assert "Ei roi yn ôl" in partner.get(f"/cy{page}").text


@pytest.mark.parametrize("by", ["owner", "partner"])
def test_what_is_taken_back_is_seen_no_more(place: SmallPlace, landlord: Organisation, by: str) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    case = Case.objects.get()
    part = handed(place, landlord, case)
    partner = browser_of(landlord.id)
    assert partner.get(f"/staff/case/{case.reference}").status_code == 200
    acting = partner if by == "partner" else browser_of(place.district.id, place.waste)
    answer = acting.post(f"/staff/case/{case.reference}/step", {"step": "take-back"}, follow=True)
    assert answer.status_code == 200
    assert ("Done. You gave it back." in answer.text) == (by == "partner")
    assert ("What happens next stands below" in answer.text) == (by == "owner")
    part.refresh_from_db()
    assert part.ends <= clock.now()
    assert partner.get(f"/staff/case/{case.reference}").status_code == 404
    assert not Task.objects.filter(organisation_id=landlord.id, about_id=case.id, done_at=None).exists()


def test_a_hand_over_has_an_end_which_is_offered(place: SmallPlace, landlord: Organisation) -> None:
    assert send(place.missed_bin, right_answers()).status_code == 201
    case = Case.objects.get()
    browser = browser_of(place.district.id, place.waste)
    offered = (clock.legal_date(clock.now()) + timedelta(days=30)).isoformat()
    assert f'value="{offered}"' in browser.get(f"/staff/case/{case.reference}").text
    posted = {"step": "hand-over", "to-body": str(landlord.id), "why": "Open it", "reason-hand-over": "landlords-bins"}
    wrong = browser.post(f"/staff/case/{case.reference}/step", posted)
    assert wrong.status_code == 422
    assert "Choose a day from today on" in wrong.text
    browser.post(f"/staff/case/{case.reference}/step", posted | {"until": offered})
    assert Participation.objects.get(organisation=landlord).ends is not None


def begun_in_danger(place: SmallPlace) -> tuple[Client, str, str]:
    """Ruth has just ticked that somebody hurts Edith."""
    browser = Client()
    journey = browser.post(f"/services/{place.county.slug}/care-needs")["Location"]
    for page, answers in {
        "who-for": {"who_for": "somebody-else"},
        "their-name": {"cared_for_name": "Edith Hale"},
        "relationship": {"relationship": "friend-or-neighbour"},
        "do-you-help": {"i_help": "no"},
        "can-decide": {"can_decide": "yes"},
        "agrees": {"agrees": "yes"},
    }.items():
        assert browser.post(f"{journey}/page/{page}", answers).status_code == 302
    answer = browser.post(f"{journey}/page/safe-now", {"urgent_signs": ["hurt"]})
    return browser, journey, answer["Location"]


def test_who_tells_of_danger_reads_that_a_person_is_told_now(place: SmallPlace) -> None:
    browser_of(place.county.id, place.care)  # somebody is there to be told
    browser, _, onward = begun_in_danger(place)
    assert Task.objects.filter(urgent=True).count() == 1
    shown = browser.get(onward).text
    assert "A person was told as soon as you answered, without waiting for the rest." in shown
    assert "When you send this" not in shown
    assert "Dywedwyd wrth berson cyn gynted ag yr ateboch" in browser.get(f"/cy{onward}").text


def test_who_is_to_ring_reads_first_whom_and_whether_it_is_known_how_it_is_safe(place: SmallPlace) -> None:
    browser, journey, _ = begun_in_danger(place)
    task = Task.objects.get(urgent=True)
    staff = browser_of(place.county.id, place.care)
    shown = staff.get(f"/staff/task/{task.id}").text
    assert "/safe-now" not in shown, "only the person can change what they answer"
    assert "Urgent - possible abuse or neglect" in shown
    assert 'pw-badge--bad">Urgent' not in shown, "the heading says it"
    assert "Wait: how it is safe to reach them is not known yet" in shown
    assert "Do not ring Edith Hale" in shown
    assert "Leave no message" in shown
    browser.post(f"{journey}/page/safe-contact", {"safe_contact": "Ring me at work before noon"})
    shown = staff.get(f"/staff/task/{task.id}").text
    assert shown.index("Ring me at work before noon") < shown.index("These answers are not sent yet")
    assert "Wait:" not in shown
    welsh = staff.get(f"/cy/staff/task/{task.id}").text
    assert ("Pwy sydd angen help" in welsh, "Who needs help" in welsh) == (True, False), "in the reader's language"
    browser.post(f"{journey}/page/safe-contact", {"safe_contact": ""})
    assert "They did not say how it is safe to reach them" in staff.get(f"/staff/task/{task.id}").text


def test_a_case_of_danger_says_at_its_top_how_it_is_safe_and_offers_no_number_to_press(place: SmallPlace) -> None:
    asked(place, urgent_signs=["hurt"], safe_contact="Ring me at work", cared_for_phone="+441632960123")
    case = Case.objects.get(case_type="needs-assessment")
    shown = browser_of(place.county.id, place.care).get(f"/staff/case/{case.reference}").text
    assert shown.index("Ring me at work") < shown.index('class="pw-decide"')
    assert "Urgent - possible abuse or neglect" in shown, "what staff are to do, not what the resident was told"
    assert "A person is told at once" not in shown
    assert "Do not ring Edith Hale" in shown
    assert "tel:+44" not in shown


def test_a_case_without_danger_keeps_its_number_to_press(place: SmallPlace) -> None:
    asked(place, cared_for_phone="+441632960123")
    case = Case.objects.get(case_type="needs-assessment")
    shown = browser_of(place.county.id, place.care).get(f"/staff/case/{case.reference}").text
    assert "tel:+441632960123" in shown
    assert "How it is safe to reach them" not in shown


def test_where_no_number_was_given_staff_are_told_to_write(place: SmallPlace) -> None:
    asked(place, urgent_signs=["hurt"], safe_contact="")
    case = Case.objects.get(case_type="needs-assessment")
    shown = browser_of(place.county.id, place.care).get(f"/staff/case/{case.reference}").text
    assert "No phone number was given. Write only to ruth@example.com." in shown
    assert "Ring only" not in shown
    Journey.objects.update(answers=care_answers(urgent_signs=["hurt"], safe_contact="At work, 01632 960 555"))
    shown = browser_of(place.county.id, place.care).get(f"/staff/case/{case.reference}").text
    assert "Do as they say. If that does not work, write only to ruth@example.com." in shown, "they gave one there"
    assert "No phone number was given" not in shown


def test_urgent_answers_are_answered_by_urgent_words_alone_in_both_mails(place: SmallPlace) -> None:
    browser_of(place.county.id, place.care)  # somebody is there to be told
    services.adopt(
        place.county.id, PACKAGES / "care-needs", {"urgent_phone": "01632 960 199"}, actor=SYSTEM, now=clock.now()
    )
    asked(place, urgent_signs=["risk-tonight"])
    mails = list(Message.objects.filter(to="ruth@example.com"))
    assert len(mails) == 2, "for Edith's assessment, and for Ruth's own"
    for mail in mails:
        assert "A person was told at once" in mail.body
        assert "01632 960 199" in mail.body
        assert "2 working days" not in mail.body


def test_a_manager_hears_of_urgent_answers_at_once_and_once_and_nothing_of_anybody(place: SmallPlace) -> None:
    browser_of(place.county.id, place.care)
    browser, journey, _ = begun_in_danger(place)
    browser.post(f"{journey}/page/safe-now", {"urgent_signs": ["hurt", "risk-tonight"]})
    assert Task.objects.filter(urgent=True).count() == 2
    work_until_quiet(clock.now())
    (mail,) = Message.objects.filter(key__startswith="urgent:")
    assert mail.to.endswith("@staff.example")
    assert "/staff?urgent=yes" in mail.body
    assert "Edith" not in mail.subject + mail.body


def _shown(staff: Client, task: Task) -> str:
    return str(staff.get(f"/staff/task/{task.id}").text)


def test_a_report_of_danger_through_the_api_is_told_as_by_the_pages(place: SmallPlace) -> None:
    """Sent whole by a program, twice under one key: the same urgent task and the same mail, once each."""
    browser_of(place.county.id, place.care)
    begun_in_danger(place)
    care = live(place.county.id, "care-needs")
    for _ in range(2):
        program = send(care, care_answers(urgent_signs=["hurt"], safe_contact=None))
        assert program.status_code == 201, program.content
    work_until_quiet(clock.now())
    by_page, by_program = Task.objects.filter(urgent=True, kind="care-needs").order_by("id")
    assert str(by_program.about_id) == program.json()["submission"]
    assert (by_page.title, by_page.team_id) == (by_program.title, by_program.team_id)
    staff = browser_of(place.county.id, place.care)
    leads_to = {case.reference for case in Case.objects.all() if case.reference in _shown(staff, by_program)}
    assert len(leads_to) == 2, "the task leads to the cases that the answers became"
    assert "/staff/case/" not in _shown(staff, by_page), "not sent yet"
    mails = Message.objects.filter(key__startswith="urgent:").order_by("id")
    assert [mail.key for mail in mails] == [f"urgent:{task.about_id}" for task in (by_page, by_program)]
    assert len({(mail.to, mail.language, mail.subject, mail.body) for mail in mails}) == 1


def test_the_page_after_a_report_of_danger_was_sent_has_the_urgent_words_and_no_others(place: SmallPlace) -> None:
    browser_of(place.county.id, place.care)  # somebody is there to be told
    known = {"urgent_phone": "01632 960 199"}
    services.adopt(place.county.id, PACKAGES / "care-needs", known, actor=SYSTEM, now=clock.now())
    browser, journey, _ = begun_in_danger(place)
    answers = care_answers(urgent_signs=["hurt"], safe_contact=None)
    Journey.objects.filter(id=journey.rpartition("/")[2]).update(answers=answers)
    onward = browser.post(f"{journey}/send")["Location"]
    assert onward.endswith("/sent"), onward
    english, welsh = (browser.get(f"{prefix}{onward}").text for prefix in ("", "/cy"))
    for page in (english, welsh):
        assert "01632 960 199" in page
    assert "was told at once, and looks at it now" in english
    assert "even if you do not send" not in english, "all was sent"
    assert "2 working days" not in english
    assert "2 ddiwrnod gwaith" not in welsh


def test_two_reports_of_one_danger_are_one_box_before_sending(place: SmallPlace) -> None:
    browser_of(place.county.id, place.care)  # somebody is there to be told
    browser, journey, _ = begun_in_danger(place)
    answers = care_answers(urgent_signs=["hurt"], agrees="no", in_danger="yes", safe_contact=None)
    Journey.objects.filter(id=journey.rpartition("/")[2]).update(answers=answers)
    assert browser.get(f"{journey}/check").text.count("A person is told at once") == 1


@pytest.mark.parametrize("language", ["en", "cy"])
def test_who_is_too_late_reads_whom_to_ring(place: SmallPlace, language: str) -> None:
    text = live(place.district.id, "missed-bin").package.text("rules.too-late.body", language)
    assert "{organisation}" in text
    assert "{phone}" in text


def test_who_saves_what_they_told_of_danger_is_warned_of_who_may_read_the_mail(place: SmallPlace) -> None:
    browser, journey, _ = begun_in_danger(place)
    warned = "Somebody else may open your email"
    before = browser.get(f"{journey}/save").text
    assert before.index(warned) < before.index('name="email"')
    assert "everything you told us" in before
    assert "Efallai y bydd rhywun arall yn agor eich e-bost" in browser.get(f"/cy{journey}/save").text
    after = browser.post(f"{journey}/save", {"email": "ruth@example.com"}, follow=True).text
    assert warned in after


def test_where_nobody_told_of_danger_saving_warns_of_nothing(place: SmallPlace) -> None:
    browser = Client()
    journey = browser.post(f"/services/{place.county.slug}/care-needs")["Location"]
    browser.post(f"{journey}/who-for", {"who_for": "me"})
    assert "Somebody else may open your email" not in browser.get(f"{journey}/save").text
