"""An agreement as a whole page of its own, to read, sign, save and print."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from placewide.sharing.format.agreements import AgreementFile
from placewide.sharing.format.files import standard_law
from placewide.sharing.format.names import in_order, listed, name_of, names_of
from placewide.sharing.terms.document import Document

_CLAUSES = (
    ("parties", "Who agrees"),
    ("purposes", "Why it is shared"),
    ("flows", "What goes, and which way"),
    ("who", "Who may ask"),
    ("law", "The law"),
    ("telling", "Telling people"),
    ("saying-no", "Saying no"),
    ("emergency", "Emergencies"),
    ("after", "Keeping, passing on, putting right"),
    ("running", "Keeping to it"),
    ("signatures", "Signatures"),
)


def page(file: AgreementFile, on: date) -> str:
    """The page, in English with the Welsh that residents read beside it. ``on``: the day it is printed."""
    document = file.document
    runs = document.runs
    return _template().render(
        d=document,
        a=runs,
        on=on,
        style=_style(),
        clauses=_CLAUSES,
        state=_state(file, on),
        digest=digest_of(file.runs),
        parties={each.org: each for each in runs.parties},
        flows={(each.giver, each.receiver): each for each in document.flows},
        sensitive=_sensitive(document),
        tasks=standard_law().group("need_a_power", runs.start),
        unfit=names_of("purpose", {code for each in runs.purposes for code in each.incompatible}),
        listed=listed,
    )


def _sensitive(document: Document) -> set[str]:
    """The parties that give special category or criminal offence information."""
    known = standard_law().categories
    return {
        flow.giver
        for flow in document.runs.flows
        if any(known[each].klass != "ordinary" for each in flow.categories if each in known)
    }


def digest_of(runs: Mapping[str, Any]) -> str:
    """The SHA-256 of the part that runs, as JSON with sorted names: what a signature is about."""
    text = json.dumps(runs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _state(file: AgreementFile, on: date) -> str:
    runs = file.document.runs
    missing = [file.document.name_of(each.org) for each in runs.parties if each.signed is None]
    if runs.status != "signed":
        return name_of("status", runs.status).capitalize()
    if missing:
        return f"Awaits the signature of {listed(missing)}"
    if runs.start > on:
        return "Signed by every party, and not yet in force"
    return "Ended" if runs.end is not None and runs.end < on else "Signed by every party"


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("placewide.sharing", "paper"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": _day,
        "named": name_of,
        "names": _names,
        "in_order": in_order,
        "capitalised": _capitalised,
        "period": _period,
        "power": _power,
    }
    return environment.get_template("agreement.html")


@cache
def _style() -> str:
    css = (resources("placewide.sharing") / "paper" / "agreement.css").read_text(encoding="utf-8").strip()
    return Markup(css)  # noqa: S704 – our own file, nothing of the agreement in it


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _names(kind: str, codes: Iterable[str]) -> list[str]:
    """The names in the order in which the agreement has them."""
    return [name_of(kind, code) for code in codes]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _period(days: int) -> str:
    years, rest = divmod(days, 365)
    if years and rest <= years // 4 + 1:
        return f"{days} days ({'one year' if years == 1 else f'{years} years'})."
    return f"{days} days."


def _power(codes: str) -> str:
    """``CareAct2014.74; CA2004.10`` as the law is cited."""
    return "; ".join(_cited(code.strip()) for code in codes.split(";"))


_ACTS = {
    "CareAct2014": "Care Act 2014",
    "HSCA2012": "Health and Social Care Act 2012",
    "CA2004": "Children Act 2004",
    "CA1989": "Children Act 1989",
    "WRA2012": "Welfare Reform Act 2012",
    "HA1996": "Housing Act 1996",
    "CDA1998": "Crime and Disorder Act 1998",
    "NHSA2006": "National Health Service Act 2006",
    "DEA2017": "Digital Economy Act 2017",
}


def _cited(code: str) -> str:
    act, _, section = code.partition(".")
    if act not in _ACTS or not section:
        return code
    return f"{_ACTS[act]} {'ss.' if '-' in section else 's.'}{section.replace('-', '–')}"
