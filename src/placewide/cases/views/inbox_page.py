"""What the inbox shows, worked out from what was read; the template only lays it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from placewide.cases.reads import InboxLine, StaffCase
from placewide.cases.views.due import days_left, due_words, part_of
from placewide.cases.views.inbox_address import inbox_address, kept_of, with_inbox
from placewide.cases.views.reading_pane import reading_pane
from placewide.cases.views.several import several_options
from placewide.identity.models import Team
from placewide.identity.terms import Colleague
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.tasks.terms import MOST_COUNTED, Due, QueueCounts


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at it, and what they can give to whom."""

    viewer: Viewer
    language: str
    now: datetime
    counts: QueueCounts
    teams: Sequence[Team]
    staff: Sequence[Colleague]
    words: str = ""  # that were searched for
    query_id: UUID | None = None  # under which they are remembered
    opened: StaffCase | None = None  # read beside the list
    next: InboxLine | None = None  # what is due first, where the part that is shown is empty
    begun: bool = True  # whether any service is open here, where nothing is to be done at all


def inbox_page(asked: Mapping[str, str], page: Slice[InboxLine], desk: Desk) -> dict[str, Any]:
    """PAGES 7."""
    kept = {} if desk.words else kept_of(asked)
    filters = [] if desk.words else _filters(kept, desk)
    return {
        "title": gettext("Found for “%(words)s”") % {"words": desk.words} if desk.words else gettext("My inbox"),
        "window": _window(asked, kept, filters, desk),
        "tabs": _tabs(kept, desk),
        "search_action": reverse("inbox-search"),
        "words": desk.words,
        "filters": filters,
        "filter_action": reverse("inbox"),
        "filter_keeps": {"whose": kept.get("whose", "")},
        "applied": _applied(filters, kept),
        "clear_href": inbox_address({"whose": kept["whose"]} if "whose" in kept else {}),
        "groups": _groups(page.items, kept, desk, asked.get("open", "")),
        "today": _today(page, kept, asked, desk),
        "next_href": inbox_address({**kept, "after": page.next_key}) if page.next_key else "",
        "first_href": inbox_address(kept) if asked.get("after") else "",
        "nothing": _nothing(kept, desk),
        "done": "",
        "bulk": _bulk(page.items, desk),
        "hidden": {"inbox": _query(kept, desk)},
        "reading": _reading(asked, page, kept, desk),
    }


def _window(
    asked: Mapping[str, str], kept: Mapping[str, str], filters: Sequence[Mapping[str, Any]], desk: Desk
) -> list[str]:
    """What the title of the window adds, so that two parts of the inbox have two titles."""
    tab = next(tab["text"] for tab in [*_tabs(kept, desk), {"current": True, "text": ""}] if tab["current"])
    parts = [tab, *(item["text"] for item in _applied(filters, kept))]
    if asked.get("after"):
        parts.append(gettext("further on"))
    return [*filter(None, parts), *([desk.opened.row.reference] if desk.opened else [])]


def _tabs(kept: Mapping[str, str], desk: Desk) -> list[dict[str, Any]]:
    counts, rest = desk.counts, {name: value for name, value in kept.items() if name != "whose"}
    teams = len(desk.viewer.team_ids)
    tabs = [
        ("mine", gettext("My work"), counts.mine),
        ("nobody", gettext("Nobody’s yet"), counts.unassigned),
        ("team", ngettext("My team", "My teams", teams), counts.team),
        ("", gettext("All I may see"), counts.everything),
    ]
    return [
        {
            "text": text,
            "href": inbox_address({"whose": name, **rest} if name else rest),
            "current": not desk.words and kept.get("whose", "") == name,
            "count": f"{MOST_COUNTED:,}+" if count >= MOST_COUNTED else str(count),
        }
        for name, text, count in tabs
        if name != "team" or teams
    ]


def _filters(kept: Mapping[str, str], desk: Desk) -> list[dict[str, Any]]:
    due = [
        {"id": Due.OVERDUE.value, "text": gettext("Overdue")},
        {"id": Due.TODAY.value, "text": gettext("Today")},
        {"id": Due.WEEK.value, "text": gettext("Within 7 days")},
    ]
    teams = [{"id": str(team.id), "text": team.name} for team in desk.teams if team.id in desk.viewer.team_ids]
    urgent = [{"id": "yes", "text": gettext("Only urgent")}]
    rows = [
        {"name": "due", "label": gettext("Due"), "options": due, "value": kept.get("due", "")},
        {"name": "team", "label": gettext("Team"), "options": teams, "value": kept.get("team", "")},
        {"name": "urgent", "label": gettext("Urgent"), "options": urgent, "value": kept.get("urgent", "")},
    ]
    return [row for row in rows if row["name"] != "team" or len(teams) > 1]


def _applied(filters: Sequence[Mapping[str, Any]], kept: Mapping[str, str]) -> list[dict[str, str]]:
    shown = []
    for row in filters:
        option = next((o for o in row["options"] if o["id"] == row["value"]), None)
        if option:
            rest = {name: value for name, value in kept.items() if name != row["name"]}
            shown.append({"text": f"{row['label']}: {option['text']}", "href": inbox_address(rest)})
    return shown


def _groups(lines: Sequence[InboxLine], kept: Mapping[str, str], desk: Desk, opened: str) -> list[dict[str, Any]]:
    """What cannot wait, then by the day they are due. What was found: open, then finished, each closest first."""
    lines = sorted(lines, key=lambda line: not line.open) if desk.words else lines
    rows = [(_part(line, desk), _row(line, kept, desk, current=str(line.id) == opened)) for line in lines]
    return [
        {"title": title, "rows": [row for _, row in some]} for title, some in groupby(rows, key=lambda pair: pair[0])
    ]


def _part(line: InboxLine, desk: Desk) -> str:
    if desk.words:
        return gettext("Open") if line.open else gettext("Finished")
    return gettext("Cannot wait") if line.urgent and line.open else part_of(line.due_at, desk.now)


def _row(line: InboxLine, kept: Mapping[str, str], desk: Desk, *, current: bool) -> dict[str, Any]:
    whom = line.about or (gettext("No name given yet") if line.unsent else "")
    about = " – ".join(filter(None, (line.service, whom)))
    who = (line.assignee or gettext("Nobody yet")) if line.open else ""
    more = (
        *(line.references or (line.reference,)),
        gettext("Not sent yet") if line.unsent else "",
        line.organisation if not line.ours else "",
        line.sentence if desk.words else "",
        who,
    )
    return {
        "id": str(line.id),
        "tick": str(line.case_id) if line.case_id and line.ours and line.open else "",
        "href": with_inbox(line.href, _query(kept, desk)),
        "peek_href": "" if desk.words or not line.reference else _peek(line, kept),
        "title": line.title_in(desk.language),
        "about": about,
        "more": [part for part in more if part],
        "due": due_words(line.due_at, desk.now, desk.language, urgent=line.urgent and line.open),
        "left": days_left(line.due_at, desk.now),
        "urgent": line.urgent and line.open,
        "current": current,
        "reference": line.reference,
    }


def _peek(line: InboxLine, kept: Mapping[str, str]) -> str:
    """Reads one beside the list; the list stays where it was."""
    return f"{inbox_address({**kept, 'open': str(line.id)})}#row-{line.id}"


def _query(kept: Mapping[str, str], desk: Desk) -> str:
    return urlencode({"found": str(desk.query_id)} if desk.query_id else dict(kept))


def _reading(
    asked: Mapping[str, str], page: Slice[InboxLine], kept: Mapping[str, str], desk: Desk
) -> dict[str, Any] | None:
    at = next((place for place, line in enumerate(page.items) if str(line.id) == asked.get("open")), None)
    if desk.opened is None or at is None:
        return None
    line, after = page.items[at], next((each for each in page.items[at + 1 :] if each.reference), None)
    return reading_pane(line, desk.opened, desk.language, desk.now) | {
        "href": with_inbox(line.href, _query(kept, desk)),
        "next_href": _peek(after, kept) if after else "",
        "close_href": f"{inbox_address(kept)}#row-{line.id}",
    }


def _bulk(lines: Sequence[InboxLine], desk: Desk) -> dict[str, Any] | None:
    options = several_options(lines, desk.viewer, desk.staff)
    return (
        {
            "action": reverse("inbox-several"),
            "label": gettext("With the chosen cases"),
            "options": options,
            "button": gettext("Go on"),
            "hint": gettext("You see what will happen before it does."),
        }
        if options
        else None
    )


def _today(page: Slice[InboxLine], kept: Mapping[str, str], asked: Mapping[str, str], desk: Desk) -> str:
    """Said above a list in which nothing is late or due today."""
    now_due = any(days_left(line.due_at, desk.now) <= 0 for line in page.items)
    if now_due or not page.items or desk.words or asked.get("after"):
        return ""
    return gettext("Nothing due today") if "urgent" not in kept else gettext("Nothing urgent is due today")


def _nothing(kept: Mapping[str, str], desk: Desk) -> dict[str, str]:
    """An empty list says so, and what is next."""
    if desk.words:
        text = gettext("Look for part of a name, a street, a postcode or a reference. Spelling need not be exact.")
        return {"title": gettext("Nothing found for “%(words)s”") % {"words": desk.words}, "text": text, "href": ""}
    late = kept.get("due") == Due.OVERDUE
    narrow = kept.get("urgent") or kept.get("due") == Due.WEEK or kept.get("team")
    title = (
        gettext("Nothing is overdue") if late else gettext("Nothing here") if narrow else gettext("Nothing due today")
    )
    if desk.next is None and not desk.begun:
        text = gettext("No service is open here yet, so nothing can come in. Whoever runs this node opens one:")
        return {"title": title, "text": f"{text} placewide service adopt FOLDER", "href": ""}
    if desk.next is None:
        return {"title": title, "text": gettext("New work shows here as soon as it comes in."), "href": ""}
    due = due_words(desk.next.due_at, desk.now, desk.language, urgent=desk.next.urgent)
    words = f"{desk.next.title_in(desk.language)} – {due}"
    text = gettext("Of all that you may see, this is next:")
    return {"title": title, "text": text, "href": desk.next.href, "link": words}
