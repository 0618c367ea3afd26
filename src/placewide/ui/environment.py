"""The Jinja2 environment every page is drawn with."""

from __future__ import annotations

from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext


def environment(**options: Any) -> jinja2.Environment:
    """Django's settings call this once. Undefined names are faults, not blanks."""
    loaders = [options.pop("loader"), jinja2.PackageLoader("govuk_frontend_jinja")]
    env = jinja2.Environment(  # noqa: S701 - autoescape is set below
        loader=jinja2.ChoiceLoader(loaders),
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        **(options | {"undefined": jinja2.ChainableUndefined, "autoescape": True}),
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=reverse)
    return env
