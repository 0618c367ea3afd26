"""What the inbox shows, worked out from what was read; the template only lays it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from placewide.cases.reads import InboxLine
from placewide.identity.models import Team, User
from placewide.kernel.clock import legal_date
from placewide.kernel.paging import Slice
from placewide.kernel.terms import Viewer
from placewide.tasks.terms import Due, QueueCounts, QueueFilter
from placewide.ui.wording import in_days, plain_date

_LONGEST_QUERY = 400  # characters
FILTERS = ("whose", "team", "due", "urgent")  # names in the address: they stay while one pages and comes back


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at it, and what they can give to whom."""

    viewer: Viewer
    language: str
    now: datetime
    counts: QueueCounts
    teams: Sequence[Team]
    staff: Sequence[User]
    words: str = ""  # that were searched for
    query_id: UUID | None = None  # under which they are remembered


def wanted_of(asked: Mapping[str, str]) -> QueueFilter:
    """The part of the work that an address asks for; what is not understood asks for everything."""
    due = asked.get("due", "")
    return QueueFilter(
        mine=asked.get("whose") == "mine",
        unassigned=asked.get("whose") == "nobody",
        team_id=_id(asked.get("team", "")),
        due=Due(due) if due in set(Due) else Due.ALL,
        urgent=asked.get("urgent") == "yes",
    )


def inbox_page(asked: Mapping[str, str], page: Slice[InboxLine], desk: Desk, *, done: str = "") -> dict[str, Any]:
    """PAGES 7."""
    kept = {name: asked[name] for name in FILTERS if asked.get(name)}
    opened = next((line for line in page.items if line.reference == asked.get("open")), None)
    return {
        "title": gettext("Found") if desk.words else gettext("My inbox"),
        "tabs": _tabs(kept, desk),
        "search_action": reverse("inbox-search"),
        "words": desk.words,
        "filters": _filters(kept, desk),
        "filter_action": reverse("inbox"),
        "applied": _applied(kept, desk),
        "clear_href": reverse("inbox"),
        "rows": [_row(line, kept, desk, current=line is opened) for line in page.items],
        "next_href": _href({**kept, "after": page.next_key}) if page.next_key else "",
        "first_href": _href(kept) if asked.get("after") else "",
        "nothing": _nothing(kept, desk),
        "done": done,
        "bulk": _bulk(desk),
        "hidden": {"inbox": _query(kept, desk)},
        "reading": _reading(opened, kept, desk) if opened else None,
    }


def _tabs(kept: Mapping[str, str], desk: Desk) -> list[dict[str, Any]]:
    whose = kept.get("whose", "")
    tabs = (("mine", gettext("My work"), desk.counts.mine), ("", gettext("All I may see"), desk.counts.everything))
    nobody = ("nobody", gettext("Nobody’s yet"), 0)
    return [
        {"text": text, "href": _href({"whose": name} if name else {}), "current": whose == name, "count": count}
        for name, text, count in (tabs[0], nobody, tabs[1])
    ]


def _filters(kept: Mapping[str, str], desk: Desk) -> list[dict[str, Any]]:
    due = [
        {"id": Due.OVERDUE.value, "text": gettext("Overdue")},
        {"id": Due.TODAY.value, "text": gettext("Today")},
        {"id": Due.WEEK.value, "text": gettext("Within 7 days")},
    ]
    teams = [{"id": str(team.id), "text": team.name} for team in desk.teams if team.id in desk.viewer.team_ids]
    urgent = [{"id": "yes", "text": gettext("Only urgent")}]
    return [
        {"name": "due", "label": gettext("Due"), "options": due, "value": kept.get("due", "")},
        {"name": "team", "label": gettext("Team"), "options": teams, "value": kept.get("team", "")},
        {"name": "urgent", "label": gettext("Urgent"), "options": urgent, "value": kept.get("urgent", "")},
    ]


def _applied(kept: Mapping[str, str], desk: Desk) -> list[dict[str, str]]:
    shown = []
    for row in _filters(kept, desk):
        option = next((o for o in row["options"] if o["id"] == row["value"]), None)
        if option:
            rest = {name: value for name, value in kept.items() if name != row["name"]}
            shown.append({"text": f"{row['label']}: {option['text']}", "href": _href(rest)})
    return shown


def _row(line: InboxLine, kept: Mapping[str, str], desk: Desk, *, current: bool) -> dict[str, Any]:
    due = line.due_at
    return {
        "id": str(line.case_id or ""),  # only cases can be ticked
        "href": with_inbox(line.href, _query(kept, desk)),
        "peek_href": _href({**kept, "open": line.reference}) if line.reference and not desk.words else "",
        "title": line.title_in(desk.language),
        "about": " – ".join(filter(None, (line.service, line.about))),
        "where": "" if line.ours else line.organisation,
        "due": in_days(due, legal_date(desk.now), desk.language) if due else "",
        "left": (legal_date(due) - legal_date(desk.now)).days if due else 99,
        "who": line.assignee or gettext("Nobody yet"),
        "urgent": line.urgent,
        "current": current,
        "reference": line.reference,
    }


def with_inbox(href: str, query: str) -> str:
    """The address of a page opened from the inbox, with what the inbox showed: it is shown again on coming back."""
    return f"{href}?{urlencode({'inbox': query})}" if query else href


def back_to_inbox(query: str) -> str:
    """The address of the inbox as it was when a page was opened from it; what is not understood is left out."""
    asked = QueryDict(query[:_LONGEST_QUERY])
    found = _id(asked.get("found", ""))
    if found:
        return reverse("inbox-found", args=[found])
    return _href({name: asked[name] for name in FILTERS if asked.get(name)})


def _query(kept: Mapping[str, str], desk: Desk) -> str:
    return urlencode({"found": str(desk.query_id)} if desk.query_id else dict(kept))


def _reading(line: InboxLine, kept: Mapping[str, str], desk: Desk) -> dict[str, Any]:
    row = _row(line, kept, desk, current=True)
    facts = [(gettext("Service"), line.service), (gettext("About"), line.about), (gettext("Who does it"), row["who"])]
    return {
        **{key: row[key] for key in ("title", "reference", "href", "due", "left")},
        "sentence": line.sentence,
        "kind": "late" if row["left"] < 0 else "open",
        "facts": [{"key": key, "value": value} for key, value in facts if value],
        "last": gettext("Opened %(date)s") % {"date": plain_date(line.opened_at, desk.language)}
        if line.opened_at
        else "",
    }


def _bulk(desk: Desk) -> dict[str, Any] | None:
    people = [{"id": str(desk.viewer.user_id), "text": gettext("Me")}]
    people += [{"id": str(u.id), "text": u.name or u.email} for u in desk.staff if u.id != desk.viewer.user_id]
    people.append({"id": "nobody", "text": gettext("Back to the team")})
    return {
        "action": reverse("inbox-assign"),
        "label": gettext("Give the chosen cases to"),
        "options": people,
        "button": gettext("Give them"),
    }


def _nothing(kept: Mapping[str, str], desk: Desk) -> dict[str, str]:
    if desk.words:
        text = gettext("Look for part of a name, a street, a postcode or a reference. Spelling need not be exact.")
        return {"title": gettext("Nothing found for “%(words)s”") % {"words": desk.words}, "text": text}
    if kept:
        return {
            "title": gettext("Nothing here"),
            "text": gettext("There may be work in another part: show everything."),
        }
    return {"title": gettext("Nothing due today"), "text": gettext("New work shows here as soon as it comes in.")}


def _href(query: Mapping[str, str]) -> str:
    return f"{reverse('inbox')}?{urlencode(query)}" if query else reverse("inbox")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
