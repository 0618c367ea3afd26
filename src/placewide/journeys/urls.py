"""Addresses of a journey. They carry opaque ids only: no answer and no search.

Pages of a package have a segment of their own, so that a designer may call one "check" or "sent".
"""

from django.urls import path

from placewide.journeys.views import pages, saving

urlpatterns = [
    path("journeys/return/<str:token>", saving.come_back, name="journey-return"),
    path("journeys/<uuid:journey_id>", pages.resume, name="journey"),
    path("journeys/<uuid:journey_id>/tasks", pages.tasks, name="journey-tasks"),
    path("journeys/<uuid:journey_id>/check", pages.check, name="journey-check"),
    path("journeys/<uuid:journey_id>/save", saving.save, name="journey-save"),
    path("journeys/<uuid:journey_id>/save/sent", saving.saved, name="journey-saved"),
    path("journeys/<uuid:journey_id>/stop", pages.stop, name="journey-stop"),
    path("journeys/<uuid:journey_id>/page/<slug:page_id>", pages.question, name="journey-page"),
    path("journeys/<uuid:journey_id>/page/<slug:page_id>/<int:item>", pages.question, name="journey-item"),
]
