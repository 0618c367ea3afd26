"""The request that just meets an agreement's conditions, put to the rules that decide real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from placewide.sharing.rules import agreement as agreeing
from placewide.sharing.rules import guards
from placewide.sharing.rules.grounds import Ground
from placewide.sharing.rules.matter import Matter
from placewide.sharing.terms.agreed import Agreement, Flow
from placewide.sharing.terms.asked import NONE, Asker, Body, Cited, Item, Request, Subject, Words
from placewide.sharing.terms.law import Law
from placewide.sharing.terms.observed import Circumstances, Relationship, Statement

_PERSON = "person"


@dataclass(frozen=True, slots=True)
class Probe:
    """What to ask the rules about: one category of one flow for one purpose."""

    agreement: Agreement
    flow: Flow
    purpose: str
    category: str
    nation: str


def ground(probe: Probe, law: Law, on: date, *, holder: Words, says: tuple[str, ...]) -> Ground:
    """The agreement as a ground for it on that day. ``holder``: what the giver does; ``says``: what the person said."""
    return agreeing.ground(probe.agreement, _matter(probe, law, on, holder, says))


def failing(probe: Probe, law: Law, on: date, *, holder: Words, says: tuple[str, ...]) -> tuple[str, ...]:
    """The reasons why it does not go on that day, in the order in which a decision names them; empty: it goes."""
    matter = _matter(probe, law, on, holder, says)
    found = agreeing.ground(probe.agreement, matter)
    failed = (*found.faults, *guards.faults(found, matter))
    return tuple(dict.fromkeys(fault.reason for fault in failed))


def _matter(probe: Probe, law: Law, on: date, holder: Words, says: tuple[str, ...]) -> Matter:
    flow, who = probe.flow, probe.agreement.who
    classes = {each.org: each.klass for each in probe.agreement.parties}
    receiver = Body(flow.receiver, classes.get(flow.receiver, "individual"), NONE, probe.nation)
    subject = Subject(_PERSON, born=date(1, 1, 1), capacity="assessed_has")
    item = Item("asked", _PERSON, (probe.category,), held=True, sensitivity=flow.highest_sensitivity)
    request = Request(
        nation=probe.nation,
        provider=Body(flow.giver, classes.get(flow.giver, "individual"), holder, probe.nation),
        recipients=(receiver,),
        asker=Asker(min(who.roles, default=""), who.sign_in, who.vetting, on if who.training else None),
        agreement=Cited(probe.agreement.id, probe.agreement.version),
        purpose=probe.purpose,
        urgency="routine",
        frequency=min(flow.mode, default=""),
        people=flow.most_people,
        subjects=(subject,),
        items=(item,),
    )
    link = Relationship(receiver.id, _PERSON, who.relationship, on)
    said = tuple(_statement(each, probe, on) for each in says)
    observed = Circumstances(relationships=() if who.relationship == "none" else (link,), statements=said)
    return Matter(law, request, observed, on, item, subject, receiver, child=False, kinds=NONE, said=said)


def _statement(says: str, probe: Probe, on: date) -> Statement:
    kind = "uk_gdpr" if says == "agrees" else None
    return Statement("subject", _PERSON, says, on, kind, (probe.purpose,), probe.flow.receiver)
