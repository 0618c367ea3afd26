"""What everybody should know of rounds that are late and days that change, in one sentence."""

from __future__ import annotations

from placewide.kernel.clock import legal_date
from placewide.places.rules.collecting import dated
from placewide.places.terms import Container, Disruption

_WHAT = {
    "en": {
        "refuse": "Rubbish",
        "recycling": "Recycling",
        "garden": "Garden waste",
        "food": "Food waste",
        "paper": "Paper",
        "glass": "Glass",
    },
    "cy": {
        "refuse": "sbwriel",
        "recycling": "ailgylchu",
        "garden": "gwastraff gardd",
        "food": "bwyd",
        "paper": "papur",
        "glass": "gwydr",
    },
}
_LATE = {
    "en": "{what} due on {day} is late in some streets. It should be collected by {until}. You need not report it.",
    "cy": (
        "Mae casgliad {what} {day} yn hwyr mewn rhai strydoedd. Dylid ei gasglu erbyn {until}. "
        "Nid oes angen rhoi gwybod."
    ),
}
_MOVED = {
    "en": "Bin days change because of {reason}: what is due on {day} is on {moved}. Look up your own days.",
    "cy": (
        "Mae diwrnodau biniau’n newid oherwydd {reason}: bydd casgliad {day} ar {moved}. "
        "Chwiliwch am eich diwrnodau chi."
    ),
}


def disruption_sentence(disruption: Disruption, language: str) -> str:
    """``Rubbish due on Monday 16 November is late in some streets. It should be collected by …``"""
    spoken = "cy" if language == "cy" else "en"
    day, change = dated(disruption.day, spoken), disruption.change
    if change is not None and change.moved_to is not None:
        reason = (spoken == "cy" and change.reason_cy) or change.reason
        return _MOVED[spoken].format(reason=reason, day=day, moved=_on(dated(change.moved_to, spoken)))
    until = dated(legal_date(disruption.until), spoken) if disruption.until else day
    what = _WHAT[spoken][disruption.container or Container.REFUSE]
    return _LATE[spoken].format(what=what, day=day, until=until)


def _on(day: str) -> str:
    """Welsh softens after "ar"."""
    return day.replace("dydd", "ddydd", 1) if day.startswith("dydd") else day
