"""Decisions of messages, from what is known."""

from __future__ import annotations

import re
from collections.abc import Collection

from placewide.messages.terms import Channel, Choice, Contact, Outcome, Reason, Result, State
from placewide.people.terms import AccessNeed

# Formats that a computer cannot make out of our text by itself: a member of staff prepares them.
_PREPARED_BY_A_PERSON = (AccessNeed.BRAILLE, AccessNeed.AUDIO, AccessNeed.EASY_READ, AccessNeed.BSL)
_ON_PAPER = frozenset({AccessNeed.BRAILLE})


def choose_channel(contact: Contact, needs: Collection[AccessNeed]) -> Choice:
    """How to reach somebody, by what they need and how they said they can be reached.

    What they asked for comes before what is cheaper: Accessible Information Standard (DAPB1605), "meet the need";
    Equality Act 2010 s.20(6), information in an accessible format.
    """
    large = AccessNeed.LARGE_PRINT in needs
    by_letter, by_call, on_paper = AccessNeed.BY_LETTER in needs, AccessNeed.BY_PHONE in needs, _ON_PAPER & set(needs)
    in_turn = (
        (by_call and contact.phone, None, contact.phone, Reason.ASKED_FOR_CALL),
        (by_letter and contact.postal, Channel.LETTER, contact.postal, Reason.ASKED_FOR_LETTER),
        (on_paper and contact.postal, Channel.LETTER, contact.postal, Reason.NEEDS_PAPER),
        (contact.email, Channel.EMAIL, contact.email, Reason.GAVE_EMAIL),
        (contact.postal, Channel.LETTER, contact.postal, Reason.ONLY_ADDRESS),
        (contact.phone, None, contact.phone, Reason.ONLY_PHONE),
        (True, None, "", Reason.NO_CONTACT),
    )
    channel, to, reason = next(row[1:] for row in in_turn if row[0])
    return Choice(channel, to, reason, large)


def to_prepare(needs: Collection[str]) -> tuple[AccessNeed, ...]:
    """The formats in which a person must prepare what is written to somebody with these needs."""
    return tuple(need for need in _PREPARED_BY_A_PERSON if need in needs)


def state_after(outcome: Outcome, *, held: bool = False) -> State:
    """Where a message stands after an attempt. A result that is not known counts as not sent: better twice than never.

    The second copy carries the same Message-ID, so that the receiving system can tell. One that was held back while it
    was attempted (``held``) is not attempted again, nor printed.
    """
    if held and outcome.result is not Result.SENT:
        return State.HELD
    return {
        Result.SENT: State.SENT,
        Result.TO_POST: State.TO_POST,
        Result.REFUSED: State.FAILED,
        Result.LATER: State.QUEUED,
        Result.UNKNOWN: State.QUEUED,
    }[outcome.result]


# RFC 5321 §4.1.2 dot-string and domain; no quoted local parts, no address literals, nothing that could end a header.
_ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,253}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def one_email_address(text: str) -> bool:
    """Whether this is exactly one address, and safe to put in a header."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text and not text.startswith(".")


def one_line(text: str) -> bool:
    """Whether a text can stand in a header: no line end, no other control character."""
    return not _CONTROL.search(text)
