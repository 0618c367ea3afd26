"""Addresses of a journey. They carry opaque ids only: no answer and no search."""

from django.urls import path

from placewide.journeys import save_views, views

urlpatterns = [
    path("services/<slug:organisation>/<slug:service>", views.start, name="service-start"),
    path("journeys/return/<str:token>", save_views.come_back, name="journey-return"),
    path("journeys/<uuid:journey_id>", views.resume, name="journey"),
    path("journeys/<uuid:journey_id>/tasks", views.tasks, name="journey-tasks"),
    path("journeys/<uuid:journey_id>/check", views.check, name="journey-check"),
    path("journeys/<uuid:journey_id>/save", save_views.save, name="journey-save"),
    path("journeys/<uuid:journey_id>/stop", views.stop, name="journey-stop"),
    path("journeys/<uuid:journey_id>/<slug:page_id>", views.question, name="journey-page"),
    path("journeys/<uuid:journey_id>/<slug:page_id>/<int:item>", views.question, name="journey-item"),
]
