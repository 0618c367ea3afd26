"""The Jinja2 environment every page is drawn with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext

from placewide.ui import built, prose, rules, wording
from placewide.ui.terms import MARKS

GOVUK = "govuk_frontend_jinja/"


class Environment(jinja2.Environment):
    """Undefined names are faults, not blanks – except inside the design system's own macros, which count on blanks.

    Those macros are compiled in an environment of their own; a name that *we* pass to them undefined is still a fault.
    """

    lenient: jinja2.Environment | None = None

    def get_template(self, name: Any, *args: Any, **options: Any) -> jinja2.Template:
        if self.lenient and isinstance(name, str) and name.startswith(GOVUK):
            return self.lenient.get_template(name, *args, **options)
        return super().get_template(name, *args, **options)


def environment(**options: Any) -> jinja2.Environment:
    """Django's settings call this once."""
    govuk = jinja2.PrefixLoader({GOVUK.rstrip("/"): jinja2.PackageLoader("govuk_frontend_jinja")})
    loaders = [options.pop("loader"), govuk]
    shared: dict[str, Any] = options | {
        "loader": jinja2.ChoiceLoader(loaders),
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
        "trim_blocks": True,
        "lstrip_blocks": True,
        "autoescape": True,
    }
    env = Environment(**(shared | {"undefined": jinja2.StrictUndefined}))
    env.lenient = jinja2.Environment(**(shared | {"undefined": jinja2.ChainableUndefined}))  # noqa: S701
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    env.globals.update(static=built.static, url=reverse, marks=MARKS, initials=rules.initials)
    env.filters.update(_filters())
    return env


def _filters() -> dict[str, Callable[..., str]]:
    return {
        "plain_date": _spoken(wording.plain_date),
        "plain_datetime": _spoken(wording.plain_datetime),
        "plain_month": _spoken(wording.plain_month),
        "plain_time": _spoken(wording.plain_time),
        "short_date": _spoken(wording.short_date),
        "in_days": _spoken(wording.in_days),
        "days": _spoken(wording.days),
        "and_list": _spoken(wording.and_list),
        "money": wording.money,
        "file_size": wording.file_size,
        "capital": wording.capital,
        "prose": prose.prose,
    }


def _spoken(word: Callable[..., str]) -> Callable[..., str]:
    """A filter that speaks the page's language."""

    def spoken(*values: Any, **options: Any) -> str:
        return word(*values, **({"language": get_language() or "en"} | options))

    return spoken
