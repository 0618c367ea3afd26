"""Addresses of cases: by reference, which opens nothing by itself."""

from django.urls import path

from placewide.cases.views import resident, staff

urlpatterns = [
    path("journeys/<uuid:journey_id>/send", resident.send, name="journey-send"),
    path("journeys/<uuid:journey_id>/sent", resident.sent, name="journey-sent"),
    path("case/open/<str:token>", resident.open_link, name="case-open"),
    path("case/<str:reference>", resident.case, name="case"),
    path("case/<str:reference>/write", resident.write, name="case-write"),
    path("case/<str:reference>/step/<slug:step>", resident.take_step, name="case-step"),
    path("case/<str:reference>/file/<uuid:file_id>", resident.file, name="case-file"),
    path("case/<str:reference>/link", resident.ask_for_link, name="case-link"),
    path("staff", staff.inbox, name="inbox"),
    path("staff/search", staff.search, name="inbox-search"),
    path("staff/found/<uuid:query_id>", staff.found, name="inbox-found"),
    path("staff/several", staff.several, name="inbox-several"),
]
