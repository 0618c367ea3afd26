"""Which bodies serve an address, in one plain line."""

from __future__ import annotations

from collections.abc import Sequence

from placewide.places.terms import Body

_DOES = {
    "en": {
        "county": "roads, schools, libraries and social care",
        "district": "bins, housing, planning and council tax",
        "unitary": "all council services",
    },
    "cy": {
        "county": "ffyrdd, ysgolion, llyfrgelloedd a gofal cymdeithasol",
        "district": "biniau, tai, cynllunio a threth y cyngor",
        "unitary": "holl wasanaethau'r cyngor",
    },
}
_NORTHERN_IRELAND = {"en": "bins, parks, planning and leisure", "cy": "biniau, parciau, cynllunio a hamdden"}
_AND = {"en": "and", "cy": "a"}


def serving_sentence(bodies: Sequence[Body], language: str) -> str:
    """``Calder Vale District Council (bins, …) and Calderbrook County Council (roads, …)``; empty for no bodies."""
    spoken = language if language in _DOES else "en"
    named = [_named(body, spoken) for body in bodies]
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} {_AND[spoken]} {named[-1]}"


def _named(body: Body, language: str) -> str:
    name = body.name_cy if language == "cy" and body.name_cy else body.name
    does = _NORTHERN_IRELAND[language] if body.nation == "Northern Ireland" else _DOES[language].get(body.tier, "")
    return f"{name} ({does})" if does and body.kind == "council" else name
