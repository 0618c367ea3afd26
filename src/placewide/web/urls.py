"""Addresses. English stands at the root, other languages under their prefix (``/cy/``)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, path

from placewide.cases import urls as cases
from placewide.identity import urls as identity
from placewide.journeys import urls as journeys
from placewide.messages import urls as messages
from placewide.ui import urls as ui
from placewide.web import pages
from placewide.web.api import api, nowhere

handler400 = "placewide.ui.faults.bad_request"
handler403 = "placewide.ui.faults.forbidden"
handler404 = "placewide.ui.faults.not_found"
handler500 = "placewide.ui.faults.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    *ui.everywhere,
    path("api/v1/", nowhere, name="api-root-nowhere"),
    path("api/v1/", api.urls),
    path("api/v1/<path:rest>", nowhere, name="api-nowhere"),
    *i18n_patterns(
        *ui.pages,
        *identity.pages,
        *messages.pages,
        *cases.urlpatterns,  # before journeys: sending has a page of its own
        *journeys.urlpatterns,
        *pages.urlpatterns,
        prefix_default_language=False,
    ),
]
