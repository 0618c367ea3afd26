"""The only writers of messages' tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import override

from placewide.kernel.calendar import due_at
from placewide.kernel.change import Change, changing
from placewide.kernel.ids import new_id
from placewide.kernel.terms import Act, Actor
from placewide.messages import rules
from placewide.messages.events import MessageFailed, MessageQueued
from placewide.messages.models import Message
from placewide.messages.terms import (
    FAILED_TASK,
    LEFT_TASK,
    POST_TASK,
    PREPARE_TASK,
    Channel,
    NewMessage,
    Outcome,
    State,
)
from placewide.people.terms import AccessNeed
from placewide.people.wording import need_words
from placewide.places import reads as places
from placewide.tasks.actions import finish, raise_tasks
from placewide.tasks.terms import URGENT_WITHIN, NewTask
from placewide.ui.wording import and_list

# A worker that was killed between handing over and noting the answer leaves SENDING behind. After this long nobody
# is still at it, and the outbox's lease has run out: it is handed over again with the same Message-ID.
GIVEN_UP_AFTER = timedelta(minutes=4)


_FAILED = {
    "en": "A message did not arrive: reach the person another way",
    "cy": "Ni chyrhaeddodd neges: cysylltwch â’r person mewn ffordd arall",
}
_POST_PREPARED = {
    "en": "Prepare a letter in {format}, and post it",
    "cy": "Paratowch lythyr mewn {format}, a’i bostio",
}
_LEFT = {
    "en": "A letter that was held back has been posted: see at once whether it puts them in danger",
    "cy": "Postiwyd llythyr a oedd wedi’i ddal yn ôl: edrychwch ar unwaith a yw’n eu rhoi mewn perygl",
}
_PREPARE = {
    "en": "Prepare in {format} what was emailed",
    "cy": "Paratowch mewn {format} yr hyn a e-bostiwyd",
}
# States that need a person, without and with a format nobody but a person can prepare (Accessible Information Standard,
# DAPB1605: "meet"): kind and title of their task. The Welsh awaits a native reader.
_FOR_PEOPLE: dict[tuple[State, bool], tuple[str, dict[str, str]]] = {
    (State.TO_POST, False): (POST_TASK, {"en": "Print and post a letter", "cy": "Argraffu a phostio llythyr"}),
    (State.TO_POST, True): (POST_TASK, _POST_PREPARED),
    (State.SENT, True): (PREPARE_TASK, _PREPARE),
    (State.FAILED, False): (FAILED_TASK, _FAILED),
    (State.FAILED, True): (FAILED_TASK, _FAILED),
}


class AddressRefused(ValueError):
    """Not exactly one email address, or something that could break out of a header."""


class BeingSent(Exception):
    """Somebody handed this message over a moment ago; whether it arrived is not known yet."""


def send(messages: Sequence[NewMessage], *, actor: Actor, now: datetime) -> tuple[Message, ...]:
    """Queue messages; each is delivered after the change is saved, unless it is held. One insert for all of them.

    Raises IntegrityError if a key was used before, so that whatever would send twice is undone as a whole, and
    AddressRefused for an address or subject that could break out of a mail's header.
    """
    for message in messages:
        _refuse_what_breaks_headers(message)
    with changing(actor=actor, now=now) as change:
        rows = Message.objects.bulk_create(_row(message, now) for message in messages)
        for row in (row for row in rows if row.state == State.QUEUED):
            # A stream of its own: an address that cannot be reached holds up nobody else's message.
            change.publish(MessageQueued(message_id=row.id, organisation_id=row.organisation_id), stream=row.id)
        return tuple(rows)


def start_sending(message_id: UUID, *, actor: Actor, now: datetime) -> Message | None:
    """Take a message in hand, or None where there is nothing left to do. Raises BeingSent."""
    with changing(actor=actor, now=now):
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message is None:  # disposed of meanwhile
            return None
        if message.state == State.SENDING and message.sending_at and now - message.sending_at < GIVEN_UP_AFTER:
            raise BeingSent
        if message.state not in {State.QUEUED, State.SENDING}:
            return None
        message.state, message.sending_at, message.attempts = State.SENDING.value, now, message.attempts + 1
        message.save(update_fields=["state", "sending_at", "attempts"])
        return message


def note_outcome(message_id: UUID, outcome: Outcome, *, actor: Actor, now: datetime) -> State:
    """Write down what came of an attempt; a failure for good is told to the rooms above. Returns the new state."""
    with changing(actor=actor, now=now) as change:
        message = Message.objects.select_for_update().get(pk=message_id)
        state = rules.state_after(outcome, held=message.state == State.HELD)
        message.state, message.fault = state.value, (outcome.fault.value if outcome.fault else "")
        message.sent_at = now if state is State.SENT else None
        prepared = bool(rules.to_prepare(message.access_needs))
        if (state, prepared) in _FOR_PEOPLE:
            message.task_id = _ask_people(message, *_FOR_PEOPLE[state, prepared], actor=actor, now=now)
        message.save(update_fields=["state", "fault", "sent_at", "task_id"])
        if state is State.FAILED:
            _tell_of_failure(change, message)
    return state


def note_posted(message_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Somebody has printed and posted a letter. False where it was noted before, or is no letter waiting.

    Also where it was held back meanwhile: what has left has left, and that it did is an urgent task for the team.
    """
    with changing(actor=actor, now=now) as change:
        letters = Message.objects.select_for_update().filter(pk=message_id, channel=Channel.LETTER.value)
        letter = letters.filter(state__in=(State.TO_POST.value, *_STOPPED)).first()
        if letter is None:
            return False
        if letter.state in _STOPPED:
            task = _task(letter, LEFT_TASK, _LEFT, due=now + URGENT_WITHIN, urgent=True)
            raise_tasks([task], actor=actor, now=now)
            change.record(Act("letter.posted_though_held", letter.organisation_id, letter.about_id or letter.id))
        elif letter.task_id:
            finish([letter.task_id], actor=actor, now=now)
        letter.state, letter.sent_at = State.SENT.value, now
        letter.save(update_fields=["state", "sent_at"])
        return True


_STOPPED = (State.HELD.value, State.TOLD.value)
_NOT_GONE = (State.QUEUED.value, State.SENDING.value, State.TO_POST.value)


def hold_back(person_id: UUID, *, actor: Actor, now: datetime) -> set[UUID | None]:
    """Stop what is on its way to somebody and has not gone: the mail not handed over, the letter not posted.

    Returns what the stopped messages were about. Whatever was handed over before cannot be called back.
    """
    with changing(actor=actor, now=now):
        waiting = Message.objects.filter(person_id=person_id, state__in=_NOT_GONE)
        rows = list(waiting.select_for_update().values_list("id", "about_id", "task_id"))
        Message.objects.filter(id__in=[row[0] for row in rows]).update(state=State.HELD.value)
        finish([task_id for _, _, task_id in rows if task_id], actor=actor, now=now)
    return {about_id for _, about_id, _ in rows}


def note_told(about_id: UUID, organisation_id: UUID, *, actor: Actor, now: datetime) -> int:
    """What was held back about a case was said to the person in a safe way. Returns how many messages."""
    with changing(actor=actor, now=now):
        held = Message.objects.filter(about_id=about_id, organisation_id=organisation_id, state=State.HELD.value)
        return held.update(state=State.TOLD.value, sent_at=now)


def forget_about(about_ids: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """Delete every message about what is disposed of; returns how many. What has arrived is its reader's."""
    with changing(actor=actor, now=now):
        return Message.objects.filter(about_id__in=about_ids).delete()[0]


def _ask_people(message: Message, kind: str, titles: Mapping[str, str], *, actor: Actor, now: datetime) -> UUID:
    """What no computer does is a task: for the team the message names, else for the organisation."""
    formats = rules.to_prepare(message.access_needs)
    nation = places.organisation_by_id(message.organisation_id).nation
    named = {language: title.format(format=_named(formats, language)) for language, title in titles.items()}
    task = _task(message, kind, named, due=due_at(now, 1, "working_days", nation))
    return raise_tasks([task], actor=actor, now=now)[0]


def _task(message: Message, kind: str, title: Mapping[str, str], *, due: datetime, urgent: bool = False) -> NewTask:
    return NewTask(
        organisation_id=message.organisation_id,
        kind=kind,
        title=title,
        due_at=due,
        team_id=message.team_id,
        about_id=message.about_id,
        person_id=message.person_id,
        urgent=urgent,
    )


def _named(formats: Sequence[AccessNeed], language: str) -> str:
    """``Braille and Easy Read``, in a language."""
    with override(language):
        return and_list([need_words(need) for need in formats], language)


def _tell_of_failure(change: Change, message: Message) -> None:
    change.publish(
        MessageFailed(
            message_id=message.id,
            organisation_id=message.organisation_id,
            about_id=message.about_id,
            channel=message.channel,
            fault=message.fault,
        ),
        stream=message.about_id or message.id,
    )


def _refuse_what_breaks_headers(message: NewMessage) -> None:
    if not rules.one_line(message.subject):
        raise AddressRefused("a subject must be one line")
    if message.channel is Channel.EMAIL and not message.held and not rules.one_email_address(message.to):
        raise AddressRefused("not one email address")


def _row(message: NewMessage, now: datetime) -> Message:
    return Message(
        id=new_id(),
        organisation_id=message.organisation_id,
        key=message.key,
        about_id=message.about_id,
        person_id=message.person_id,
        team_id=message.team_id,
        channel=message.channel.value,
        to=message.to,
        language=message.language,
        subject=message.subject,
        body=message.body,
        access_needs=[need.value for need in message.access_needs],
        large_print=message.large_print or AccessNeed.LARGE_PRINT in message.access_needs,
        state=(State.HELD if message.held else State.QUEUED).value,
        queued_at=now,
    )
