"""The environment variables: their values, validation and defaults.

All are checked before anything starts, so that a typing error stops the start with a line that names the variable,
instead of silently changing what the server does.
"""

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from claims.renderers.signatures.certificates import read_certificate
from workbench import values
from workbench.files import Bucket, Folder, place_of

BASE_DIR = Path(__file__).resolve().parents[1]
POSTGRESQL = "django.db.backends.postgresql"


@dataclass(frozen=True)
class Variable:
    """An environment variable.

    Attributes:
        read: converts its text to a value; raises `ValueError` if the text is not valid.
        takes: the allowed values, in words that follow "set it to".
        default: its text if it is not set; None if it is required.
        is_secret: whether its text must not be shown.
    """

    read: Callable[[str], Any]
    takes: str
    default: str | None = ""
    is_secret: bool = False


def _place(value: str) -> Folder | Bucket | None:
    """Parse where files are kept; "" for DATA_DIR."""
    return place_of(value, folder=values.folder, address=values.address) if value else None


def _postgresql(value: str) -> dict[str, Any]:
    database = values.database(value)
    if database["ENGINE"] != POSTGRESQL:
        raise ValueError
    return database


_DAYS = "a number of days from 1 to 3650"

VARIABLES = {
    "SECRET_KEY": Variable(
        values.text,
        "a long random text that signs sessions, and keep it secret",
        default=None,
        is_secret=True,
    ),
    "ALLOWED_HOSTS": Variable(
        values.list_of(values.host),
        "the host names of this site, separated by commas, such as desk.example.org",
    ),
    "DATABASE_URL": Variable(
        values.database,
        "the address of a database, such as postgres://user:password@host/name",
        default="sqlite:///{DATA_DIR}/workbench.sqlite3",
        is_secret=True,
    ),
    "DATABASE_POOL_MIN": Variable(
        values.number(0, 1000), "a number of connections from 0 to 1000", default="1"
    ),
    "DATABASE_POOL_MAX": Variable(
        values.number(0, 1000), "a number of connections from 0 to 1000", default="0"
    ),
    "REPLICA_DATABASE_URL": Variable(
        lambda value: value and _postgresql(value),
        "the address of a streaming replica of the database in DATABASE_URL, both of PostgreSQL",
        is_secret=True,
    ),
    "REPLICA_MAX_LAG": Variable(
        values.number(1, 3600), "a number of seconds from 1 to 3600", default="10"
    ),
    "DATA_DIR": Variable(values.folder, "a writable folder", default=str(BASE_DIR / ".data")),
    "FILES_URL": Variable(
        _place,
        "file: and a writable folder, such as file:///mnt/desk, or a bucket, such as"
        " s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-1",
        # Somebody might have put the key into it.
        is_secret=True,
    ),
    "FILES_KEY_ID": Variable(str.strip, "the id of a key for the bucket in FILES_URL"),
    "FILES_SECRET_KEY": Variable(
        str.strip, "the secret that belongs to FILES_KEY_ID", is_secret=True
    ),
    "CSRF_TRUSTED_ORIGINS": Variable(
        values.list_of(values.origin),
        "addresses with their scheme, separated by commas, such as https://desk.example.org",
    ),
    "BEHIND_PROXY": Variable(values.switch, "on or off", default="off"),
    "HTTPS": Variable(values.switch, "on or off", default="on"),
    "SESSION_IDLE_MINUTES": Variable(
        values.number(1, 525_600), "a number of minutes from 1 to 525600", default="720"
    ),
    "EMAIL_URL": Variable(
        lambda value: values.mail_server(value) if value else {},
        "the address of a mail server, such as smtp+tls://user:password@mail.example.org:587",
        is_secret=True,
    ),
    "EMAIL_FROM": Variable(
        lambda value: value and values.sender(value),
        "the sender of messages, such as desk@example.org",
    ),
    "MAILBOX_URL": Variable(
        lambda value: values.mailbox(value) if value else {},
        "the address of a mailbox, such as imaps://user:password@mail.example.org/INBOX",
        is_secret=True,
    ),
    "MAILBOX_SENDERS": Variable(
        values.list_of(values.writer),
        "e-mail addresses and domains, separated by commas, such as press@agency.example,wire.example",
    ),
    "REQUIRE_SECOND_FACTOR": Variable(
        values.list_of(values.role),
        "roles, separated by commas, of reader, editor, chief and administrator",
    ),
    "OIDC_ISSUER": Variable(
        lambda value: value and values.issuer(value),
        "the provider’s address with https, such as https://login.example.org/newsroom",
    ),
    "OIDC_CLIENT_ID": Variable(str, "the name that the provider gave to this workbench"),
    "OIDC_CLIENT_SECRET": Variable(str, "the secret that goes with OIDC_CLIENT_ID", is_secret=True),
    "OIDC_NAME": Variable(
        values.text, "the provider’s name on the login page", default="OpenID Connect"
    ),
    "OIDC_GROUPS_CLAIM": Variable(
        values.text, "the name of the claim with a person’s groups", default="groups"
    ),
    "OIDC_ROLES": Variable(
        values.roles_of_groups,
        "groups and their roles, separated by commas, such as checkers=editor,heads=chief",
    ),
    "OIDC_REPLACES_PASSWORDS": Variable(values.switch, "on or off", default="off"),
    "TIME_ZONE": Variable(
        values.zone, "the name of a time zone, such as Asia/Karachi", default="UTC"
    ),
    "PUBLIC_URL": Variable(
        lambda value: value and values.origin(value),
        "an address with its scheme and without a path, such as https://desk.example.org",
    ),
    "DESK_URL": Variable(
        lambda value: value and values.origin(value),
        "an address with its scheme and without a path, such as https://desk.example.org",
    ),
    "EMBED_SITES": Variable(
        values.sites,
        "sites with their schemes, separated by commas, such as https://www.example.org; * for all, or none",
        default="*",
    ),
    "FETCH_ALLOW": Variable(
        values.list_of(values.host_and_port),
        "hosts without a scheme, with or without a port, separated by commas, such as wire.intern:8080",
    ),
    "CAPTURE_EVIDENCE": Variable(values.switch, "on or off", default="off"),
    "CAPTURE_PICTURES": Variable(
        values.program, "the path of Chromium, such as /usr/bin/chromium-headless-shell"
    ),
    "CHECK_LINKS_DAYS": Variable(
        values.number(0, 3650), "a number of days from 1 to 3650, or 0 for never", default="0"
    ),
    "ARCHIVE_URL": Variable(
        lambda value: value and values.origin(value),
        "the address of an archive without a path, such as https://web.archive.org",
    ),
    "ARCHIVE_KEY": Variable(
        lambda value: value and values.key_pair(value),
        "the key and the secret of your account at the archive, with a colon between them",
        is_secret=True,
    ),
    "TIMESTAMP_AUTHORITY": Variable(
        lambda value: value and values.address(value),
        "the address of an RFC 3161 timestamp authority, such as https://tsa.example.org/tsr",
    ),
    "TIMESTAMP_CERTIFICATES": Variable(
        lambda value: values.certificates(value) if value else b"",
        "a PEM file with the authority’s trusted certificates",
    ),
    "SIGNING_CERTIFICATE": Variable(
        lambda value: values.contents(value) if value else b"",
        "a PKCS#12 file with the newsroom’s certificate and its key, which SIGNING_PASSWORD opens",
    ),
    "SIGNING_PASSWORD": Variable(
        str, "the password of the file in SIGNING_CERTIFICATE", is_secret=True
    ),
    "LOG_HEADS": Variable(values.file, "a writable file, preferably on another machine"),
    "METRICS_TOKEN": Variable(
        values.token, "a random text of at least 20 characters without spaces", is_secret=True
    ),
    "API_REQUESTS_PER_MINUTE": Variable(
        values.number(1, 1_000_000), "a number of requests from 1 to 1000000", default="600"
    ),
    "WORKER": Variable(values.switch, "on or off", default="off"),
    "KEEP_INBOX_DAYS": Variable(values.number(1, 3650), _DAYS, default="30"),
    "KEEP_EXPORTS_DAYS": Variable(values.number(1, 3650), _DAYS, default="1"),
    "KEEP_NOTIFICATIONS_DAYS": Variable(values.number(1, 3650), _DAYS, default="180"),
    "KEEP_TASKS_DAYS": Variable(values.number(1, 3650), _DAYS, default="14"),
    "KEEP_WEBHOOKS_DAYS": Variable(values.number(1, 3650), _DAYS, default="30"),
    "KEEP_LOGINS_DAYS": Variable(values.number(1, 3650), _DAYS, default="30"),
    "KEEP_DRAFTS_DAYS": Variable(
        values.number(0, 3650), "a number of days from 1 to 3650, or 0 for always", default="0"
    ),
    "BIND": Variable(
        values.bind, "an address to listen on, such as 127.0.0.1:8000", default="127.0.0.1:8000"
    ),
    "WEB_CONCURRENCY": Variable(
        values.number(1, 256),
        "a number of processes from 1 to 256",
        default=str(min(os.cpu_count() or 1, 4)),
    ),
    "LOG_FORMAT": Variable(values.choice("plain", "json"), "plain or json", default="plain"),
    "LOG_LEVEL": Variable(
        values.choice("debug", "info", "warning", "error"),
        "debug, info, warning or error",
        default="warning",
    ),
    "SENTRY_DSN": Variable(
        lambda value: value and values.dsn(value),
        "the address (DSN) of a project on a Sentry server, such as https://key@sentry.example.org/1",
        is_secret=True,
    ),
    "DEBUG": Variable(values.switch, "on or off", default="off"),
}
"""Every variable by its name. The table in docs/running.md lists the same."""


def software() -> str:
    """Return the name and version of this program, as pages and files show them."""
    with (BASE_DIR / "pyproject.toml").open("rb") as pyproject:
        return f"Claim Workbench {tomllib.load(pyproject)['project']['version']}"


def read_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the value of every variable.

    Args:
        variables: the environment's texts by name; unknown names are ignored.

    Raises:
        ImproperlyConfigured: if a variable is missing or not valid. The message has a line for each that names the
            variable and says what it accepts.
    """
    found: dict[str, Any] = {}
    faults = []
    for name, variable in VARIABLES.items():
        text = variables.get(name, variable.default)
        if text is None:
            faults.append(f"{name} is not set: set it to {variable.takes}.")
            continue
        if name not in variables:
            text = text.format(DATA_DIR=variables.get("DATA_DIR") or VARIABLES["DATA_DIR"].default)
        try:
            found[name] = variable.read(text)
        except ValueError:
            faults.append(_fault(name, text))
    faults += _incomplete(found)
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
    return found


_NEEDS = (
    ("ARCHIVE_URL", "ARCHIVE_KEY"),
    ("TIMESTAMP_AUTHORITY", "TIMESTAMP_CERTIFICATES"),
    ("FILES_KEY_ID", "FILES_SECRET_KEY"),
    ("FILES_SECRET_KEY", "FILES_KEY_ID"),
    ("EMAIL_URL", "EMAIL_FROM"),
    ("MAILBOX_URL", "MAILBOX_SENDERS"),
    ("OIDC_ISSUER", "OIDC_CLIENT_ID"),
    ("OIDC_ISSUER", "OIDC_CLIENT_SECRET"),
)
"""Variables that need another one, and which."""


def _incomplete(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing beside variables that are valid alone."""
    for name, other in _NEEDS:
        if found.get(name) and other in found and not found[other]:
            yield f"{other} is empty, and {name} is set: set it to {VARIABLES[other].takes}."
    if found.get("SIGNING_CERTIFICATE") and "SIGNING_PASSWORD" in found:
        try:
            read_certificate(found["SIGNING_CERTIFICATE"], found["SIGNING_PASSWORD"])
        except ValueError:
            yield (
                "SIGNING_CERTIFICATE is not a PKCS#12 file that SIGNING_PASSWORD opens, or it has no certificate"
                f" with a key: set it to {VARIABLES['SIGNING_CERTIFICATE'].takes}."
            )
    database = found.get("DATABASE_URL")
    if found.get("REPLICA_DATABASE_URL") and database and database["ENGINE"] != POSTGRESQL:
        yield (
            "REPLICA_DATABASE_URL is set, and DATABASE_URL does not name a PostgreSQL database:"
            f" set it to {VARIABLES['DATABASE_URL'].takes}."
        )


def _fault(name: str, text: str) -> str:
    variable = VARIABLES[name]
    if not text.strip():
        return f"{name} is empty: set it to {variable.takes}."
    shown = "not valid" if variable.is_secret else f"“{text}”, which is not valid"
    if variable.read is values.folder:
        shown = f"“{text}”, which cannot be written to"
    return f"{name} is {shown}: set it to {variable.takes}."
