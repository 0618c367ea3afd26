"""What opening cases needs of the organisation, gathered before the change."""

from __future__ import annotations

from placewide.cases.reads.standing import by_phone_of, case_link, known_of, taken_back, tell_safely
from placewide.cases.rules import Makers
from placewide.identity import reads as identity
from placewide.journeys.terms import Circumstances
from placewide.kernel import ids
from placewide.places import reads as places


def makers_for(seen: Circumstances) -> Makers:
    """Ids, references, teams and names for sending this journey. Two statements."""
    body = places.organisation_by_id(seen.organisation_id)
    return Makers(
        new_id=ids.new_id,
        new_reference=ids.new_reference,
        teams=identity.team_ids(seen.organisation_id),
        organisation={"en": body.name, "cy": body.name_cy or body.name},
        nation=body.nation,
        known=known_of(body, seen.settings),
        link=case_link,
        by_phone=by_phone_of(body),
        tell_safely=tell_safely(),
        taken_back=taken_back(),
    )
