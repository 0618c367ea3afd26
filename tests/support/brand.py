"""What of the government's own brand may stand on no page and in no file that is served."""

from __future__ import annotations

import re

# The crown, its typeface and colours, and the government's name belong to service.gov.uk alone.
BANNED = re.compile(
    r"GDS Transport|crown|crest|govuk-(icon|logo|opengraph)|GOV\.UK|#1d70b8|#0b0c0c.*#1d70b8", re.IGNORECASE
)


def another_brand(text: str) -> list[str]:
    """Every place of a text that carries it."""
    return [found[0] for found in BANNED.finditer(text)]
