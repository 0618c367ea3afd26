"""One sentence for everybody about a late round or a moved day, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from placewide.places.rules import disruption_sentence
from placewide.places.terms import Container, Disruption, HolidayChange

LATE = Disruption(Container.REFUSE, date(2026, 11, 19), datetime(2026, 11, 23, 16, tzinfo=UTC))
CHRISTMAS = HolidayChange(date(2026, 12, 25), date(2026, 12, 26), "Christmas Day", "Dydd Nadolig")
MOVED = Disruption(None, date(2026, 12, 25), None, CHRISTMAS)


@pytest.mark.parametrize(
    ("disruption", "language", "begins"),
    [
        (LATE, "en", "Rubbish due on Thursday 19 November is late in some streets."),
        (LATE, "cy", "Mae casgliad sbwriel dydd Iau 19 Tachwedd yn hwyr mewn rhai strydoedd."),
        (MOVED, "en", "Bin days change because of Christmas Day: what is due on Friday 25 December is on Saturday 26"),
        (MOVED, "cy", "Mae diwrnodau biniau’n newid oherwydd Dydd Nadolig: bydd casgliad dydd Gwener 25 Rhagfyr"),
    ],
)
def test_a_disruption_is_one_sentence_with_its_date(disruption: Disruption, language: str, begins: str) -> None:
    assert disruption_sentence(disruption, language).startswith(begins)


def test_until_when_is_the_day_clocks_here_show() -> None:
    just_after_midnight = datetime(2026, 6, 5, 23, 30, tzinfo=UTC)
    late = Disruption(Container.REFUSE, date(2026, 6, 4), just_after_midnight)
    assert "by Saturday 6 June" in disruption_sentence(late, "en")
