"""Settings for the tests: those of production, with the environment of a test machine."""

import os

os.environ.setdefault("SECRET_KEY", "only for tests, where there is nothing to protect")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("PUBLIC_URL", "https://desk.example.org")
os.environ.setdefault("EMAIL_URL", "smtp://mail.example.org")
os.environ.setdefault("EMAIL_FROM", "Desk <desk@example.org>")

from workbench.settings.base import *

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# A cheap hash: the tests log in many times and guard nothing.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "exports": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Static files are served from their sources: the tests do not collect them.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: in memory, the threads of the live server would share one connection.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "tests.sqlite3")}
    # Their database need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
# Each test makes its pages itself: ids come again in the next one.
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    for name in ("default", "public")
} | {"requests": CACHES["requests"]}
# Long work is done at once, where a test can see it.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
