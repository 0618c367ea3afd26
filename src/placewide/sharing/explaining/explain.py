"""The page about one decision: for the member of staff who asked, or for the person it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from placewide.sharing.explaining.kept import Kept, by_reason, kept_back
from placewide.sharing.explaining.page import Page, Section
from placewide.sharing.explaining.telling import Telling, fill
from placewide.sharing.terms.decided import Outcome, Owed, Released

_GIVEN = (Outcome.MUST_SHARE, Outcome.MAY_SHARE)


def for_staff(telling: Telling) -> Page:
    """What goes, what does not and why, what to do instead, what is owed, by which law, what the person will read."""
    telling = replace(telling, resident=False)
    cannot_confirm = telling.decision.outcome is Outcome.CANNOT_CONFIRM
    return Page(
        title=_title(telling),
        intro=tuple(_intro(telling)),
        sections=(
            *_given(telling),
            *_kept(telling),
            *_instead(telling),
            *_owed(telling),
            *(() if cannot_confirm else _law(telling)),
            *_theirs(telling),
        ),
        closing=() if cannot_confirm else (telling.page("unread"),),
    )


def for_residents(telling: Telling) -> dict[str, Page]:
    """The page of each person something is asked about, by their id. Each has only what is about that person."""
    if not telling.apart:
        return {telling.request.items[0].subject: for_resident(telling)}
    pages = {}
    for subject, theirs in telling.apart.items():
        page = for_resident(theirs)
        notes = [telling.page("only_for", item=subject), *([page.note] if page.note else [])]
        pages[subject] = replace(page, note=" ".join(notes))
    return pages


def for_resident(telling: Telling) -> Page:
    """The same in the words for the one person. ``note`` says when it may be shown, where that is not at once."""
    if len(telling.request.subjects) > 1:
        raise ValueError("This is about several people: each has a page of their own.")
    telling = replace(telling, resident=True)
    decision = telling.decision
    happened = list(_given_lines(telling))
    happened += [_kept_line(telling, code, each) for code, each in by_reason(kept_back(telling))]
    means = tuple(dict.fromkeys(telling.obligation(each) for each in _to_come(decision.obligations)))
    sections = [Section(telling.page("decided"), tuple(dict.fromkeys(happened)))]
    if means:
        sections.append(Section(telling.page("what_holds"), means))
    asked = telling.page("who_asked", day=telling.day(telling.on))
    return Page(
        title=telling.page("about_you"),
        intro=(asked,),
        sections=tuple(sections),
        closing=(telling.page("if_wrong"),),
        note=_when(telling, "show"),
    )


def _to_come(owed: tuple[Owed, ...]) -> Iterator[Owed]:
    """What the person reads of what is owed: who is heard before anything goes is not told that something went."""
    first = any(each.code == "HEAR_PERSON_FIRST" for each in owed)
    yield from (each for each in owed if not (first and each.code == "TELL_PERSON_NOW"))


def _title(telling: Telling) -> str:
    decision = telling.decision
    part = decision.outcome in _GIVEN and decision.withheld
    return telling.page(f"{decision.outcome}_PART" if part else str(decision.outcome))


def _intro(telling: Telling) -> Iterator[str]:
    said = [telling.page("asked_by", day=telling.day(telling.on))]
    if telling.request.agreement is not None:
        said.append(telling.page("under"))
    if telling.request.urgency == "emergency":
        said.append(telling.page("in_emergency"))
    yield " ".join(said)


# ---- what goes -----------------------------------------------------------------------------------------------------


def _given(telling: Telling) -> Iterator[Section]:
    lines = tuple(_given_lines(telling))
    if lines:
        yield Section(telling.page("you_get" if telling.to_you else "they_get"), lines)


def _given_lines(telling: Telling) -> Iterator[str]:
    """A sentence for each ground, then for what else a release rests on."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[Released]] = {}
    for each in telling.decision.released:
        groups.setdefault((each.reason, each.ground, each.recipients), []).append(each)
    for (reason, ground, recipients), several in groups.items():
        law = telling.law_called(ground) or telling.phrase("one_off")
        yield telling.reason(reason, items=telling.released(several), recipient=telling.recipients(recipients), law=law)
    items = telling.items(each.item for each in telling.decision.released)
    yield from (telling.reason(code, items=items) for code in _also_given(telling))


def _also_given(telling: Telling) -> list[str]:
    """Reasons to share that stand beside the ground of a release."""
    decision = telling.decision
    said = _said_of_items(telling)
    return [code for code in decision.reasons if code not in said and telling.said_of(code).says == "share"]


def _said_of_items(telling: Telling) -> set[str]:
    decision = telling.decision
    return {each.reason for each in decision.released} | {each.reason for each in decision.withheld}


# ---- what does not go ----------------------------------------------------------------------------------------------


def _kept(telling: Telling) -> Iterator[Section]:
    groups = kept_back(telling)
    for each in groups:
        heading = "asked_first" if each.asks else ("not_given" if telling.to_you else "they_not")
        lines = [_kept_line(telling, code, each) for code in each.reasons]
        lines += [telling.page("even_then", said=_kept_line(telling, code, each)) for code in each.further]
        named = len(groups) == len(lines) == 1 and telling.items(each.items) in lines[0]
        yield Section(telling.page(heading), tuple(lines), None if named else _about(telling, each))
    said = _said_of_items(telling)
    beside = [r for r in telling.decision.reasons if r not in said and telling.said_of(r).says != "share"]
    if beside:
        yield Section(telling.page("also_note"), tuple(telling.reason(code) for code in beside))


def _about(telling: Telling, kept: Kept) -> str:
    items = fill(telling.items(kept.items), {})
    everybody = set(kept.recipients) == {each.id for each in telling.request.recipients}
    return (
        f"{items}:" if everybody else telling.page("about_for", item=items, recipient=telling.all_of(kept.recipients))
    )


def _kept_line(telling: Telling, code: str, kept: Kept) -> str:
    chosen = {"items": telling.items(kept.items), "recipient": telling.recipients(kept.recipients)}
    law = next((c for c in telling.decision.cites if _gives(telling, c, code)), None)
    return telling.reason(code, **chosen, **({"law": telling.law_called(law) or ""} if law else {}))


def _gives(telling: Telling, cited: str, reason: str) -> bool:
    return cited in telling.wording.laws and telling.wording.laws[cited].reason == reason


def _instead(telling: Telling) -> Iterator[Section]:
    """What can be done: of what is refused, what mends the refusals."""
    lines = [
        said
        for each in kept_back(telling)
        for code in each.reasons
        if (said := telling.instead(code, items=telling.items(each.items))) is not None
    ]
    if lines:
        yield Section(telling.page("instead"), tuple(dict.fromkeys(lines)))


# ---- what is owed, and by which law ----------------------------------------------------------------------------------


def _owed(telling: Telling) -> Iterator[Section]:
    found: dict[str, list[str]] = {"recipient": [], "both": [], "provider": []}
    for each in telling.decision.obligations:
        found[telling.wording.obligations[each.code][0].owes].append(telling.obligation(each))
    headings = {
        "recipient": "you_owe" if telling.to_you else "they_owe",
        "provider": "provider_owes",
        "both": "both_owe" if telling.to_you else "all_owe",
    }
    for side, lines in found.items():
        if lines:
            yield Section(telling.page(headings[side]), tuple(dict.fromkeys(lines)))


def _law(telling: Telling) -> Iterator[Section]:
    decision = telling.decision
    lines = []
    for code in decision.cites:
        name = telling.wording.laws.get(code)
        said = fill(telling.law_called(code) or code, {})
        lines.append(f"{said}\n{name.source}" if name is not None and name.source else said)
    if lines:
        rests = decision.outcome in _GIVEN
        yield Section(telling.page("law" if rests else "law_looked_at"), tuple(lines))


def _theirs(telling: Telling) -> Iterator[Section]:
    """What the person will read: where it is about several, a section for each, under their id."""
    for subject, theirs in (telling.apart or {"": telling}).items():
        heading = _when(theirs, "read") or theirs.page("will_read")
        lines = tuple(line for each in for_resident(theirs).sections for line in each.lines)
        yield Section(heading, lines, about=f"{subject}:" if subject else None)


def _when(telling: Telling, verb: str) -> str | None:
    """When the person may read their page: at once (None to "show"), later, once it is safe, or after a check."""
    decision = telling.decision
    if decision.outcome not in _GIVEN:
        return telling.page(f"{verb}_checked")
    for each in decision.obligations:
        if each.code == "TELL_PERSON_LATER" and each.on is not None:
            return telling.page(f"{verb}_later", day=telling.day(each.on))
        if each.code == "DO_NOT_TELL":
            return telling.page(f"{verb}_held")
    return None
