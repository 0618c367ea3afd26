"""The way through a long timeline: what came before what is shown, and back to the newest. Links, no script."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from placewide.cases.reads import Before, Timeline

_EVENTS, _MESSAGES = "events", "messages"  # names in the address


def asked_before(query: Mapping[str, str]) -> Before:
    """Which part of the timeline an address asks for."""
    return Before(query.get(_EVENTS, ""), query.get(_MESSAGES, ""))


def ways(href: str, timeline: Timeline, kept: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """For each list of the page, where its earlier part stands and where its newest; empty where it stands here.

    ``kept``: what else the address of the page says.
    """
    lists = (
        (_EVENTS, "timeline", timeline.shown.events, timeline.earlier.events),
        (_MESSAGES, "messages", timeline.shown.messages, timeline.earlier.messages),
    )
    return {
        name: {
            "earlier": _address(href, {**kept, name: earlier}, at) if earlier else "",
            "newest": _address(href, kept, at) if shown else "",
        }
        for name, at, shown, earlier in lists
    }


def _address(href: str, query: Mapping[str, str], at: str) -> str:
    said = {name: value for name, value in query.items() if value}
    return f"{href}?{urlencode(said)}#{at}" if said else f"{href}#{at}"
