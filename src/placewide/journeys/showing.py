"""What each page of a journey shows, worked out from its circumstances; templates only lay it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from placewide.journeys import rules as ways
from placewide.journeys.asking import PageForm
from placewide.journeys.reaching import ring_first
from placewide.journeys.terms import Circumstances
from placewide.kernel.clock import legal_date
from placewide.places import reads as places
from placewide.places.models import Organisation
from placewide.services import rules
from placewide.services.rules import ShownAnswer, Speaker
from placewide.services.terms import Component, LiveService, Package, Page, Rule
from placewide.ui.prose import prose
from placewide.ui.terms import Fault
from placewide.ui.wording import money


def voice(seen: Circumstances) -> Speaker:
    """Says the package's sentences in the journey's language, with what is known filled in."""
    body = places.organisation_by_id(seen.organisation_id)
    further = further_of(body, seen.settings, seen.language)
    return rules.speaker(seen.package, seen.language, seen.walk.known, further, heard=seen.heard)


def further_of(body: Organisation, settings: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Particulars that are nobody's answers: the organisation, its phone, what it has set for the service."""
    name = (body.name_cy if language == "cy" else "") or body.name
    return {"organisation": name, "phone": body.phone, **settings}


def start_page(live: LiveService, body: Organisation, language: str, now: datetime) -> dict[str, Any]:
    """PAGES 2: what you get, what it takes, who provides it, other ways, what happens to your information."""
    known, told = {"today": legal_date(now).isoformat()}, further_of(body, live.settings, language)
    speaker = rules.speaker(live.package, language, known, told)
    say = speaker.say
    urgent = say("start.urgent")
    return {
        "title": say("service.name"),
        "summary": say("service.summary"),
        "back_href": reverse("front-door"),
        "get": speaker.tell("start.get"),
        "need": [line for line in say("start.need").split("\n") if line],
        "cost": f"{_cost(live.package, legal_date(now))} {say('start.cost_why')}".strip(),
        "time": say("start.time"),
        "provider": told["organisation"],
        "action": reverse("service-start", kwargs={"organisation": body.slug, "service": live.slug}),
        "href": "",
        "button": say("start.button"),
        "other_ways": _other_ways(speaker, str(told["phone"]), body.address),
        "information": speaker.tell("start.information"),
        "privacy_href": reverse("privacy"),
        "notices": [{"title": gettext("Is it urgent?"), "text": urgent, "kind": "bad"}] if urgent else [],
    }


def _cost(package: Package, today: date) -> str:
    costs = rules.costs_on(package, today)
    if costs == (0,):
        return gettext("It is free.")
    least, most = money(costs[0]), money(costs[-1])
    return least if len(costs) == 1 else gettext("From {least} to {most}.").format(least=least, most=most)


def _other_ways(speaker: Speaker, phone: str, address: str) -> list[dict[str, str]]:
    """By phone, at the desk or home, by letter: of equal worth, and only those the package speaks of.

    What is not said in the package's own sentence stands below it: the number to press, the address to write to.
    """
    reach = {"phone": (phone, f"tel:{phone.replace(' ', '')}"), "desk": ("", ""), "letter": (address, "")}
    told = [(way, speaker.tell(f"start.{way}"), *below) for way, below in reach.items()]
    return [
        {"title": speaker.say(f"start.{way}_title"), "text": text, "link": link, "href": href}
        if href not in prose(text) or not href
        else {"title": speaker.say(f"start.{way}_title"), "text": text, "link": "", "href": ""}
        for way, text, link, href in told
        if text
    ]


def question_page(seen: Circumstances, page: Page, item: int | None, form: PageForm) -> dict[str, Any]:
    """PAGES 3: one question large, errors on top and at the field, a way back."""
    say = voice(seen)
    section = ways.section_of(seen.package, page.id)
    title = say.say(f"pages.{page.id}.title")
    alone = not title and len(page.questions) == 1
    components = rules.draw_page(page, form.raw, form.problems, say, heading=alone, found=form.found)
    components, looking = _looking_first(components, page)
    return {
        "title": title or rules.ask(page.questions[0], say).label,
        "show_title": not alone,
        "caption": say.say(f"sections.{section.id}") if section and seen.package.task_list else "",
        "body": say.tell(f"pages.{page.id}.body"),
        "back_href": _back(seen, page, item),
        "about": _about(seen, page, say),
        "faults": tuple(Fault(say.problem(p), rules.field_id(seen.package, p)) for p in form.problems),
        "components": components,
        "files": {i: {"name": kept.name, "size": kept.size, "href": ""} for i, kept in form.files.items()},
        "action": _address(seen, page, item),
        "hidden": form.hidden,
        "button": looking or say.say("question.button") or gettext("Continue"),
        "notices": _notices(seen, page.id, say),
        "save": gettext("Save and come back later") if seen.package.save_and_return else "",
        "multipart": any(question.kind == "files" for question in page.questions),
        "items": _items(seen, page, say) if item is None else [],
        "add": say.say(f"pages.{page.id}.add") if page.repeat and item is None else "",
    }


def _about(seen: Circumstances, page: Page, say: Speaker) -> dict[str, str]:
    """The address of the page before, which may have been known before anything was asked, and where to change it."""
    before = ways.page_before(seen.outcome, page.id)
    asked = seen.package.page(before).questions if before else ()
    if len(asked) != 1 or asked[0].known_as != "place.address":
        return {}
    found = next((a for a in rules.shown_answers(seen.package, seen.walk, say) if a.page_id == before), None)
    return (
        {"text": ", ".join(found.lines), "href": reverse("journey-page", args=[seen.journey_id, before])}
        if found
        else {}
    )


def _looking_first(components: tuple[Component, ...], page: Page) -> tuple[tuple[Component, ...], str]:
    """An address that must be given, alone on its page and not found yet: the page's one button looks for it."""
    first = components[0] if len(components) == 1 and page.questions[0].required else None
    if first is None or first.macro != "addressQuestion" or first.parameters["mode"] != "search":
        return components, ""
    return (replace(first, parameters={**first.parameters, "alone": True}),), first.parameters["texts"]["find"]


def tasks_page(seen: Circumstances) -> dict[str, Any]:
    """The sections with what is done and what to do; each leads to its first page that wants an answer."""
    say = voice(seen)
    sections = [
        {
            "title": say.say(f"sections.{section.id}"),
            "hint": say.say(f"sections.{section.id}_hint"),
            "href": reverse("journey-page", args=[seen.journey_id, ways.first_of(section, seen.outcome)]),
            "state": state,
        }
        for section, state in ways.progress(seen.package, seen.outcome)
    ]
    saves = seen.package.save_and_return
    return {
        "title": gettext("Your answers so far"),
        "caption": say.say("service.name"),
        "lead": say.say("tasks.lead"),
        "back_href": reverse("front-door"),
        "done": sum(section["state"] == "done" for section in sections),
        "of": len(sections),
        "groups": [{"sections": sections}],
        "action": reverse("journey-tasks", args=[seen.journey_id]),
        "hidden": {},
        "button": gettext("Check your answers") if seen.outcome.may_be_sent else "",
        "notices": [*_urgent(seen, say), *_stopped(seen, say), *_ending(seen, say)],
        "save": gettext("Save and come back later") if saves else "",
        "save_text": say.say("tasks.kept") if saves else "",
    }


def check_page(seen: Circumstances) -> dict[str, Any]:
    """PAGES 4: the answers in groups, each with "Change"; the fee and how it was worked out; one button."""
    say, fee = voice(seen), seen.outcome.fee
    notes = [_said(rule, say, "know") for rule in seen.outcome.notes]
    return {
        "title": say.say("check.title") or gettext("Check your answers"),
        "lead": say.say("check.body"),
        "back_href": way_back(seen),
        "faults": (),
        "sections": answer_groups(seen, say),
        "fee": {"amount": money(fee.pence), "how": say.say(f"fees.{fee.fee}"), "source": fee.source}
        if fee.pence
        else None,
        "declaration": say.tell("declaration.body"),
        "notices": [*_urgent(seen, say), *notes],
        "action": reverse("journey-send", args=[seen.journey_id]),
        "hidden": {},
        "button": say.say("check.send"),
        "save": gettext("Save and come back later") if seen.package.save_and_return else "",
    }


def stop_page(seen: Circumstances) -> dict[str, Any]:
    """Why no case is opened and what to do instead; the answer that led here can be changed."""
    rule, say = seen.outcome.stop, voice(seen)
    assert rule is not None
    return {
        "title": say.say(f"rules.{rule.id}.title"),
        "body": say.tell(f"rules.{rule.id}.body"),
        "law": rule.law,
        "back_href": reverse("journey-page", args=[seen.journey_id, rule.after]),
        "notices": _urgent(seen, say),
        "home": reverse("front-door"),
    }


def answer_groups(seen: Circumstances, say: Speaker, *, to_change: bool = True) -> list[dict[str, Any]]:
    """The answers that count, by section; ``to_change``: each with the page where whoever answers can change it."""
    found = rules.shown_answers(seen.package, seen.walk, say)
    return [
        {"title": say.say(f"sections.{section_id}"), "rows": [_row(seen, answer, to_change) for answer in answers]}
        for section_id, answers in groupby(found, attrgetter("section_id"))
    ]


def _row(seen: Circumstances, answer: ShownAnswer, to_change: bool) -> dict[str, Any]:
    row = {"key": answer.words, "value": list(answer.lines)}
    return row | ({"href": reverse("journey-page", args=[seen.journey_id, answer.page_id])} if to_change else {})


def way_back(seen: Circumstances, page_id: str = "") -> str:
    """The page before this one: a question, the task list, or the start of the journey."""
    before = ways.page_before(seen.outcome, page_id) if page_id else (seen.outcome.path or ("",))[-1]
    section, other = ways.section_of(seen.package, page_id), ways.section_of(seen.package, before)
    if seen.package.task_list and (not before or section != other):
        return reverse("journey-tasks", args=[seen.journey_id])
    if not before:
        return reverse("front-door")
    return reverse("journey-page", args=[seen.journey_id, before])


def _items(seen: Circumstances, page: Page, say: Speaker) -> list[dict[str, Any]]:
    """What was added so far on a page that is asked several times."""
    items = seen.answers.get(rules.page_key(page)) or [] if page.repeat else []
    return [
        {
            "text": rules.item_in_words(page.questions, item, say),
            "change_href": reverse("journey-item", args=[seen.journey_id, page.id, number]),
            "remove_value": str(number),
        }
        for number, item in enumerate(items, start=1)
    ]


def _address(seen: Circumstances, page: Page, item: int | None) -> str:
    if item is None:
        return reverse("journey-page", args=[seen.journey_id, page.id])
    return reverse("journey-item", args=[seen.journey_id, page.id, item + 1])


def _back(seen: Circumstances, page: Page, item: int | None) -> str:
    return way_back(seen, page.id) if item is None else _address(seen, page, None)


def _urgent(seen: Circumstances, say: Speaker) -> list[dict[str, str]]:
    """Each urgent word once: two rules that say the same under one heading are one box."""
    said = {box["title"]: box for box in _unheard(seen)}
    for rule in seen.outcome.urgent:
        box = _said(rule, say, "bad")
        said.setdefault(box["title"], box)
    return list(said.values())


def _unheard(seen: Circumstances) -> list[dict[str, str]]:
    title, text = ring_first(seen)
    return [{"title": title, "text": text, "kind": "bad"}] if title else []


def _stopped(seen: Circumstances, say: Speaker) -> list[dict[str, str]]:
    return [_said(seen.outcome.stop, say, "know")] if seen.outcome.stop else []


def _ending(seen: Circumstances, say: Speaker) -> list[dict[str, str]]:
    """Notes of the last page of a section: from there one comes back to the task list."""
    last = ways.last_pages(seen.package, seen.outcome)
    return [_said(rule, say, "know") for rule in seen.outcome.notes if rule.after in last]


def _notices(seen: Circumstances, page_id: str, say: Speaker) -> list[dict[str, str]]:
    """What is urgent, and notes of the page just before this one: they are read where one arrives."""
    before = ways.page_before(seen.outcome, page_id)
    notes = [_said(rule, say, "know") for rule in seen.outcome.notes if rule.after == before]
    urgent = [_said(rule, say, "bad") for rule in seen.outcome.urgent if rule.after == before]
    return [*(_unheard(seen) if urgent else ()), *urgent, *notes]


def _said(rule: Rule, say: Speaker, kind: str) -> dict[str, str]:
    return {"title": say.say(f"rules.{rule.id}.title"), "text": say.tell(f"rules.{rule.id}.body"), "kind": kind}
