"""The environment variables: their values, validation and defaults.

All are checked before anything starts, so that a typing error stops the start with a line that names the variable,
instead of silently changing what the server does.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from django.core.exceptions import ImproperlyConfigured

from workbench.files import Bucket, Folder, place_of

BASE_DIR = Path(__file__).resolve().parents[1]
_HOST = r"\.?[\w-]+(?:\.[\w-]+)*|\[[\da-fA-F:.]+\]"
POSTGRESQL = "django.db.backends.postgresql"
_DATABASES = {"sqlite", "postgres", "postgresql", "psql"}


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


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError
    return value


def _token(value: str) -> str:
    """Check a secret in visible ASCII characters, long enough that nobody guesses it; "" for none."""
    if value and not re.fullmatch(r"[!-~]{20,}", value):
        raise ValueError
    return value


def _choice(*values: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in values:
            raise ValueError
        return value.lower()

    return read


def _switch(value: str) -> bool:
    return _choice("on", "off")(value) == "on"


def _number(at_least: int, at_most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isdecimal() or not at_least <= int(value) <= at_most:
            raise ValueError
        return int(value)

    return read


def _list_of(read: Callable[[str], str]) -> Callable[[str], list[str]]:
    return lambda value: [read(part.strip()) for part in value.split(",") if part.strip()]


def _host(value: str) -> str:
    if value != "*" and not re.fullmatch(_HOST, value):
        raise ValueError
    return value


def _host_and_port(value: str) -> str:
    """Parse a host, with or without a port."""
    return _with_port(value, rf"(?:{_HOST})(?::(\d{{1,5}}))?")


def _with_port(value: str, form: str) -> str:
    """A value of that form, whose only group is a port."""
    found = re.fullmatch(form, value)
    if not found or not 0 < int(found[1] or 1) < 65_536:
        raise ValueError
    return value


def _bind(value: str) -> str:
    return _with_port(value, rf"(?:{_HOST})?:(\d{{1,5}})|unix:/.+")


def _origin(value: str) -> str:
    """Parse a site's origin: scheme and host, and a port if it is not the default."""
    parts = urlsplit(value)
    host = parts.netloc.removeprefix("*")
    if (
        parts.scheme not in {"http", "https"}
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise ValueError
    _host_and_port(host)
    return value.rstrip("/")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError
    return value


def _folder(value: str) -> Path:
    """Check a writable folder; if it does not exist, it is created for this account alone."""
    folder = Path(_text(value)).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError
    return folder


def _address(value: str) -> str:
    """Check the whole address of a service."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or parts.fragment or not parts.hostname:
        raise ValueError
    _host_and_port(parts.netloc)
    return value


def _certificates(value: str) -> bytes:
    """Read a file of certificates in PEM."""
    try:
        found = Path(value).read_bytes()
    except OSError as error:
        raise ValueError from error
    if b"-----BEGIN CERTIFICATE-----" not in found:
        raise ValueError
    return found


def _file(value: str) -> Path | None:
    """Check a file, or the place of one that is not there yet."""
    if not value:
        return None
    path = Path(value).absolute()
    if not os.access(path if path.exists() else path.parent, os.W_OK) or path.is_dir():
        raise ValueError
    return path


def _place(value: str) -> Folder | Bucket | None:
    """Parse where files are kept; "" for DATA_DIR."""
    return place_of(value, folder=_folder, address=_address) if value else None


def _database(value: str) -> dict[str, Any]:
    if urlsplit(_text(value)).scheme not in _DATABASES:
        raise ValueError
    database = dict(environ.Env.db_url_config(value))
    if not database["NAME"]:
        raise ValueError
    return database


def _postgresql(value: str) -> dict[str, Any]:
    database = _database(value)
    if database["ENGINE"] != POSTGRESQL:
        raise ValueError
    return database


VARIABLES = {
    "SECRET_KEY": Variable(
        _text,
        "a long random text that signs sessions, and keep it secret",
        default=None,
        is_secret=True,
    ),
    "ALLOWED_HOSTS": Variable(
        _list_of(_host),
        "the host names of this site, separated by commas, such as desk.example.org",
    ),
    "DATABASE_URL": Variable(
        _database,
        "the address of a database, such as postgres://user:password@host/name",
        default="sqlite:///{DATA_DIR}/workbench.sqlite3",
        is_secret=True,
    ),
    "DATABASE_POOL_MIN": Variable(
        _number(0, 1000), "a number of connections from 0 to 1000", default="1"
    ),
    "DATABASE_POOL_MAX": Variable(
        _number(0, 1000), "a number of connections from 0 to 1000", default="0"
    ),
    "REPLICA_DATABASE_URL": Variable(
        lambda value: value and _postgresql(value),
        "the address of a streaming replica of the database in DATABASE_URL, both of PostgreSQL",
        is_secret=True,
    ),
    "REPLICA_MAX_LAG": Variable(
        _number(1, 3600), "a number of seconds from 1 to 3600", default="10"
    ),
    "DATA_DIR": Variable(_folder, "a writable folder", default=str(BASE_DIR / ".data")),
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
        _list_of(_origin),
        "addresses with their scheme, separated by commas, such as https://desk.example.org",
    ),
    "BEHIND_PROXY": Variable(_switch, "on or off", default="off"),
    "HTTPS": Variable(_switch, "on or off", default="on"),
    "SESSION_IDLE_MINUTES": Variable(
        _number(1, 525_600), "a number of minutes from 1 to 525600", default="720"
    ),
    "TIME_ZONE": Variable(_zone, "the name of a time zone, such as Asia/Karachi", default="UTC"),
    "PUBLIC_URL": Variable(
        lambda value: value and _origin(value),
        "an address with its scheme and without a path, such as https://desk.example.org",
    ),
    "FETCH_ALLOW": Variable(
        _list_of(_host_and_port),
        "hosts without a scheme, with or without a port, separated by commas, such as wire.intern:8080",
    ),
    "TIMESTAMP_AUTHORITY": Variable(
        lambda value: value and _address(value),
        "the address of an RFC 3161 timestamp authority, such as https://tsa.example.org/tsr",
    ),
    "TIMESTAMP_CERTIFICATES": Variable(
        lambda value: _certificates(value) if value else b"",
        "a PEM file with the authority’s trusted certificates",
    ),
    "LOG_HEADS": Variable(_file, "a writable file, preferably on another machine"),
    "METRICS_TOKEN": Variable(
        _token, "a random text of at least 20 characters without spaces", is_secret=True
    ),
    "WORKER": Variable(_switch, "on or off", default="off"),
    "BIND": Variable(
        _bind, "an address to listen on, such as 127.0.0.1:8000", default="127.0.0.1:8000"
    ),
    "WEB_CONCURRENCY": Variable(
        _number(1, 256),
        "a number of processes from 1 to 256",
        default=str(min(os.cpu_count() or 1, 4)),
    ),
    "LOG_FORMAT": Variable(_choice("plain", "json"), "plain or json", default="plain"),
    "LOG_LEVEL": Variable(
        _choice("debug", "info", "warning", "error"),
        "debug, info, warning or error",
        default="warning",
    ),
    "DEBUG": Variable(_switch, "on or off", default="off"),
}
"""Every variable by its name. The table in docs/running.md lists the same."""


def read_environment(variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the value of every variable.

    Args:
        variables: the environment's texts by name; unknown names are ignored.

    Raises:
        ImproperlyConfigured: if a variable is missing or not valid. The message has a line for each that names the
            variable and says what it accepts.
    """
    values: dict[str, Any] = {}
    faults = []
    for name, variable in VARIABLES.items():
        text = variables.get(name, variable.default)
        if text is None:
            faults.append(f"{name} is not set: set it to {variable.takes}.")
            continue
        if name not in variables:
            text = text.format(DATA_DIR=variables.get("DATA_DIR") or VARIABLES["DATA_DIR"].default)
        try:
            values[name] = variable.read(text)
        except ValueError:
            faults.append(_fault(name, text))
    faults += _incomplete(values)
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
    return values


def _incomplete(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is missing beside variables that are valid alone."""
    needs = {
        "TIMESTAMP_AUTHORITY": "TIMESTAMP_CERTIFICATES",
        "FILES_KEY_ID": "FILES_SECRET_KEY",
        "FILES_SECRET_KEY": "FILES_KEY_ID",
    }
    for name, other in needs.items():
        if values.get(name) and other in values and not values[other]:
            yield f"{other} is empty, and {name} is set: set it to {VARIABLES[other].takes}."
    database = values.get("DATABASE_URL")
    if values.get("REPLICA_DATABASE_URL") and database and database["ENGINE"] != POSTGRESQL:
        yield (
            "REPLICA_DATABASE_URL is set, and DATABASE_URL does not name a PostgreSQL database:"
            f" set it to {VARIABLES['DATABASE_URL'].takes}."
        )


def _fault(name: str, text: str) -> str:
    variable = VARIABLES[name]
    if not text.strip():
        return f"{name} is empty: set it to {variable.takes}."
    shown = "not valid" if variable.is_secret else f"“{text}”, which is not valid"
    if variable.read is _folder:
        shown = f"“{text}”, which cannot be written to"
    return f"{name} is {shown}: set it to {variable.takes}."
