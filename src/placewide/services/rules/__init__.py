"""The pure rules of services: answers and facts in, decisions out. No clock, no database.

``on`` is always the date (in the United Kingdom) on which the question is put.
"""

from placewide.services.rules.answers import ShownAnswer, item_in_words, shown_answers
from placewide.services.rules.asking import (
    ask,
    draw_page,
    draw_questions,
    field_id,
    questions_on,
    raw_of,
    read_page,
    read_questions,
)
from placewide.services.rules.checking import check_all, check_page, check_step, submission_schema
from placewide.services.rules.finding import nearest
from placewide.services.rules.outcomes import costs_on, fee, outcome
from placewide.services.rules.people import followers, people
from placewide.services.rules.process import deadline_at, endangered, steps_open, take_step
from placewide.services.rules.walking import page_key, walk
from placewide.services.rules.wording import Speaker, problem_sentence, sentence, show_answer, speaker

__all__ = [
    "ShownAnswer",
    "Speaker",
    "ask",
    "check_all",
    "check_page",
    "check_step",
    "costs_on",
    "deadline_at",
    "draw_page",
    "draw_questions",
    "endangered",
    "fee",
    "field_id",
    "followers",
    "item_in_words",
    "nearest",
    "outcome",
    "page_key",
    "people",
    "problem_sentence",
    "questions_on",
    "raw_of",
    "read_page",
    "read_questions",
    "sentence",
    "show_answer",
    "shown_answers",
    "speaker",
    "steps_open",
    "submission_schema",
    "take_step",
    "walk",
]
