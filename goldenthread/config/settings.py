"""Settings, read from the environment.

GOLDENTHREAD_HOME     the data folder (default: var/ in the checkout)
DATABASE_URL          sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME (default: SQLite in the data folder)
GOLDENTHREAD_SECRET   the signing key (default: made once and kept in the data folder, readable by its owner only)
GOLDENTHREAD_HOSTS    host names that may serve the pages, separated by commas (default: this machine only)
GOLDENTHREAD_HTTPS    1 when the pages are served over https: secure cookies and strict transport security
GOLDENTHREAD_PROXY    the addresses of the proxy in front, separated by commas: it is believed where a request came from
GOLDENTHREAD_AUTHORITY  the authority's name, shown on every page (default: the file “authority” in the data folder)
GOLDENTHREAD_TRAIL_KEY, GOLDENTHREAD_TRAIL_SIGNING_KEY  what seals the trail, and what signs its anchors (default: made once
                      and kept in the data folder; never in the database)
GOLDENTHREAD_TRAIL_ANCHORS  the file of the trail's anchors (default: in the data folder; better on another machine)
GOLDENTHREAD_SMTP_URL   the mail server: smtps://USER:PASSWORD@HOST:PORT, or smtp:// with STARTTLS (default: none, messages
                      wait in the data folder's outbox)
GOLDENTHREAD_ADDRESS  where people open the pages, for links in e-mail: https://thread.example
GOLDENTHREAD_IDLE_MINUTES  after how many minutes without a request a session ends (default: 20)
GOLDENTHREAD_SECOND_FACTOR  the roles that must sign in with a second factor, by key, separated by commas
GOLDENTHREAD_BREACHED_PASSWORDS  a file of hashes of breached passwords, in order: none of them may be set
GOLDENTHREAD_PAGES_A_MINUTE, GOLDENTHREAD_PAGES_AN_HOUR  how many pages of records one officer may open (default: 90, 900; 0: any)
GOLDENTHREAD_SYSLOG   where lines of the log and of the trail go as well: tls://HOST:PORT, or udp:// on this machine
GOLDENTHREAD_OIDC_NAME, _ISSUER, _CLIENT, _SECRET  the council's own sign-in (OpenID Connect); left out: none
GOLDENTHREAD_DEBUG    1 for a developer's machine only: never with real records
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from goldenthread.core.home import (
    authority_name,
    data_home,
    database_from,
    mail_from,
    secret_key,
    trail_anchors,
    trail_key,
    trail_signing_key,
)

BASE = Path(__file__).resolve().parents[2]
HOME = data_home()

DEBUG = os.environ.get("GOLDENTHREAD_DEBUG") == "1"
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("GOLDENTHREAD_HOSTS", "127.0.0.1,localhost").split(",")
HTTPS = os.environ.get("GOLDENTHREAD_HTTPS") == "1"
PROXIES = frozenset(each.strip() for each in os.environ.get("GOLDENTHREAD_PROXY", "").split(",") if each.strip())
AUTHORITY = authority_name(HOME)
TRAIL_KEY, TRAIL_SIGNING_KEY, TRAIL_ANCHORS = trail_key(HOME), trail_signing_key(HOME), trail_anchors(HOME)
TRAIL_DATABASE = os.environ.get("GOLDENTHREAD_TRAIL_DATABASE", "")  # set while a backup is being restored

INSTALLED_APPS = [
    "goldenthread.core",
    "goldenthread.people",
    "goldenthread.cases",
    "goldenthread.obligations",
    "goldenthread.oversight",
    "goldenthread.standards.referrals",
    "goldenthread.standards.assessment.household",
    "goldenthread.standards.assessment.register",
    "goldenthread.standards.assessment.assessing",
    "goldenthread.standards.assessment.recording",
    "goldenthread.standards.assessment.protection",
    "goldenthread.standards.assessment.interpreting",
    "goldenthread.standards.assessment.housing",
    "goldenthread.standards.assessment.legal",
    "goldenthread.standards.assessment.hospital",
    "goldenthread.standards.allocation.allocating",
    "goldenthread.standards.allocation.transferring",
    "goldenthread.standards.allocation.chronology",
    "goldenthread.standards.allocation.conferring",
    "goldenthread.standards.allocation.supervising",
    "goldenthread.standards.allocation.closing",
    "goldenthread.plan",
    "goldenthread.catalogue",
    "goldenthread.exchange",
    "goldenthread.reports",
    "goldenthread.pages",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "goldenthread.people.sessions.SessionMiddleware",
    "goldenthread.people.access.AccessMiddleware",
    "goldenthread.core.once.OnceMiddleware",
]

ROOT_URLCONF = "goldenthread.config.urls"
WSGI_APPLICATION = "goldenthread.config.wsgi.application"
ACCESS_TABLE = "goldenthread.config.access_table.ACCESS"
POSTING_TABLE = "goldenthread.config.posting_table.POSTING"
URL_SUBJECTS = "goldenthread.config.access_table.SUBJECTS"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "goldenthread.pages.shell.shell",
            ],
            "builtins": ["goldenthread.core.templatetags.words"],
        },
    }
]
FORM_RENDERER = "goldenthread.core.forms.HouseRenderer"

DATABASES = {"default": database_from(os.environ.get("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "goldenthread.people.passwords.GuessableValidator"},
    {"NAME": "goldenthread.people.breached.BreachedValidator"},
]
BREACHED_PASSWORDS = os.environ.get("GOLDENTHREAD_BREACHED_PASSWORDS", "")
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
CSRF_FAILURE_VIEW = "goldenthread.pages.errors.csrf_failure"
IDLE_MINUTES = int(os.environ.get("GOLDENTHREAD_IDLE_MINUTES", "20"))
SESSION_HOURS = 10
STEP_UP_MINUTES = 5
DORMANT_DAYS = 90
PAGES_A_MINUTE = int(os.environ.get("GOLDENTHREAD_PAGES_A_MINUTE", "90"))
PAGES_AN_HOUR = int(os.environ.get("GOLDENTHREAD_PAGES_AN_HOUR", "900"))
SECOND_FACTOR_ROLES = [
    role.strip()
    for role in os.environ.get(
        "GOLDENTHREAD_SECOND_FACTOR",
        "administrator,head-of-service,director,quality-officer,group-manager,team-manager",
    ).split(",")
    if role.strip()
]
OIDC = {key: os.environ.get(f"GOLDENTHREAD_OIDC_{key.upper()}", "") for key in ("name", "issuer", "client", "secret")}
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_ENGINE = "goldenthread.people.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in no cookie
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

ADDRESS = os.environ.get("GOLDENTHREAD_ADDRESS", f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}").rstrip("/")
MAIL = mail_from(os.environ.get("GOLDENTHREAD_SMTP_URL"))
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.ssl, MAIL.starttls
EMAIL_TIMEOUT = 10  # seconds: a mail server that is away must not hold a page up for longer
DEFAULT_FROM_EMAIL = f"no-reply@{ADDRESS.split('://')[-1].partition(':')[0]}"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True
DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "build" / "assets"]
STATIC_ROOT = BASE / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "goldenthread.core.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
if os.environ.get("GOLDENTHREAD_SYSLOG"):
    LOGGING["handlers"]["elsewhere"] = {
        "()": "goldenthread.core.elsewhere.Elsewhere", "address": os.environ["GOLDENTHREAD_SYSLOG"], "formatter": "plain",
    }  # fmt: skip
    LOGGING["root"]["handlers"].append("elsewhere")
    LOGGING["loggers"] = {"goldenthread.trail": {"handlers": ["elsewhere"], "level": "INFO", "propagate": False}}
