from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "placewide.web"
    label = "web"

    def ready(self) -> None:
        from placewide.kernel import dispatch, duties
        from placewide.web.handlers import DUTIES, ROOMS

        dispatch.install(*ROOMS)
        duties.install(*DUTIES)
