"""A case row as decisions see it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from placewide.cases.models import Case
from placewide.cases.terms import Standing
from placewide.places.models import Organisation


def standing_of(row: Case) -> Standing:
    """How a case stands; its organisation must be loaded with it."""
    return Standing(
        case_id=row.id,
        reference=row.reference,
        organisation_id=row.organisation_id,
        organisation={"en": row.organisation.name, "cy": row.organisation.name_cy or row.organisation.name},
        nation=row.organisation.nation,
        case_type=row.case_type,
        state=row.state,
        since=row.state_since,
        team_id=row.team_id,
        link=case_link(row.reference),
        known=known_of(row.organisation, row.adoption.settings),
    )


def known_of(body: Organisation, settings: Mapping[str, object]) -> dict[str, str]:
    """What sentences may name of the organisation and of what it has set for the service."""
    return {"phone": body.phone, **{name: str(value) for name, value in settings.items()}}


def case_link(reference: str) -> dict[str, str]:
    """Where those who follow a case see it, by language, English first. Opens nothing by itself."""
    prefixes = {
        language: "" if language == settings.LANGUAGE_CODE else f"/{language}" for language, _ in settings.LANGUAGES
    }
    return {language: f"{settings.ADDRESS}{prefix}/case/{reference}" for language, prefix in prefixes.items()}
