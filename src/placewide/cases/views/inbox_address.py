"""What the address of an inbox says, so that it is shown again just so: whose work, which part, what was found."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from placewide.tasks.terms import Due, QueueFilter

_LONGEST_QUERY = 400  # characters
FILTERS = ("whose", "team", "due", "urgent")  # names in the address: they stay while one pages and comes back


def wanted_of(asked: Mapping[str, str]) -> QueueFilter:
    """The part of the work that an address asks for; what is not understood asks for everything."""
    due, whose = asked.get("due", ""), asked.get("whose")
    return QueueFilter(
        mine=whose == "mine",
        unassigned=whose == "nobody",
        my_teams=whose == "team",
        team_id=id_in(asked.get("team", "")),
        due=Due(due) if due in set(Due) else Due.ALL,
        urgent=asked.get("urgent") == "yes",
    )


def kept_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What of an address stays: not the page of the list, nor what is read beside it."""
    return {name: asked[name] for name in FILTERS if asked.get(name)}


def inbox_address(query: Mapping[str, str]) -> str:
    """The address of a part of the inbox. Everything is asked for by name: nothing asked for is what was last shown."""
    return f"{reverse('inbox')}?{urlencode(query or {'whose': ''})}"


def with_inbox(href: str, query: str) -> str:
    """The address of a page opened from the inbox, with what the inbox showed: it is shown again on coming back."""
    return f"{href}?{urlencode({'inbox': query})}" if query else href


def back_to_inbox(query: str) -> str:
    """The address of the inbox as it was when a page was opened from it; what is not understood is left out."""
    asked = QueryDict(query[:_LONGEST_QUERY])
    found = id_in(asked.get("found", ""))
    if found:
        return reverse("inbox-found", args=[found])
    kept = kept_of(asked)
    return inbox_address(kept) if kept else reverse("inbox")


def id_in(text: str) -> UUID | None:
    """An id somebody sent, or None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
