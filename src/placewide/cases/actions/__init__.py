"""The only writers of cases: one function per change."""

from placewide.cases.actions.arrive import Arrival, arrive, arrived_before
from placewide.cases.actions.dispose import dispose
from placewide.cases.actions.follow import FOLLOW_PURPOSE, follow, send_link
from placewide.cases.actions.hold import hold_back, send_again
from placewide.cases.actions.legal_hold import end_legal_hold, place_legal_hold
from placewide.cases.actions.participate import end_participation, hand_over
from placewide.cases.actions.pressed import taken_before
from placewide.cases.actions.several import take_step_with
from placewide.cases.actions.step import take_step
from placewide.cases.actions.submit import submit
from placewide.cases.actions.work import assign, note, settle
from placewide.cases.actions.write import write

__all__ = [
    "FOLLOW_PURPOSE",
    "Arrival",
    "arrive",
    "arrived_before",
    "assign",
    "dispose",
    "end_legal_hold",
    "end_participation",
    "follow",
    "hand_over",
    "hold_back",
    "note",
    "place_legal_hold",
    "send_again",
    "send_link",
    "settle",
    "submit",
    "take_step",
    "take_step_with",
    "taken_before",
    "write",
]
