"""The reference of sharing in Markdown, from the law's data: docs/reference/sharing.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from placewide.sharing.format.lawfiles import standard_law, wording
from placewide.sharing.terms.decided import STRENGTH
from placewide.sharing.terms.law import Dates, Gateway, Whom

_HEAD = """# Sharing: the law as data, reasons, obligations

<!-- Written by `make docs` from the code; change it there. -->

Data, not legal advice. Where "read by" is empty, no lawyer has read the entry yet. The files are in
`src/placewide/sharing/law`; [add a rule](../how/add-a-rule.md) says how one is added.
"""
_ALL_NATIONS = 4


def guide() -> str:
    """The whole page."""
    parts = [
        _HEAD,
        "## Gateways\n",
        "What lets information go without an agreement: duties, emergencies, powers, in the order of their strength.\n",
        *_gateways(),
        "\n## Prohibitions\n",
        *_prohibitions(),
        "\n## Lawful bases\n",
        *_bases(),
        "\n## What the rules count by\n",
        "Ages and groups of words, each from its day. The day of the decision says which holds.\n",
        *_measures(),
        "\n## Questions\n",
        "Whom a question goes to, and who may answer it once for the organisation.\n",
        *_questions(),
        "\n## Acts that an agreement may name\n",
        *_acts(),
        "\n## Reasons\n",
        "A *share* reason is the ground of a release. One *refuse* among the reasons of an item makes MUST_NOT; "
        "only *ask* reasons make ASK, and go to the person named.\n",
        *_reasons(),
        "\n## Obligations\n",
        *_obligations(),
    ]
    return "\n".join(parts) + "\n"


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    columns = head.split(" | ")
    yield f"| {head} |"
    yield "|" + "---|" * len(columns)
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _gateways() -> Iterator[str]:
    law, words = standard_law(), wording()
    listed = {each.code: each for found in law.by_purpose.values() for each in found}
    rows = sorted(listed.values(), key=lambda each: (STRENGTH[each.kind], each.code))
    head = "code | kind | where and when | for | from → to | lifts confidence by | law | read by"
    return _table(
        head,
        (
            (
                f"`{each.code}`",
                f"{each.kind}, `{each.reason}`",
                f"{_nations(each.nations)}, {_days(each.dates)}",
                "any purpose" if each.purposes is None else _codes(each.purposes),
                _way(each),
                each.lifts.replace("_", " "),
                f"[{words.laws[each.code].words['en']}]({each.source})",
                each.reviewed_by or "",
            )
            for each in rows
        ),
    )


def _way(gateway: Gateway) -> str:
    about = f", about a {gateway.subject}" if gateway.subject else ""
    return f"{_whom(gateway.provider)} → {_whom(gateway.recipient)}{about}"


def _whom(whom: Whom) -> str:
    said = [_plain(each) for each in (whom.classes, whom.functions, whom.relationships) if each is not None]
    if whom.not_functions:
        said.append(f"not {_plain(whom.not_functions)}")
    return "; ".join(said) or "anybody"


def _prohibitions() -> Iterator[str]:
    rows = (
        (
            f"`{each.code}`",
            f"`{each.reason}`",
            f"{_nations(each.nations)}, {_days(each.dates)}",
            _codes(each.marks | each.purposes | each.categories),
            _plain(
                each.except_lifts
                | each.except_kinds
                | each.except_purposes
                | each.except_gateways
                | each.except_functions
            ),
        )
        for each in standard_law().prohibitions
    )
    return _table("code | reason | where and when | catches | but not", rows)


def _bases() -> Iterator[str]:
    rows = (
        (f"`{each.code}`", _days(each.dates), _plain(each.not_open_to) or "nobody", each.citation)
        for each in standard_law().bases.values()
    )
    return _table("code | when | closed to | law", rows)


def _measures() -> Iterator[str]:
    law = standard_law()
    said = [(code, each.dates, f"{each.value} years") for code, found in law.ages.items() for each in found]
    said += [(code, each.dates, _codes(each.value)) for code, found in law.groups.items() for each in found]
    return _table("name | when | what", ((f"`{code}`", _days(dates), what) for code, dates, what in said))


def _questions() -> Iterator[str]:
    rows = (
        (f"`{reason}`", _days(each.dates), f"`{each.value.asked}`", _codes(each.value.may_decide), each.value.code)
        for reason, found in sorted(standard_law().questions.items())
        for each in found
    )
    return _table("about | when | goes to | may be answered by | law", rows)


def _acts() -> Iterator[str]:
    rows = (
        (f"`{each.code}`", f"{_nations(each.nations)}, {_days(each.dates)}", _codes(each.lifts_for))
        for each in standard_law().acts
    )
    return _table("code | where and when | lifts confidence by statute for", rows)


def _reasons() -> Iterator[str]:
    rows = (
        (
            f"`{each.code}`",
            f"{each.says}: {each.asks}" if each.asks else each.says,
            each.staff["en"],
            each.source,
            each.reviewed_by or "",
        )
        for found in wording().reasons.values()
        for each in found
    )
    return _table("code | says | to staff | source | read by", rows)


def _obligations() -> Iterator[str]:
    rows = (
        (f"`{each.code}`", each.owes, each.staff["en"], each.source, each.reviewed_by or "")
        for found in wording().obligations.values()
        for each in found
    )
    return _table("code | owed by | to staff | source | read by", rows)


def _nations(nations: frozenset[str]) -> str:
    return "all nations" if len(nations) == _ALL_NATIONS else _plain(nations)


def _days(dates: Dates) -> str:
    if dates.first is None:
        return "not in force yet"
    return f"{_since(dates.first)}{f' to {dates.last}' if dates.last else ''}"


def _since(day: date) -> str:
    return "always" if day.year == 1900 else f"from {day}"


def _codes(words: frozenset[str]) -> str:
    return ", ".join(f"`{word}`" for word in sorted(words))


def _plain(words: frozenset[str]) -> str:
    return ", ".join(word.replace("_", " ") for word in sorted(words))
