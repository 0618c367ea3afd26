"""Settings of a node. Everything a place changes comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import os
from pathlib import Path

from placewide.kernel import logs
from placewide.kernel.unset import unset
from placewide.web.configuration import (
    database,
    read_or_make_secret,
    truthy,
)

VAR = Path(os.environ.get("PLACEWIDE_VAR", "var")).resolve()  # database, files, keys, mail of the demo
BUILT = Path(__file__).resolve().parent.parent / "ui" / "static" / "built"  # made by scripts/build_assets.py
DEMO = truthy(os.environ.get("PLACEWIDE_DEMO"))  # 1: a fictional place with a mailbox of its own; never for real work
DEBUG = False
PLACE_NAME = os.environ.get(
    "PLACEWIDE_NAME", "Calderbrook" if DEMO else ""
)  # at the top of pages, in mail and sign-in apps; without, the name of the organisation that was there first
PLACE_COLOUR = os.environ.get("PLACEWIDE_COLOUR", "#14532d")  # the one colour of residents' pages
PLACE_MARK = os.environ.get("PLACEWIDE_MARK", "hills")  # the mark beside the name: hills, river, bridge …
ADDRESS = os.environ.get("PLACEWIDE_ADDRESS", "http://127.0.0.1:8000")  # where this node is reached, for links in mail
SECRET_KEY = read_or_make_secret(VAR / "secret-key")
ALLOWED_HOSTS = os.environ.get("PLACEWIDE_HOSTS", "127.0.0.1,localhost,testserver").split(",")  # names it answers to
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), VAR)}  # PostgreSQL's, else SQLite in var

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
    "placewide.ui.explained.explained",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if BUILT.is_dir() else []),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "placewide.web.framing.framed",
    "placewide.web.middleware.measured",
    "placewide.web.middleware.Hidden",
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

LOGGING = logs.configured()  # to the standard error; nothing anybody sent stands in it

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
CACHES = {  # counts attempts to sign in; shared by all workers of a machine
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
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
SECURE_REFERRER_POLICY = "same-origin"  # docs/decisions: with no-referrer a form has no origin to check
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
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_AUTHENTICATED_LOGIN_REDIRECTS = False  # a resident who is signed in may still sign in as staff
ACCOUNT_SESSION_REMEMBER = False  # until the browser is closed
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "placewide.web.sign_in.Adapter"
# Six digits and three tries: at most 18 guesses an hour at one address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,6/h/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("PLACEWIDE_PROXIES", "0"))  # proxies before the node
MFA_ADAPTER = "placewide.identity.adapter.SecondStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff are added by an administrator, who knows their address
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds: clocks of phones differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO and ADDRESS.startswith("http://")  # browsers allow it on localhost only
API_RATE = os.environ.get("PLACEWIDE_API_RATE", "60/min")  # submissions from one network address to one service
NINJA_NUM_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT
LOGIN_URL = "account_request_login_code"
RESIDENT_HOME, STAFF_HOME = "account", "inbox"  # names of the pages people come to after signing in
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
STAFF_IDLE_MINUTES = 30
STAFF_SESSION_HOURS = 12

# Mail: smtp://host:port, smtp+starttls://user:word@host or smtps://user:word@host. Without one no mail is sent.
SMTP_URL = os.environ.get("SMTP_URL", "")  # mail server: smtp, smtp+starttls or smtps; without, no mail and no sign-in
SMTP_TIMEOUT = 20  # seconds for each answer of the mail server
MAIL_FROM = os.environ.get("PLACEWIDE_MAIL_FROM", "no-reply@placewide.example")  # sender of mail
MAILBOX_ROOT = VAR / "mailbox"
UNSET = unset(os.environ, ADDRESS)  # what is still to be set, and what that means

if ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
