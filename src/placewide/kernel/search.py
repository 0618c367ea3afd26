"""Find things by words, forgiving spelling, with one statement on either database.

Every word is indexed as it is and, from four letters on, with each one of its letters left out. Two spellings that
differ by one letter (wrong, missing, too many, or two swapped) then share an entry, so that an ordinary full-text index
answers: FTS5 on SQLite, a GIN index over ``tsvector`` on PostgreSQL. What is found is ranked by closeness.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from rapidfuzz import fuzz

from placewide.kernel.models import SearchEntry as Row

_SHORTEST_FORGIVEN = 4  # letters; shorter words are mostly right or hopeless
_LONGEST = 24  # letters of a word that count
_MOST_WORDS = 200  # of a text
_MOST_ASKED = 8  # words of a query
_CANDIDATES = 200  # ranked in Python
_PHONE = re.compile(r"(?:\+44\s*(?:\(0\))?|\b0)(?P<rest>\d(?:[\s()-]*\d){8,9})\b")
_POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b")
_REFERENCE = re.compile(r"\b([0-9a-z]{4})-([0-9a-z]{4})-([0-9a-z])\b")


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """Something that is to be found by ``text``. ``scope_id``: the team that alone may find it, if one."""

    kind: str  # "case", "person"
    object_id: UUID
    organisation_id: UUID
    text: str
    scope_id: UUID | None = None


def index(entries: Sequence[SearchEntry]) -> None:
    """Make things findable, or findable by a new text; one statement for up to some hundred entries."""
    last_of_each = {(entry.kind, entry.object_id): entry for entry in entries}
    Row.objects.bulk_create(
        [_row(entry) for entry in last_of_each.values()],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["organisation_id", "scope_id", "text", "words"],
    )


def forget(kind: str, object_ids: Iterable[UUID]) -> None:
    """Make things no longer findable."""
    Row.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()


def purge() -> None:
    """Write the index anew without the words of what was forgotten or changed: SQLite's only marks them as gone.

    PostgreSQL clears its own away (autovacuum). For a nightly run: it reads the whole index.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO kernel_search_words(kernel_search_words) VALUES ('optimize')")


def find(
    kind: str, organisation_id: UUID, text: str, *, scope_ids: Collection[UUID] | None = None, limit: int = 50
) -> list[UUID]:
    """Ids of things of this kind and organisation whose text has every word of ``text``, closest first.

    The last word may be the beginning of one. With ``scope_ids`` only what has no team, or one of these, is found;
    without, everything of the organisation. Words nobody can search for (signs only) find nothing. At most 200.
    """
    asked = words_of(text)[:_MOST_ASKED]
    if not asked:
        return []
    if scope_ids is None:
        places = [_organisation_token(kind, organisation_id)]
    else:
        places = [_scope_token(kind, organisation_id, scope) for scope in (None, *scope_ids)]
    groups = [_spellings(word) for word in asked]
    rows = _on_sqlite(places, groups) if connection.vendor == "sqlite" else _on_postgresql(places, groups)
    return _ranked(asked, rows)[:limit]


def words_of(text: str) -> list[str]:
    """Small letters and digits, without accents: ``Heol y Tŵr, 12`` → heol, y, twr, 12.

    References, postcodes and phone numbers are one word, however they are spaced.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _PHONE.sub(lambda found: " 0" + re.sub(r"\D", "", found["rest"]) + " ", plain)
    plain = _POSTCODE.sub(r" \1\2 ", _REFERENCE.sub(r" \1\2\3 ", plain))
    return [word[:_LONGEST] for word in re.findall(r"[a-z0-9]+", plain)]


def _row(entry: SearchEntry) -> Row:
    places = [
        _organisation_token(entry.kind, entry.organisation_id),
        _scope_token(entry.kind, entry.organisation_id, entry.scope_id),
    ]
    spellings = (spelling for word in words_of(entry.text)[:_MOST_WORDS] for spelling in _spellings(word))
    return Row(
        kind=entry.kind,
        object_id=entry.object_id,
        organisation_id=entry.organisation_id,
        scope_id=entry.scope_id,
        text=entry.text.replace("\0", " "),  # which PostgreSQL cannot hold
        words=" ".join(dict.fromkeys([*places, *spellings])),
    )


def _spellings(word: str) -> list[str]:
    """The word, then the word with each letter left out; each marked so that no parser takes it for a number."""
    if len(word) < _SHORTEST_FORGIVEN or not word.isalpha():
        return [f"w{word}"]
    shorter = (word[:n] + word[n + 1 :] for n in range(len(word)))
    return list(dict.fromkeys(f"w{spelling}" for spelling in (word, *shorter)))


def _may_begin_a_word(spellings: list[str]) -> bool:
    """From two letters on: one letter begins half of all words."""
    return len(spellings[0]) > 2


def _organisation_token(kind: str, organisation_id: UUID) -> str:
    return "o" + hashlib.sha256(f"{kind} {organisation_id}".encode()).hexdigest()[:16]


def _scope_token(kind: str, organisation_id: UUID, scope_id: UUID | None) -> str:
    return "s" + hashlib.sha256(f"{kind} {organisation_id} {scope_id}".encode()).hexdigest()[:16]


def _on_sqlite(places: list[str], groups: list[list[str]]) -> list[tuple[UUID, str]]:
    """Ordered by bm25: a word spelt the same shares more spellings than one that is only like it."""
    quoted = [[f'"{token}"' for token in group] for group in [places, *groups]]
    if _may_begin_a_word(groups[-1]):
        quoted[-1].append(f"{quoted[-1][0]} *")
    match = " AND ".join(f"({' OR '.join(group)})" for group in quoted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.object_id, e.text FROM kernel_search_words w JOIN kernel_searchentry e ON e.id = w.rowid"
            " WHERE kernel_search_words MATCH %s ORDER BY w.rank LIMIT %s",
            [match, _CANDIDATES],
        )
        return [(UUID(found), text) for found, text in cursor.fetchall()]


def _on_postgresql(places: list[str], groups: list[list[str]]) -> list[tuple[UUID, str]]:
    """What has the words as they are spelt comes first."""
    last = groups[-1][0] + (":*" if _may_begin_a_word(groups[-1]) else "")
    exact = " & ".join([*(group[0] for group in groups[:-1]), last])
    near = " & ".join(f"({' | '.join(group)})" for group in [places, *groups[:-1], [*groups[-1], last]])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, text FROM kernel_searchentry WHERE tokens @@ to_tsquery('simple', %s)"
            " ORDER BY tokens @@ to_tsquery('simple', %s) DESC, id DESC LIMIT %s",
            [near, exact, _CANDIDATES],
        )
        return list(cursor.fetchall())


def _ranked(asked: list[str], rows: list[tuple[UUID, str]]) -> list[UUID]:
    """Closest first: by how well each word asked for is met by its best word; ties keep the database's order."""

    def closeness(text: str) -> float:
        there = words_of(text)
        return sum(max((_alike(word, other) for other in there), default=0.0) for word in asked)

    return [found for found, text in sorted(rows, key=lambda row: -closeness(row[1]))]


def _alike(asked: str, other: str) -> float:
    """0 to 100; the beginning of a word counts nearly as much as the whole."""
    return 95.0 if other.startswith(asked) and other != asked else fuzz.ratio(asked, other)
