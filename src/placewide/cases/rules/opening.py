"""Decide what sending a journey brings about: persons, cases, who may follow, tasks, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from placewide.cases.rules.standing import due_at, task_due
from placewide.cases.rules.telling import tell, to_tell
from placewide.cases.rules.words import address_line, for_both, in_language, to_do_in
from placewide.cases.terms import Follower, NewCase, NewParticipation, Opening, Sees, Sentence, Standing, TaskKind
from placewide.journeys.terms import Circumstances
from placewide.messages.terms import NewMessage
from placewide.people.terms import AccessNeed, NewPerson
from placewide.services import rules
from placewide.services.terms import CaseType, PersonRole, Rule
from placewide.services.terms import Follower as FollowerRow
from placewide.tasks.terms import URGENT_WITHIN, NewTask

SENDER = "sender"  # the role of a browser whose user left no name


@dataclass(frozen=True, slots=True)
class Makers:
    """Where ids and references come from, and what the decision must know of the organisation."""

    new_id: Callable[[], UUID]
    new_reference: Callable[[], str]
    teams: Mapping[str, UUID]  # slug → id
    organisation: Sentence  # its name by language
    nation: str
    known: Mapping[str, str]  # further particulars of sentences
    link: Callable[[str], Sentence]  # reference → address of the case's page, by language
    by_phone: Sentence  # what stands for the link to whoever left no email address
    tell_safely: Sentence  # what staff do where nothing may be sent to somebody
    taken_back: Sentence  # that danger (``%(what)s``) was told of, and taken back before it was sent


@dataclass(frozen=True, slots=True)
class _Sending:
    """One journey being sent, with the people it speaks of."""

    seen: Circumstances
    makers: Makers
    persons: Mapping[str, NewPerson]  # by role
    senders: frozenset[UUID]  # ids of persons who fill in for themselves


def open_cases(seen: Circumstances, makers: Makers) -> Opening:
    """Everything that follows from sending this journey. Nothing is read and nothing is written here."""
    spoken_of = rules.people(seen.package, seen.walk.known)
    persons = {name: _person(seen, role, told, makers) for name, (role, told) in spoken_of.items()}
    senders = frozenset(persons[name].id for name, (role, _) in spoken_of.items() if role.signed_in)
    sending = _Sending(seen, makers, persons, senders)
    opened = [(kind, _case(sending, kind)) for kind in map(seen.package.case_type, seen.outcome.cases)]
    taking_part = {case.id: tuple(_participations(sending, kind, case)) for kind, case in opened}
    messages = tuple(m for kind, case in opened for m in _messages(sending, kind, case, taking_part[case.id]))
    needed = {case.person_id for _, case in opened} | {p.person_id for some in taking_part.values() for p in some}
    return Opening(
        persons=tuple(person for person in persons.values() if person.id in needed),
        cases=tuple(case for _, case in opened),
        participations=tuple(p for some in taking_part.values() for p in some),
        tasks=(
            *(_task(seen, kind, case, makers.nation) for kind, case in opened),
            *(each for _, case in opened for each in to_tell(_standing(sending, case), messages, seen.now)),
        ),
        messages=messages,
        granted=tuple(p.id for some in taking_part.values() for p in some if p.person_id in {None, *senders}),
    )


def _person(seen: Circumstances, role: PersonRole, told: Mapping[str, Any], makers: Makers) -> NewPerson:
    """What this organisation now knows of somebody the answers speak of."""
    return NewPerson(
        id=makers.new_id(),
        organisation_id=seen.organisation_id,
        name=told.get("name") or "",
        email=told.get("email") or "",
        phone=told.get("phone") or "",
        address=_address(told.get("address")),
        born_on=told.get("born_on"),
        language=told.get("language") or seen.language,
        access_needs=AccessNeed.among(told.get("access_needs") or ()),
        user_id=seen.user_id if role.signed_in else None,
    )


def _address(told: Mapping[str, Any] | None) -> dict[str, Any]:
    return {**told, "text": address_line(told)} if told else {}


def _case(sending: _Sending, kind: CaseType) -> NewCase:
    seen, makers = sending.seen, sending.makers
    about, state = sending.persons.get(kind.about), kind.state(kind.first)
    danger = (*seen.outcome.urgent, *seen.taken_back)
    due = seen.now + URGENT_WITHIN if danger else due_at(state, seen.now, makers.nation)
    reference = makers.new_reference()
    return NewCase(
        id=makers.new_id(),
        reference=reference,
        case_type=kind.id,
        state=state.id,
        due_at=due,
        waits_for=state.waits_for,
        team_id=makers.teams.get(kind.team),
        person_id=about.id if about else None,
        place=address_line(seen.walk.answers.get(kind.address)) if kind.address else "",
        urgent=bool(danger),
        notes=tuple(rule.id for rule in (*danger, *seen.outcome.notes)),
        sentence=for_both(seen.package, f"cases.{kind.id}.opened", {}, makers.organisation),
        taken_back=tuple(_taken_back(seen, rule, makers.taken_back) for rule in seen.taken_back),
    )


def _taken_back(seen: Circumstances, rule: Rule, said: Sentence) -> Sentence:
    """The word to staff, in each language of the package."""
    package = seen.package
    called = {
        language: package.text(f"rules.{rule.id}.task", language) or package.text(f"rules.{rule.id}.title", language)
        for language in package.languages
    }
    return {language: in_language(said, language) % {"what": what} for language, what in called.items()}


def _followers(seen: Circumstances, kind: CaseType) -> tuple[FollowerRow, ...]:
    return rules.followers(seen.package, kind, seen.walk.known, taken_back=seen.taken_back)


def _participations(sending: _Sending, kind: CaseType, case: NewCase) -> Iterator[NewParticipation]:
    """As the package lets them; and where nobody who sent it left a name, the browser that did."""
    new_id = sending.makers.new_id
    for follower in _followers(sending.seen, kind):
        person = sending.persons.get(follower.person)
        if person is not None:
            role = "about" if follower.person == kind.about else "follower"
            yield NewParticipation(
                id=new_id(),
                case_id=case.id,
                person_id=person.id,
                sees=Sees(follower.sees),
                role=role,
                reason=follower.person,
                held=follower.held,
                shown=not follower.held or person.id in sending.senders,
            )
    if not sending.senders:
        yield NewParticipation(new_id(), case.id, None, Sees.SENT, SENDER, SENDER)


def sender_roles(seen: Circumstances) -> frozenset[str]:
    """The reasons of participations that belong to whoever sent it: the same as ``Opening.granted``."""
    spoken_of = rules.people(seen.package, seen.walk.known)
    return frozenset(name for name, (role, _) in spoken_of.items() if role.signed_in) | {SENDER}


def _task(seen: Circumstances, kind: CaseType, case: NewCase, nation: str) -> NewTask:
    return NewTask(
        organisation_id=seen.organisation_id,
        kind=TaskKind.STATE,
        title=to_do_in(seen.package, kind.id, case.state),
        due_at=task_due(case.due_at, seen.now, nation),
        team_id=case.team_id,
        about_id=case.id,
        urgent=case.urgent,
    )


def _messages(
    sending: _Sending, kind: CaseType, case: NewCase, taking_part: tuple[NewParticipation, ...]
) -> Iterator[NewMessage]:
    """The word that it has arrived, to each follower who left a way to answer, in that person's language."""
    seen = sending.seen
    by_id = {person.id: person for person in sending.persons.values()}
    reached = [(p.reason, _follower(by_id[p.person_id], p)) for p in taking_part if p.person_id in by_id]
    own = {row.person: row.opened for row in _followers(seen, kind)}
    standing = _standing(sending, case)
    for role, follower in reached:
        message = own.get(role)
        message, occasion = kind.opened if message is None else message, f"case.opened:{case.id}"
        told, known = {"due": case.due_at}, seen.walk.known
        yield from tell(
            seen.package, message, standing, [follower], told, key=occasion, answers=known, heard=seen.heard
        )


def _standing(sending: _Sending, case: NewCase) -> Standing:
    makers = sending.makers
    return Standing(
        case_id=case.id,
        reference=case.reference,
        organisation_id=sending.seen.organisation_id,
        organisation=makers.organisation,
        nation=makers.nation,
        case_type=case.case_type,
        state=case.state,
        since=sending.seen.now,
        team_id=case.team_id,
        link=makers.link(case.reference),
        known=makers.known,
        by_phone=makers.by_phone,
        tell_safely=makers.tell_safely,
    )


def _follower(person: NewPerson, part: NewParticipation) -> Follower:
    return Follower(
        person_id=person.id,
        name=person.name,
        email=person.email,
        phone=person.phone,
        address=person.address,
        language=person.language,
        access_needs=person.access_needs,
        sees=part.sees,
        held=part.held,
    )
