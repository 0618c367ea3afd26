"""Addresses of the kernel: files. The same in every language."""

from django.urls import path

from placewide.kernel.files import views

app_name = "kernel"
urlpatterns = [path("files/<str:link>", views.file, name="file")]
