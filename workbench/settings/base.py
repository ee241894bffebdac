"""Settings for production. Everything that differs between installations comes from the environment.

docs/running.md lists the variables. This file is not meant to be edited for an installation: the demo and
the tests set the same variables.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF

from workbench import logs, postgresql
from workbench.environment import BASE_DIR, software
from workbench.files import Bucket, Folder
from workbench.settings.accounts import *
from workbench.settings.given import env

# So that admins, forms and fields can say at run time, too, of what model they are: `ModelAdmin[Claim]`.
django_stubs_ext.monkeypatch()

SECRET_KEY: str = env["SECRET_KEY"]
DEBUG: bool = env["DEBUG"]
ALLOWED_HOSTS: list[str] = env["ALLOWED_HOSTS"]
CSRF_TRUSTED_ORIGINS: list[str] = env["CSRF_TRUSTED_ORIGINS"]
DATA_DIR: Path = env["DATA_DIR"]

LOGGING = logs.configuration(env["LOG_FORMAT"], env["LOG_LEVEL"], env["SENTRY_DSN"])

INSTALLED_APPS = [
    "workbench.data_entry.DataEntryConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    # Its page for trying the API, with all that the page loads.
    "ninja",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "django_tasks_db",
    "simple_history",
    # Last, so that the permissions of its roles already exist.
    "claims",
]

MIDDLEWARE = [
    "workbench.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "claims.web.site.middleware.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "claims.web.site.middleware.SharedPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "claims.web.site.middleware.AccessMiddleware",
    "claims.web.site.replica.ReplicaMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "claims.web.site.middleware.ReaderZoneMiddleware",
    "claims.web.site.middleware.WorkbenchErrorMiddleware",
    "claims.web.site.middleware.KnownNamesMiddleware",
]

ROOT_URLCONF = "workbench.urls"
WSGI_APPLICATION = "workbench.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "claims.web.site.context_processors.page_context",
            ],
            "libraries": {
                "captures": "claims.web.captures.template_tags",
                "links": "claims.web.links.template_tags",
                "review": "claims.web.review.parts.template_tags",
                "public": "claims.web.public.template_tags",
                "workbench": "claims.web.components.template_tags",
            },
        },
    },
]

# Without a database address, everything is kept in one SQLite file in DATA_DIR.
DATABASES: dict[str, dict[str, Any]] = {"default": env["DATABASE_URL"]}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer (WAL); a writer takes its place in the queue at once (IMMEDIATE)
    # instead of failing half-way, and waits for up to `timeout` seconds.
    DATABASES["default"]["OPTIONS"] = {
        # Each commit is on the disk before it is acknowledged (FULL), so that a power cut loses none. Up to 32 MB of
        # pages a connection, and the file as memory that all of them share: a list of a million claims reads some
        # thousand pages of it.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        " PRAGMA cache_size=-32000; PRAGMA mmap_size=1073741824;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 60
else:
    if env["REPLICA_DATABASE_URL"]:
        DATABASES["replica"] = env["REPLICA_DATABASE_URL"]
        DATABASE_ROUTERS = ["claims.queries.replica.reading.Router"]
    for name, database in DATABASES.items():
        postgresql.prepare(
            database,
            env["DATABASE_POOL_MIN"],
            env["DATABASE_POOL_MAX"],
            is_replica=name == "replica",
        )
# For so many seconds what is read from the replica may be outdated.
REPLICA_MAX_LAG: int = env["REPLICA_MAX_LAG"]
# Public pages and files are kept as they were made until something public changes, for all processes of a machine.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # How often each token of the API was used in this minute. Each process of the server counts its own.
    "requests": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "requests",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "public": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "public-pages",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
# Background tasks wait in the database for `manage.py work`, on this machine or another one.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
# The browser's language is the default; the switch on every page sets another one for a year.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
# Listed here, and not only found in its app, so that these translations take precedence over
# Django's own.
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
FORMAT_MODULE_PATH = "workbench.formats"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE: str = env["TIME_ZONE"]
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# The index of the manual, which "Help" shows, and its pictures.
MANUAL = BASE_DIR / "docs" / "README.md"
STATICFILES_DIRS = [("docs/pictures", BASE_DIR / "docs" / "pictures")]
# Evidence, and exports of many claims. They have no public address: views that check the permission serve them.
FILES: Folder | Bucket = env["FILES_URL"] or Folder(DATA_DIR)
if isinstance(FILES, Bucket):
    FILES = replace(
        FILES, key_id=env["FILES_KEY_ID"] or None, secret_key=env["FILES_SECRET_KEY"] or None
    )
# On that disk, so that an export is moved into its place and not copied.
FILE_UPLOAD_TEMP_DIR = FILES.path if isinstance(FILES, Folder) else DATA_DIR
# Bytes that must be free in these folders, or else `healthz` reports a full disk while there is still time.
DISK_RESERVE = 256 * 1024 * 1024
DISKS = sorted({DATA_DIR, Path(FILE_UPLOAD_TEMP_DIR)})
STORAGES = {
    "default": FILES.storage("evidence"),
    "exports": FILES.storage("exports", allow_overwrite=True),
    "staticfiles": {"BACKEND": "workbench.static.Storage"},
}

# A form field may be larger than an article: then the form says so and keeps the text. Beyond this many
# bytes the request is refused unread.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

HTTPS: bool = env["HTTPS"]
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SESSION_ENGINE = "workbench.sessions"
SESSION_COOKIE_SECURE = HTTPS
# Idle time after which users have to log in again. Each use of a session extends it by this time.
SESSION_COOKIE_AGE = env["SESSION_IDLE_MINUTES"] * 60
CSRF_COOKIE_SECURE = HTTPS
# Browsers offer passkeys only over HTTPS, and on this machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# For the address that a provider leads back to.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
LANGUAGE_COOKIE_SECURE = HTTPS
BEHIND_PROXY: bool = env["BEHIND_PROXY"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whether the whole domain requires HTTPS, including subdomains and browsers' preload lists, is its
# owner's decision and not that of one host. The login page itself reports lockouts, so axes' middleware
# has nothing to do.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "axes.W002"]

# The mailbox to which articles are mailed, and whose mails are taken from it: addresses and domains. None, unless it is set.
MAILBOX: dict[str, Any] = env["MAILBOX_URL"]
MAILBOX_SENDERS: list[str] = env["MAILBOX_SENDERS"]
# Hosts that articles may be fetched from although they are on a private network, such as "wire.intern:8080".
FETCH_ALLOW: list[str] = env["FETCH_ALLOW"]
# Whether a worker captures each link that is given as evidence, when it is added and when a report with it is published.
# Without it, only links are fetched that somebody asks for: a request tells a site that somebody looks at its page.
CAPTURE_EVIDENCE: bool = env["CAPTURE_EVIDENCE"]
# The browser that draws a picture of each captured page; without one there are no pictures.
CAPTURE_PICTURES: str = env["CAPTURE_PICTURES"]
# After how many days a worker checks again whether a link of the evidence still leads to what it led to; never, if it is 0.
# Off for the same reason.
CHECK_LINKS_DAYS: int = env["CHECK_LINKS_DAYS"]
# Who keeps copies of public pages, and our key there. Nobody, unless it is set: whoever is asked learns what is checked here.
ARCHIVE_URL: str = env["ARCHIVE_URL"]
ARCHIVE_KEY: str = env["ARCHIVE_KEY"]
# The address of the public pages ("https://desk.example.org"); without it there are none.
PUBLIC_URL: str = env["PUBLIC_URL"]
# Where people open the desk: messages to other systems name whole addresses with it.
DESK_URL: str = env["DESK_URL"]
# On which sites cards of public reports and claims may be embedded; "*" is any.
EMBED_SITES: list[str] = env["EMBED_SITES"]
# How many requests a token of the API may send to one process of the server.
API_REQUESTS_PER_MINUTE: int = env["API_REQUESTS_PER_MINUTE"]
# How many days it is kept what nobody needs any more: drafts on which nobody works always, if it is 0.
KEEP_DAYS: dict[str, int] = {
    name: env[f"KEEP_{name.upper()}_DAYS"]
    for name in ("inbox", "exports", "notifications", "tasks", "webhooks", "logins", "drafts")
}
# What Prometheus sends to read /metrics; without it there is no such page.
METRICS_TOKEN: str = env["METRICS_TOKEN"]

# Who confirms the digests of published reports, and the certificates by which it is trusted. Nobody, unless it is set.
TIMESTAMP_AUTHORITY: str = env["TIMESTAMP_AUTHORITY"]
TIMESTAMP_CERTIFICATES: bytes = env["TIMESTAMP_CERTIFICATES"]
# What the PDFs of published reports are signed with: a PKCS#12 file's bytes, and its password. Unsigned, unless it is set.
SIGNING_CERTIFICATE: bytes = env["SIGNING_CERTIFICATE"]
SIGNING_PASSWORD: str = env["SIGNING_PASSWORD"]
# A file in which a worker notes once a day what proves the logs until then; None without one.
LOG_HEADS: Path | None = env["LOG_HEADS"]
SOFTWARE = software()
