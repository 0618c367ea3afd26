"""Dates, money and lists as people say them, in each language of a page. Pure: language and today are arguments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

# Instants are shown as clocks in the United Kingdom show them.
_LONDON = ZoneInfo("Europe/London")
_LOCALES = {"en": "en_GB", "cy": "cy"}
_VOWELS = "aeiouwyâêîôûŵŷáéíóúäëïöü"


def as_date(value: date | datetime) -> date:
    """The United Kingdom's date of an instant; a date as it is."""
    return value.astimezone(_LONDON).date() if isinstance(value, datetime) else value


def plain_date(value: date | datetime, language: str = "en", *, year: bool = False) -> str:
    """``Tuesday 8 December``, with the year where the reader could doubt it; Welsh ``dydd Mawrth 8 Rhagfyr``."""
    pattern = "EEEE d MMMM y" if year else "EEEE d MMMM"
    text = format_date(as_date(value), pattern, locale=_locale(language))
    return text[0].lower() + text[1:] if language == "cy" else text


def plain_month(value: date | datetime, language: str = "en") -> str:
    """``December 2026``."""
    return format_date(as_date(value), "MMMM y", locale=_locale(language))


def short_date(value: date | datetime, language: str = "en") -> str:
    """``8 December 2026``, for tables."""
    return format_date(as_date(value), "d MMMM y", locale=_locale(language))


def plain_time(value: datetime, language: str = "en") -> str:
    """``2:30pm``, ``9am``, ``midday``, ``midnight``; Welsh ``2:30yp``, ``9yb``, ``hanner dydd``, ``hanner nos``."""
    local = value.astimezone(_LONDON)
    if local.minute == 0 and local.hour in {0, 12}:
        words = {"en": ("midnight", "midday"), "cy": ("hanner nos", "hanner dydd")}[_known(language)]
        return words[local.hour == 12]
    half = {"en": ("am", "pm"), "cy": ("yb", "yp")}[_known(language)][local.hour >= 12]
    hour = local.hour % 12 or 12
    return f"{hour}{f':{local.minute:02d}' if local.minute else ''}{half}"


def plain_datetime(value: datetime, language: str = "en", *, year: bool = False) -> str:
    """``Tuesday 8 December at 2:30pm``; Welsh ``dydd Mawrth 8 Rhagfyr am 2:30yp``."""
    at = {"en": "at", "cy": "am"}[_known(language)]
    return f"{plain_date(value, language, year=year)} {at} {plain_time(value, language)}"


def money(pence: int) -> str:
    """Pence as ``£42``, ``£42.50``, ``£1,250``, ``−£5``; the same in both languages."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'−' if pence < 0 else ''}£{pounds:,}{f'.{rest:02d}' if rest else ''}"


def days(number: int, language: str = "en") -> str:
    """``1 day``, ``2 days``; Welsh ``1 diwrnod``, ``2 ddiwrnod`` (soft mutation after dau)."""
    if _known(language) == "cy":
        return f"{number} {'ddiwrnod' if number == 2 else 'diwrnod'}"
    return f"{number} {'day' if number == 1 else 'days'}"


def in_days(due: date | datetime, today: date, language: str = "en") -> str:
    """How a deadline stands: ``2 days late``, ``due today``, ``due tomorrow``, ``due in 3 days``."""
    left = (as_date(due) - today).days
    welsh = _known(language) == "cy"
    if left < 0:
        return f"{days(-left, language)} {'yn hwyr' if welsh else 'late'}"
    if left == 0:
        return "i’w wneud heddiw" if welsh else "due today"
    if left == 1:
        return "i’w wneud yfory" if welsh else "due tomorrow"
    return f"i’w wneud mewn {days(left, language)}" if welsh else f"due in {days(left, language)}"


def and_list(items: Sequence[str], language: str = "en") -> str:
    """``bins, roads and parks``; Welsh ``a``, or ``ac`` before a vowel."""
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    word = "and"
    if _known(language) == "cy":
        word = "ac" if last[:1].lower() in _VOWELS else "a"
    return f"{', '.join(items[:-1])} {word} {last}"


def file_size(size: int) -> str:
    """Bytes as ``340 kB``, ``2.4 MB``."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"


def capital(text: str) -> str:
    """The first letter large, for the start of a sentence (Welsh days are small inside one)."""
    return text[:1].upper() + text[1:]


def _known(language: str) -> str:
    return language if language in _LOCALES else "en"


def _locale(language: str) -> str:
    return _LOCALES[_known(language)]
