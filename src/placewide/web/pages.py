"""Addresses of the pages that join rooms."""

from django.urls import path

from placewide.web import (
    account,
    api_page,
    front_door,
    information,
    staff_case,
    staff_task,
    standing_pages,
    starting,
    which_body,
)

urlpatterns = [
    path("", front_door.front_door, name="front-door"),
    path("look", front_door.look, name="look"),
    path("look/<uuid:query_id>", front_door.looked, name="looked"),
    path("leave", front_door.leave, name="leave"),
    path("search", front_door.search, name="search"),
    path("search/<uuid:query_id>", front_door.found, name="found"),
    path("services/<slug:service>", which_body.which_body, name="service"),
    path("services/<slug:organisation>/<slug:service>", starting.start, name="service-start"),
    path("services/<slug:service>/looked/<uuid:query_id>", which_body.looked, name="service-looked"),
    path("account", account.account, name="account"),
    path("information", information.privacy, name="privacy"),
    path("accessibility", standing_pages.accessibility, name="accessibility"),
    path("api", api_page.guide, name="api-guide"),
    path("help", standing_pages.help_page, name="help"),
    path("staff/task/<uuid:task_id>", staff_task.task, name="staff-task"),
    path("staff/case/<str:reference>", staff_case.case, name="staff-case"),
    path("staff/case/<str:reference>/step", staff_case.take_step, name="staff-step"),
    path("staff/case/<str:reference>/write", staff_case.write, name="staff-write"),
    path("staff/case/<str:reference>/file/<uuid:file_id>", staff_case.file, name="staff-file"),
    path("staff/case/<str:reference>/settle", staff_case.settle, name="staff-settle"),
    path("staff/case/<str:reference>/note", staff_case.note, name="staff-note"),
    path("staff/case/<str:reference>/assign", staff_case.assign, name="staff-assign"),
    path(
        "staff/case/<str:reference>/participation/<uuid:participation_id>/end",
        staff_case.end_participation,
        name="staff-end",
    ),
    path(
        "staff/case/<str:reference>/participation/<uuid:participation_id>/hold",
        staff_case.hold,
        name="staff-hold",
    ),
    path(
        "staff/case/<str:reference>/participation/<uuid:participation_id>/send-again",
        staff_case.send_again,
        name="staff-send-again",
    ),
    path("staff/case/<str:reference>/warn", staff_case.warn, name="staff-warn"),
    path("staff/case/<str:reference>/warning/<uuid:warning_id>/end", staff_case.end_warning, name="staff-warn-end"),
]
