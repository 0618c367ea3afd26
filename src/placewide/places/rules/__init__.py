"""Pure rules of a place: who provides what, postcodes and names, when a container is collected."""

from placewide.places.rules.address_codes import code_problems
from placewide.places.rules.bodies import serving_sentence
from placewide.places.rules.collecting import change_sentence, collection_day, collection_days, last_and_next
from placewide.places.rules.disruptions import disruption_sentence
from placewide.places.rules.names import best_names, grams, numbers_of, numbers_typed, order_key, plain_name, search_key
from placewide.places.rules.postcodes import parse_postcode, postcode_candidates, postcode_key, split_postcode
from placewide.places.rules.providing import Reference, lives, predecessors, providers, successors
from placewide.places.rules.standing import collection, report_from, report_until, status_of

__all__ = [
    "Reference",
    "best_names",
    "change_sentence",
    "code_problems",
    "collection",
    "collection_day",
    "collection_days",
    "disruption_sentence",
    "grams",
    "last_and_next",
    "lives",
    "numbers_of",
    "numbers_typed",
    "order_key",
    "parse_postcode",
    "plain_name",
    "postcode_candidates",
    "postcode_key",
    "predecessors",
    "providers",
    "report_from",
    "report_until",
    "search_key",
    "serving_sentence",
    "split_postcode",
    "status_of",
    "successors",
]
