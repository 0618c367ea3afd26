"""Whom to tell what: the package's own message, in each follower's language, by the way that reaches them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from placewide.cases.rules.words import in_language, say
from placewide.cases.terms import Follower, Sentence, Standing, TaskKind
from placewide.kernel import calendar
from placewide.messages.rules import choose_channel
from placewide.messages.terms import Channel, Contact, NewMessage, Reason
from placewide.services.terms import Package
from placewide.tasks.terms import NewTask


def tell(
    package: Package,
    message: str,
    standing: Standing,
    followers: Iterable[Follower],
    told: Mapping[str, object],
    *,
    key: str,
    answers: Mapping[str, object] | None = None,
    heard: bool = True,
) -> Iterator[NewMessage]:
    """One message to each follower who can be reached. ``key`` names the occasion: nobody hears of it twice.

    ``heard``: somebody hears of it, where answers are urgent.
    """
    if not message:
        return
    for follower in followers:
        particulars = {**standing.known, **told, "name": follower.name, **_standing(standing, follower)}
        subject, body = (
            say(package, f"messages.{message}.{part}", follower.language, particulars, answers, heard=heard)
            for part in ("subject", "body")
        )
        yield from _to(follower, standing, subject, body, f"{key}:{follower.person_id}")


def announce(
    standing: Standing, followers: Iterable[Follower], said: tuple[Sentence, Sentence], text: str, *, key: str
) -> Iterator[NewMessage]:
    """The same with words of the platform: subject and body by language, particulars as ``%(name)s``.

    They lead to ``text``, which stands on the case's page. To whom nothing may be sent, the text itself is said.
    """
    subject, body = said
    for follower in followers:
        told = _standing(standing, follower)
        words = text if follower.held else in_language(body, follower.language) % told
        subject_line = in_language(subject, follower.language) % told
        yield from _to(follower, standing, subject_line, words, f"{key}:{follower.person_id}")


def _standing(standing: Standing, follower: Follower) -> dict[str, str]:
    told = {
        "reference": standing.reference,
        "organisation": in_language(standing.organisation, follower.language),
    }
    if follower.email or not standing.by_phone:
        return told | {"link": in_language(standing.link, follower.language)}
    # The page opens only through an email address or an account: an address on paper would lead to a closed door.
    known = {"phone": standing.known.get("phone", ""), **told}
    return told | {"link": in_language(standing.by_phone, follower.language) % known}


def _to(follower: Follower, standing: Standing, subject: str, body: str, key: str) -> Iterator[NewMessage]:
    """The message, by the way that reaches this person; none where no written way does, unless staff are to say it."""
    way = choose_channel(contact_of(follower), follower.access_needs)
    channel = way.channel or (Channel.LETTER if follower.held else None)
    if channel is not None:
        yield NewMessage(
            organisation_id=standing.organisation_id,
            key=key,
            channel=channel,
            to=way.to,
            subject=subject,
            body=body,
            language=follower.language,
            about_id=standing.case_id,
            person_id=follower.person_id,
            team_id=standing.team_id,
            access_needs=follower.access_needs,
            held=follower.held,
        )


def to_tell(standing: Standing, messages: Iterable[NewMessage], now: datetime) -> Iterator[NewTask]:
    """A task to say in a safe way what of these messages is held back, by the end of the next working day."""
    if any(message.held and message.about_id == standing.case_id for message in messages):
        yield say_safely(standing, now)


def say_safely(standing: Standing, now: datetime) -> NewTask:
    """The task itself. It names nobody."""
    return NewTask(
        organisation_id=standing.organisation_id,
        kind=TaskKind.TELL,
        title=standing.tell_safely,
        due_at=calendar.due_at(now, 1, "working_days", standing.nation),
        team_id=standing.team_id,
        about_id=standing.case_id,
    )


def calls(
    standing: Standing, followers: Iterable[Follower], title: Sentence, due: datetime, *, wanted: bool
) -> Iterator[NewTask]:
    """A task to ring each follower who asked to be rung rather than written to, where a call puts nobody in danger.

    ``wanted``: somebody wrote to them, or waits for them. Then whoever left nothing but a phone number is rung, too.
    """
    rung = {Reason.ASKED_FOR_CALL, Reason.ONLY_PHONE} if wanted else {Reason.ASKED_FOR_CALL}
    for follower in followers:
        way = choose_channel(contact_of(follower), follower.access_needs)
        if way.reason in rung and not follower.held:
            yield NewTask(
                organisation_id=standing.organisation_id,
                kind=TaskKind.RING,
                title=title,
                due_at=due,
                team_id=standing.team_id,
                about_id=standing.case_id,
                person_id=follower.person_id,
            )


def contact_of(follower: Follower) -> Contact:
    """How somebody said they can be reached."""
    lines = [follower.name, *str(follower.address.get("text", "")).split(", ")]
    return Contact(follower.email, follower.phone, "\n".join(filter(None, lines)) if follower.address else "")
