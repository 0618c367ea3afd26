"""How somebody is reached: by what they need and by what they gave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewide.messages.rules import choose_channel, one_email_address, one_line, state_after, to_prepare
from placewide.messages.terms import Channel, Contact, Fault, Outcome, Reason, Result, State
from placewide.people.terms import AccessNeed as Need

EMAIL, PHONE, POSTAL = "ruth@example.org", "01632 960 001", "Ruth Hale\n12 Mill Lane"
ALL = Contact(EMAIL, PHONE, POSTAL)


@pytest.mark.parametrize(
    ("contact", "needs", "channel", "reason"),
    [
        (ALL, (), Channel.EMAIL, Reason.GAVE_EMAIL),
        (Contact(postal=POSTAL), (), Channel.LETTER, Reason.ONLY_ADDRESS),
        (Contact(phone=PHONE, postal=POSTAL), (), Channel.LETTER, Reason.ONLY_ADDRESS),
        (Contact(phone=PHONE), (), None, Reason.ONLY_PHONE),
        (Contact(), (), None, Reason.NO_CONTACT),
        (ALL, (Need.BY_LETTER,), Channel.LETTER, Reason.ASKED_FOR_LETTER),
        (Contact(email=EMAIL), (Need.BY_LETTER,), Channel.EMAIL, Reason.GAVE_EMAIL),
        (ALL, (Need.BY_PHONE,), None, Reason.ASKED_FOR_CALL),
        (ALL, (Need.BY_PHONE, Need.BY_LETTER), None, Reason.ASKED_FOR_CALL),
        (Contact(email=EMAIL), (Need.BY_PHONE,), Channel.EMAIL, Reason.GAVE_EMAIL),
        (ALL, (Need.BRAILLE,), Channel.LETTER, Reason.NEEDS_PAPER),
        (Contact(email=EMAIL), (Need.BRAILLE,), Channel.EMAIL, Reason.GAVE_EMAIL),
        (ALL, (Need.LARGE_PRINT,), Channel.EMAIL, Reason.GAVE_EMAIL),
        (ALL, (Need.HEARING_LOOP, Need.INTERPRETER), Channel.EMAIL, Reason.GAVE_EMAIL),
    ],
)
def test_the_channel_follows_need_then_contact(contact, needs, channel, reason):
    choice = choose_channel(contact, needs)
    assert (choice.channel, choice.reason) == (channel, reason)


@given(st.frozensets(st.sampled_from(list(Need))), st.booleans(), st.booleans(), st.booleans())
def test_whoever_can_be_reached_is_reached(needs, email, phone, postal):
    contact = Contact(EMAIL if email else "", PHONE if phone else "", POSTAL if postal else "")
    choice = choose_channel(contact, needs)
    assert choice.to in {EMAIL, PHONE, POSTAL} if email or phone or postal else choice.to == ""
    assert (choice.to == contact.email) == (choice.channel is Channel.EMAIL) or not contact.email


def test_large_print_is_kept_on_every_channel():
    assert choose_channel(ALL, (Need.LARGE_PRINT,)).large_print
    assert choose_channel(Contact(postal=POSTAL), (Need.LARGE_PRINT,)).large_print
    assert not choose_channel(ALL, ()).large_print


def test_formats_no_computer_makes_are_left_to_a_person():
    assert to_prepare(["bsl", "easy-read", "large-print"]) == (Need.EASY_READ, Need.BSL)
    assert to_prepare(["large-print", "by-phone"]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "ruth@example.org\nBcc: everybody@example.org",
        "ruth@example.org\r\nSubject: no",
        "ruth@example.org, edith@example.org",
        "Ruth <ruth@example.org>",
        "ruth@example.org\x00",
        "ruth",
        "@example.org",
        "ruth@",
        "",
        ".ruth@example.org",
        "ru..th@example.org",
        "x" * 65 + "@example.org",
    ],
)
def test_what_is_not_one_address_is_refused(text):
    assert not one_email_address(text)


@pytest.mark.parametrize(
    "text", ["ruth@example.org", "o'hara+bins@cyngor.cymru", "siân@example.org", "a@bücher.example"]
)
def test_real_addresses_are_taken(text):
    assert one_email_address(text)


@given(st.text())
def test_no_text_with_a_control_character_stands_in_a_header(text):
    if one_line(text):
        assert "\n" not in text
        assert "\r" not in text


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome(Result.SENT), State.SENT),
        (Outcome(Result.TO_POST), State.TO_POST),
        (Outcome(Result.REFUSED, Fault.NO_SUCH_ADDRESS), State.FAILED),
        (Outcome(Result.LATER, Fault.BUSY), State.QUEUED),
        (Outcome(Result.UNKNOWN, Fault.NO_ANSWER), State.QUEUED),
    ],
)
def test_only_a_refusal_for_good_ends_the_attempts(outcome, state):
    assert state_after(outcome) is state


def test_what_was_held_back_while_it_was_attempted_is_not_attempted_again():
    assert state_after(Outcome(Result.LATER, Fault.BUSY), held=True) is State.HELD
    assert state_after(Outcome(Result.TO_POST), held=True) is State.HELD
    assert state_after(Outcome(Result.SENT), held=True) is State.SENT
