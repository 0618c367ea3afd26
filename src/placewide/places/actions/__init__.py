"""The only writers of a place."""

from placewide.places.actions.crew import note_exceptions, note_run
from placewide.places.actions.loading_addresses import check_addresses, load_addresses
from placewide.places.actions.loading_rounds import load_changes, load_rounds, load_stops
from placewide.places.actions.organisations import (
    NewOrganisation,
    add_organisation,
    load_organisations,
    new_organisation_of,
)
from placewide.places.terms import Loaded

__all__ = [
    "Loaded",
    "NewOrganisation",
    "add_organisation",
    "check_addresses",
    "load_addresses",
    "load_changes",
    "load_organisations",
    "load_rounds",
    "load_stops",
    "new_organisation_of",
    "note_exceptions",
    "note_run",
]
