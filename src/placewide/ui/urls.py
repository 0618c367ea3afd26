"""``everywhere`` stands outside the languages, ``pages`` under them."""

from django.urls import path, re_path

from placewide.ui import views

everywhere = [
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})\.css$", views.brand_sheet, name="brand_sheet"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})-(?P<mark>[a-z]{1,20})\.svg$", views.brand_icon, name="brand_icon"),
]
pages = [
    path("ui/", views.style, name="ui_style"),
    path("ui/<slug:page>", views.style, name="ui_style_page"),
]
