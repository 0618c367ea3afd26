from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "placewide.web"
    label = "web"

    def ready(self) -> None:
        from placewide.kernel import dispatch
        from placewide.web.handlers import ROOMS

        dispatch.install(*ROOMS)
