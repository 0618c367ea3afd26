"""Addresses. English stands at the root, other languages under their prefix (``/cy/``)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("placewide.kernel.urls")),
    *i18n_patterns(prefix_default_language=False),
]
