"""Requests to share, generated: a given decision case, changed at random in a few places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from placewide.sharing.format.case import Case
from placewide.sharing.format.files import law_of, read_case, schema_of_case
from placewide.sharing.rules.decide import decide
from placewide.sharing.terms.agreed import Agreement, gather
from placewide.sharing.terms.asked import Item, Subject
from placewide.sharing.terms.decided import Decision
from placewide.sharing.terms.observed import Consulted, PersonDecided, Relationship, Risk, Statement

GIVEN = Path(__file__).resolve().parents[1] / "decisions" / "given"
CASES = tuple(read_case(file, file.name) for file in sorted(GIVEN.glob("*.yaml")))
_LISTS = schema_of_case()["$defs"]

Change = Callable[[Case], Case]


def among(name: str) -> st.SearchStrategy[str]:
    """One word of a closed list of the format."""
    return st.sampled_from(_LISTS[name]["enum"])


def answer(case: Case) -> Decision:
    """The decision on a case."""
    return decide(case.agreements, law_of(case), case.request, case.circumstances, case.on)


def asked(case: Case, **changed: Any) -> Case:
    """The case with another request."""
    return replace(case, request=replace(case.request, **changed))


def observed(case: Case, **added: Any) -> Case:
    """The case with more observed: each list is added to."""
    now = case.circumstances
    return replace(case, circumstances=replace(now, **{n: (*getattr(now, n), *more) for n, more in added.items()}))


def agreed(case: Case, **changed: Any) -> Case:
    """The case with every agreement changed."""
    found = tuple(replace(each, **changed) for each in case.agreements.by_citation.values())
    return replace(case, agreements=gather(found))


def agreement_of(case: Case) -> Agreement | None:
    """The agreement that the case cites, if it is there."""
    return case.agreements.by_citation.get(case.request.agreement) if case.request.agreement else None


def first_item(case: Case, **changed: Any) -> Case:
    """The case with its first item changed."""
    first, *others = case.request.items
    return asked(case, items=(replace(first, **changed), *others))


def first_subject(case: Case, **changed: Any) -> Case:
    """The case with its first subject changed."""
    first, *others = case.request.subjects
    return asked(case, subjects=(replace(first, **changed), *others))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """One change of what is asked or when: it may help or harm."""
    kind = draw(
        st.sampled_from(["purpose", "role", "urgency", "frequency", "people", "category", "born", "days", "vetting"])
    )
    if kind == "role":
        role = draw(among("role"))
        return lambda case: asked(case, asker=replace(case.request.asker, role=role))
    if kind == "vetting":
        vetting = draw(among("vetting"))
        return lambda case: asked(case, asker=replace(case.request.asker, vetting=vetting))
    if kind == "people":
        people = draw(st.integers(1, 50))
        return lambda case: asked(case, people=people)
    if kind == "category":
        categories = tuple(draw(st.lists(among("category"), min_size=1, max_size=2)))
        return lambda case: first_item(case, categories=categories)
    if kind == "born":
        born = draw(st.dates(date(1940, 1, 1), date(2026, 1, 1)))
        return lambda case: first_subject(case, born=born)
    if kind == "days":
        days = draw(st.integers(-1500, 800))
        return lambda case: replace(case, on=case.on + timedelta(days=days))
    word = draw(among(kind))
    return lambda case: asked(case, **{kind: word})


@st.composite
def cases(draw: st.DrawFn, given: tuple[Case, ...] = CASES) -> Case:
    """One of these cases with up to three changes."""
    case = draw(st.sampled_from(given))
    for change in draw(st.lists(changes(), max_size=3)):
        case = change(case)
    return case


def against(case: Case) -> list[Case]:
    """The case with one thing more that speaks against sharing, one for each such thing."""
    first, on = case.request.subjects[0], case.on
    return [
        *(observed(case, statements=(_says(first, says, on),)) for says in ("declines", "withdraws", "objects_care")),
        observed(case, statements=(_says(first, "objects_art21", on),)),
        observed(case, statements=(replace(_says(first, "likely_to_object", on), by="health_professional"),)),
        *(
            observed(case, statements=(replace(_says(first, "declines", on), by=by),))
            for by in ("parent", "representative")
        ),
        observed(case, decisions=(_refused(case),)),
        *(_read_by_others(case, read) for read in ("shared", "unknown")),
        observed(case, consulted=(Consulted("health_professional", "sharing_would_harm_person", on),)),
        observed(case, risks=(_if_shared(on),)),
        observed(case, relationships=(Relationship("asker", first.id, "ex_partner", on),)),
        *(first_item(case, marks=case.request.items[0].marks | {mark}) for mark in _MARKS),
        first_item(case, third_party=True),
        first_item(case, sensitivity="very_restricted"),
        first_item(case, held=False),
        first_subject(case, marks=first.marks | {"address_protected"}),
        first_subject(case, match_score=0.5, match_confirmed_by=None),
        first_subject(case, national_opt_out=on),
        first_subject(case, capacity="doubted"),
        asked(case, asker=replace(case.request.asker, training_until=None)),
        asked(case, asker=replace(case.request.asker, sign_in="password")),
    ]


_MARKS = ("existence_sensitive", "accuracy_disputed", "adoption_record", "gender_recognition_history")


def _says(subject: Subject, says: str, on: date) -> Statement:
    return Statement("subject", subject.id, says, on)


def _refused(case: Case) -> PersonDecided:
    recipient, subject = case.request.recipients[0].id, case.request.subjects[0].id
    return PersonDecided("one_off_release", "ig_lead", case.on, "refuse", subject, "B. Person", recipient)


def _read_by_others(case: Case, read: str) -> Case:
    return asked(case, recipients=tuple(replace(each, read_by_others=read) for each in case.request.recipients))


def _if_shared(on: date) -> Risk:
    return Risk("child", "abuse_or_neglect", "high", "imminent", "if_shared", "safeguarding_lead", on)


def goes(decision: Decision) -> set[tuple[str, str, date]]:
    """Everything that is released: item, recipient, and each year it covers by its first day."""
    return {
        (each.item, recipient, day)
        for each in decision.released
        for recipient in each.recipients
        for day in _years(each.starts, each.ends)
    }


def _years(starts: date | None, ends: date | None) -> list[date]:
    first, last = starts or date.min, ends or starts or date.min
    return [date(year, 1, 1) for year in range(first.year, last.year + 1)]


def items_of(case: Case) -> dict[str, Item]:
    """The items by id."""
    return {each.id: each for each in case.request.items}


def reasons(case: Case, item: int = 0) -> set[str]:
    """Why this item is withheld."""
    return {each.reason for each in answer(case).withheld if each.item == case.request.items[item].id}


def agreeing(case: Case, kind: str = "confidentiality", by: str = "subject") -> Case:
    to = case.request.recipients[0].id
    said = Statement(by, case.request.subjects[0].id, "agrees", case.on, kind, (case.request.purpose,), to)
    return observed(case, statements=(said,))


def saying(case: Case, says: str, by: str = "subject", **more: Any) -> Case:
    return observed(case, statements=(Statement(by, case.request.subjects[0].id, says, case.on, **more),))


def decided(case: Case, **changed: Any) -> Case:
    made = PersonDecided(
        about="one_off_release",
        by="nominated_person",
        day=case.on,
        result="release",
        subject=case.request.subjects[0].id,
        name="A. Okafor",
        recipient=case.request.recipients[0].id,
    )
    return observed(case, decisions=(replace(made, **changed),))


# What stands before every ground, each in a way of its own: none of them makes another go away.
GUARDED: tuple[Change, ...] = (
    lambda case: first_item(case, third_party=True),
    lambda case: first_item(case, marks=case.request.items[0].marks | {"accuracy_disputed"}),
    lambda case: first_item(case, marks=case.request.items[0].marks | {"adoption_record"}),
    lambda case: first_item(case, marks=case.request.items[0].marks | {"gender_recognition_history"}),
    lambda case: first_subject(case, match_score=0.5, match_confirmed_by=None),
    lambda case: _read_by_others(case, "shared"),
    lambda case: observed(
        case, relationships=(Relationship("asker", case.request.subjects[0].id, "neighbour", case.on),)
    ),
)


def unheard(case: Case) -> list[Case]:
    """The case with somebody saying something that is not theirs to say, or is said of somebody or something else."""
    first, on, to = case.request.subjects[0], case.on, case.request.recipients[0].id
    agrees = Statement("subject", first.id, "agrees", on, "uk_gdpr", (case.request.purpose,), to)
    other = "research" if case.request.purpose != "research" else "service_planning"
    says = [
        replace(agrees, by="health_professional"),
        replace(agrees, to="somebody-else"),
        replace(agrees, purposes=(other,)),
        replace(agrees, subject="somebody-else"),
        replace(_says(first, "declines", on), subject="somebody-else"),
        replace(_says(first, "objects_care", on), to="somebody-else"),
        replace(_says(first, "withdraws", on), purposes=(other,)),
    ]
    grown_up = on.year - first.born.year > 18
    says += [replace(each, by="parent") for each in (agrees, _says(first, "declines", on)) if grown_up]
    return [observed(case, statements=(each,)) for each in says]
