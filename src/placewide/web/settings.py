"""Settings of a node. Everything a place changes comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from placewide.web.configuration import (
    database,
    read_or_make_secret,
    truthy,
)

VAR = Path(os.environ.get("PLACEWIDE_VAR", "var")).resolve()  # database, files, keys, mail of the demo
BUILT = Path(__file__).resolve().parent.parent / "ui" / "static" / "built"  # made by scripts/build_assets.py
DEMO = truthy(os.environ.get("PLACEWIDE_DEMO"))
DEBUG = False
ADDRESS = os.environ.get("PLACEWIDE_ADDRESS", "http://127.0.0.1:8000")  # where this node is reached, for links in mail
SECRET_KEY = read_or_make_secret(VAR / "secret-key")
ALLOWED_HOSTS = os.environ.get("PLACEWIDE_HOSTS", "127.0.0.1,localhost,testserver").split(",")
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), VAR)}

INSTALLED_APPS = [
    "placewide.kernel",
    "placewide.ui",
    "placewide.places",
    "placewide.identity",
    "placewide.tasks",
    "placewide.people",
    "placewide.services",
    "placewide.messages",
    "placewide.journeys",
    "placewide.cases",
    "placewide.studio",
    "placewide.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "placewide.web.middleware.headers",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if BUILT.is_dir() else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "placewide.web.urls"
WSGI_APPLICATION = "placewide.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": sorted(Path(__file__).resolve().parent.parent.glob("*/templates")),
        "OPTIONS": {"environment": "placewide.ui.environment.environment"},
    },
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = BUILT
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[0-9a-f]{12}\.[a-z0-9]+$"  # a digest in the name: browsers keep it for ever
WHITENOISE_MAX_AGE = 3600  # seconds, for the few without
FILES_ROOT = VAR / "files"
KEYS_ROOT = Path(os.environ.get("PLACEWIDE_KEYS", VAR / "keys")).resolve()  # back it up apart from the database
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "placewide.ui.faults.session_ended"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes of a form without its files

# Sign-in: residents by emailed code, staff by password and second factor (identity/README.md).
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the emailed code itself proves the address
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
STAFF_IDLE_MINUTES = 30
STAFF_SESSION_HOURS = 12

if ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
