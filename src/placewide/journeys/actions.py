"""The only writers of journeys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from placewide.identity import actions as identity
from placewide.identity import reads as identity_reads
from placewide.journeys import models, rules
from placewide.journeys.terms import AlreadySent, ChangedMeanwhile, Circumstances, Disposed, JourneyState
from placewide.kernel import ids
from placewide.kernel.change import changing
from placewide.kernel.files import actions as files
from placewide.kernel.terms import Act, Actor
from placewide.messages import actions as messages
from placewide.messages.terms import Channel, NewMessage
from placewide.services import rules as services
from placewide.services.terms import LiveService, Rule
from placewide.tasks import actions as tasks
from placewide.tasks.events import UrgentRaised
from placewide.tasks.terms import URGENT_WITHIN, NewTask

UNSENT_LIVES = timedelta(days=7)  # from the last answer, where no link was asked for
SAVED_LIVES = timedelta(days=30)  # from the last link or answer
RETURN_PURPOSE = "journey.return"
_AT_ONCE = 1000  # journeys disposed of in one transaction

Merge = Callable[[dict[str, Any]], dict[str, Any]]


def begin(
    live: LiveService,
    *,
    language: str,
    known: Mapping[str, Any] = MappingProxyType({}),
    actor: Actor,
    now: datetime,
) -> UUID:
    """Start a journey through what is live now; returns its id, to be granted to the browser that began it.

    ``known`` was said before, on the front door, and is not asked again: checked values by ``known_as``.
    """
    with changing(actor=actor, now=now):
        journey = models.Journey.objects.create(
            id=ids.new_id(),
            organisation_id=live.organisation_id,
            adoption_id=live.adoption_id,
            package_id=live.content_hash,
            language=language,
            answers=rules.known_answers(live.package, known),
            user_id=actor.user_id,
            begun_at=now,
            expires_at=now + UNSENT_LIVES,
        )
    return journey.id


def keep_page(
    seen: Circumstances,
    page_id: str,
    values: Mapping[str, Any],
    *,
    item: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep one page's checked values. Only this page's answers are touched: two tabs do not undo one another.

    ``item`` is the place, from 0, in a page asked several times. Raises AlreadySent, Disposed, or IndexError.
    """
    _merge(seen.journey_id, lambda kept: rules.with_page(seen.package, kept, page_id, values, item), actor, now)


def drop_item(seen: Circumstances, page_id: str, item: int, *, actor: Actor, now: datetime) -> None:
    """Take one of several out again. Raises AlreadySent, or IndexError where there is none."""
    _merge(seen.journey_id, lambda kept: rules.without_item(seen.package, kept, page_id, item), actor, now)


def finish_items(seen: Circumstances, page_id: str, *, actor: Actor, now: datetime) -> None:
    """Note that there is nothing more to add, so that "none" counts as answered. Raises AlreadySent."""
    _merge(seen.journey_id, lambda kept: rules.done_with(seen.package, kept, page_id), actor, now)


def tell_at_once(seen: Circumstances, *, actor: Actor, now: datetime) -> int:
    """Where answers are urgent, give somebody the task to look now, sent or not; returns how many are new.

    Each rule tells once in a journey, also from two tabs at one moment. Nothing is written where nothing is urgent, or
    all was told before.
    """
    team = seen.package.cases[0].team
    if all(rule.id in seen.told for rule in seen.outcome.urgent):
        return 0
    with changing(actor=actor, now=now) as change:
        kept = models.Journey.objects.select_for_update().filter(id=seen.journey_id)
        told = kept.values_list("told", flat=True).first()
        new = [rule for rule in seen.outcome.urgent if told is not None and rule.id not in told]
        if not new:
            return 0
        teams = identity_reads.team_ids(seen.organisation_id)
        tasks.raise_tasks([_urgent_task(seen, rule, teams.get(team)) for rule in new], actor=actor, now=now)
        models.Journey.objects.filter(id=seen.journey_id).update(told=[*(told or ()), *(rule.id for rule in new)])
        change.publish(UrgentRaised(seen.organisation_id, teams.get(team), seen.journey_id), stream=seen.journey_id)
        for rule in new:
            change.record(Act("journey.urgent", seen.organisation_id, seen.journey_id, {"rule": rule.id}))
    return len(new)


def _urgent_task(seen: Circumstances, rule: Rule, team_id: UUID | None) -> NewTask:
    title = {
        language: services.sentence(seen.package, f"rules.{rule.id}.task", language, {})
        for language in seen.package.languages
    }
    return NewTask(
        organisation_id=seen.organisation_id,
        kind=seen.package.id,
        title=title,
        due_at=seen.now + URGENT_WITHIN,
        team_id=team_id,
        about_id=seen.journey_id,
        urgent=True,
    )


def end_urgent(journey_id: UUID, package_id: str, *, actor: Actor, now: datetime) -> int:
    """Nothing that came of a sent report is urgent any more: its urgent tasks need not be done; returns how many."""
    with changing(actor=actor, now=now) as change:
        ended = tasks.finish_about(journey_id, kinds=(package_id,), cancelled=True, actor=actor, now=now)
        if ended:
            organisation_id = models.Journey.objects.values_list("organisation_id", flat=True).get(id=journey_id)
            change.record(Act("journey.urgent_ended", organisation_id, journey_id))
    return ended


def save_for_later(
    seen: Circumstances,
    email: str,
    link: Callable[[str], str],
    words: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Send a link by which the person can go on, on any device, for thirty days.

    ``link`` makes the address from a token; ``words`` holds the subject, and the body with ``{link}`` in it.
    Raises Disposed.
    """
    expires = now + SAVED_LIVES
    with changing(actor=actor, now=now):
        if not models.Journey.objects.filter(id=seen.journey_id).update(saved_to=email, expires_at=expires):
            raise Disposed
        token = identity.issue_token(RETURN_PURPOSE, seen.journey_id, expires=expires, actor=actor, now=now)
        message_id = ids.new_id()
        body = words["body"].replace("{link}", link(token))
        messages.send(
            [
                NewMessage(
                    organisation_id=seen.organisation_id,
                    about_id=seen.journey_id,
                    channel=Channel.EMAIL,
                    to=email,
                    language=seen.language,
                    subject=words["subject"],
                    body=body,
                    key=f"journey.return:{message_id}",
                )
            ],
            actor=actor,
            now=now,
        )


def complete(seen: Circumstances, *, actor: Actor, now: datetime) -> None:
    """Mark the journey sent, as it was when decided on. Called inside the change that opens its cases.

    One statement where all is well. Raises AlreadySent, or ChangedMeanwhile when an answer was changed since.
    """
    with changing(actor=actor, now=now):
        journeys = models.Journey.objects.filter(id=seen.journey_id)
        marked = journeys.filter(state=JourneyState.OPEN, version=seen.version).update(
            state=JourneyState.SENT,
            language=seen.language,
            facts=dict(seen.facts),
            matter=seen.outcome.matter,
            uprn=seen.uprn,
            sent_at=now,
        )
        if not marked:
            if journeys.filter(state=JourneyState.SENT).exists():
                raise AlreadySent
            raise ChangedMeanwhile
        if rules.asks_for_files(seen.package):  # some may have been taken out again before it was sent
            files.forget_about([seen.journey_id], but=rules.file_ids(seen.package, seen.answers), actor=actor, now=now)


def record_sent(seen: Circumstances, *, actor: Actor, now: datetime) -> None:
    """Keep a journey that arrived whole, through the API, as sent. Called inside the change that opens its cases."""
    with changing(actor=actor, now=now):
        models.Journey.objects.create(
            id=seen.journey_id,
            organisation_id=seen.organisation_id,
            adoption_id=seen.adoption_id,
            package_id=seen.content_hash,
            state=JourneyState.SENT,
            language=seen.language,
            answers=dict(seen.answers),
            facts=dict(seen.facts),
            matter=seen.outcome.matter,
            uprn=seen.uprn,
            user_id=actor.user_id,
            begun_at=now,
            sent_at=now,
            expires_at=now,
        )


def dispose_unsent(*, actor: Actor, now: datetime) -> int:
    """Delete journeys nobody went on with, once they have expired, with their files and mails; returns how many.

    A thousand at most: call again while that many go. They are locked first: who answers at that moment keeps theirs.
    """
    with changing(actor=actor, now=now):
        expired = models.Journey.objects.filter(state=JourneyState.OPEN, expires_at__lt=now)
        ids_gone = list(expired.select_for_update(skip_locked=True).values_list("id", flat=True)[:_AT_ONCE])
        files.forget_about(ids_gone, actor=actor, now=now)
        messages.forget_about(ids_gone, actor=actor, now=now)
        models.Journey.objects.filter(id__in=ids_gone).delete()
    return len(ids_gone)


def forget_sender(journey_id: UUID, answers: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """Keep only these answers of a sent journey, and not who sent it."""
    with changing(actor=actor, now=now):
        models.Journey.objects.filter(id=journey_id).update(answers=dict(answers), user=None, saved_to="")


def forget_answers(journey_id: UUID, kept: Mapping[str, Any], *, place: bool, actor: Actor, now: datetime) -> None:
    """Keep only these answers of a sent journey, no facts, no sender; ``place``: and where and what it was about."""
    with changing(actor=actor, now=now):
        forget_sender(journey_id, kept, actor=actor, now=now)
        about = {} if place else {"matter": "", "uprn": ""}
        models.Journey.objects.filter(id=journey_id).update(facts={}, told=[], **about)


def forget(journey_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Delete a sent journey whose cases have all gone."""
    with changing(actor=actor, now=now):
        models.Journey.objects.filter(id=journey_id).delete()


def _merge(journey_id: UUID, merge: Merge, actor: Actor, now: datetime) -> None:
    with changing(actor=actor, now=now):
        journey = models.Journey.objects.select_for_update().filter(id=journey_id).first()
        if journey is None:
            raise Disposed
        if journey.state == JourneyState.SENT:
            raise AlreadySent
        journey.answers = merge(journey.answers)
        journey.version += 1
        journey.expires_at = max(journey.expires_at, now + UNSENT_LIVES)
        journey.save(update_fields=["answers", "version", "expires_at"])
