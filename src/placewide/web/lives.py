"""Services grouped by what happens in a life, as people look for them; by their number in the Local Government
Service List (LGSL), so that a service any place adopts finds its group by itself."""

from __future__ import annotations

from django.utils.translation import gettext

_BINS, _CARE, _ROADS, _HOME, _MONEY, _FAMILY, _OTHER = "bins", "care", "roads", "home", "money", "family", "other"
_GROUPS = {
    _BINS: {372, 428, 524, 528, 530, 533, 576, 577, 580, 584, 587, 588, 850, 859},
    _CARE: {107, 147, 178, 209, 260, 272, 273, 274, 279, 280, 287, 296, 315, 1743},
    _ROADS: {471, 474, 477, 493, 537, 541, 546, 550, 555, 557, 558, 559, 561, 564, 567, 568, 571, 591, 664},
    _HOME: {88, 90, 92, 101, 112, 115, 137, 141, 151, 412, 415, 431, 499, 508, 512, 516, 600, 603, 684},
    _MONEY: {55, 57, 59, 63, 69, 72, 124, 615},
    _FAMILY: {1, 2, 3, 4, 9, 12, 13, 14, 18, 19, 35, 36, 40, 48, 159, 160, 631, 831, 1135, 1140, 1579, 1741, 1788},
}


def life_of(lgsl: int | None) -> str:
    """The group of a service; "other" for one the groups do not name."""
    return next((name for name, numbers in _GROUPS.items() if lgsl in numbers), _OTHER)


def lives() -> tuple[tuple[str, str], ...]:
    """Every group with its heading, in the order of the front door."""
    return (
        (_BINS, gettext("Rubbish and recycling")),
        (_CARE, gettext("Care and getting about")),
        (_ROADS, gettext("Roads and streets")),
        (_HOME, gettext("Home and neighbourhood")),
        (_MONEY, gettext("Council tax and money")),
        (_FAMILY, gettext("Children and families")),
        (_OTHER, gettext("Everything else")),
    )
