"""The only queries for cases. Every read takes the viewer and answers only with what that viewer may see."""

from placewide.cases.reads.inbox import InboxLine, chosen, found, inbox
from placewide.cases.reads.near import NearLine, near
from placewide.cases.reads.resident import (
    CaseLine,
    ResidentCase,
    cases_of_resident,
    keys_of_sender,
    reference_followed,
    resident_case,
    sent_cases,
)
from placewide.cases.reads.staff import StaffCase, opened_by, reference_of, staff_case
from placewide.cases.reads.timeline import NEWEST, Before, Reader, Timeline, is_attached, steps_since

__all__ = [
    "NEWEST",
    "Before",
    "CaseLine",
    "InboxLine",
    "NearLine",
    "Reader",
    "ResidentCase",
    "StaffCase",
    "Timeline",
    "cases_of_resident",
    "chosen",
    "found",
    "inbox",
    "is_attached",
    "keys_of_sender",
    "near",
    "opened_by",
    "reference_followed",
    "reference_of",
    "resident_case",
    "sent_cases",
    "staff_case",
    "steps_since",
]
