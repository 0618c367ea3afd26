"""A case row as decisions see it."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from placewide.cases.models import Case
from placewide.cases.terms import Standing
from placewide.cases.wording import BY_ASKING, BY_PHONE, TAKEN_BACK, TELL_SAFELY, in_languages
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
        by_phone=by_phone_of(row.organisation),
        tell_safely=tell_safely(),
        urgent=row.urgent,
    )


def known_of(body: Organisation, settings: Mapping[str, object]) -> dict[str, str]:
    """What sentences may name of the organisation and of what it has set for the service."""
    return {"phone": body.phone, **{name: str(value) for name, value in settings.items()}}


def by_phone_of(body: Organisation) -> dict[str, str]:
    """What a letter says in place of a link, by language; ``%(so)s`` is filled in where it is said."""
    return in_languages((language for language, _ in settings.LANGUAGES), BY_PHONE if body.phone else BY_ASKING)


def tell_safely() -> dict[str, str]:
    """What staff do where nothing may be sent to somebody, by language."""
    return in_languages((language for language, _ in settings.LANGUAGES), TELL_SAFELY)


def taken_back() -> dict[str, str]:
    """The word to staff that danger was told and taken back, by language, with ``%(what)s``."""
    return in_languages((language for language, _ in settings.LANGUAGES), TAKEN_BACK)


def case_link(reference: str) -> dict[str, str]:
    """Where those who follow a case see it, by language, English first. Opens nothing by itself."""
    prefixes = {
        language: "" if language == settings.LANGUAGE_CODE else f"/{language}" for language, _ in settings.LANGUAGES
    }
    return {language: f"{settings.ADDRESS}{prefix}/case/{reference}" for language, prefix in prefixes.items()}
