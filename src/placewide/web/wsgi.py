"""The door for a web server: ``granian --interface wsgi placewide.web.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placewide.web.settings")
application = get_wsgi_application()
