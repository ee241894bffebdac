"""How the texts of environment variables are read: each function returns a value, or raises `ValueError`."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

import environ

_HOST = r"\.?[\w-]+(?:\.[\w-]+)*|\[[\da-fA-F:.]+\]"
_MAILBOXES = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("none", 143)}
_DATABASES = {"sqlite", "postgres", "postgresql", "psql"}


def text(value: str) -> str:
    """Check a text that is not blank."""
    if not value.strip():
        raise ValueError
    return value


def token(value: str) -> str:
    """Check a secret in visible ASCII characters, long enough that nobody guesses it; "" for none."""
    if value and not re.fullmatch(r"[!-~]{20,}", value):
        raise ValueError
    return value


def key_pair(value: str) -> str:
    """Check a key and its secret, in visible ASCII characters with a colon between them."""
    if not re.fullmatch(r"[!-9;-~]+:[!-~]+", value):
        raise ValueError
    return value


def choice(*values: str) -> Callable[[str], str]:
    """Return a reader of one of some words, in whatever case."""

    def read(value: str) -> str:
        if value.lower() not in values:
            raise ValueError
        return value.lower()

    return read


def switch(value: str) -> bool:
    """Parse "on" or "off"."""
    return choice("on", "off")(value) == "on"


def number(at_least: int, at_most: int) -> Callable[[str], int]:
    """Return a reader of a whole number between two, both included."""

    def read(value: str) -> int:
        if not value.isdecimal() or not at_least <= int(value) <= at_most:
            raise ValueError
        return int(value)

    return read


def list_of(read: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Return a reader of values separated by commas."""
    return lambda value: [read(part.strip()) for part in value.split(",") if part.strip()]


def host(value: str) -> str:
    """Check the name of a host, with a leading dot for its subdomains; "*" is any."""
    if value != "*" and not re.fullmatch(_HOST, value):
        raise ValueError
    return value


def host_and_port(value: str) -> str:
    """Parse a host, with or without a port."""
    return with_port(value, rf"(?:{_HOST})(?::(\d{{1,5}}))?")


def with_port(value: str, form: str) -> str:
    """A value of that form, whose only group is a port."""
    found = re.fullmatch(form, value)
    if not found or not 0 < int(found[1] or 1) < 65_536:
        raise ValueError
    return value


def bind(value: str) -> str:
    """Check an address to listen on: a port, with or without a host, or a socket."""
    return with_port(value, rf"(?:{_HOST})?:(\d{{1,5}})|unix:/.+")


def origin(value: str) -> str:
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
    host_and_port(host)
    return value.rstrip("/")


def sites(value: str) -> list[str]:
    """Parse the origins of sites, separated by commas; "*" is any, "none" none."""
    if value in {"*", "none"}:
        return [value] if value == "*" else []
    return list_of(origin)(value)


def zone(value: str) -> str:
    """Check the name of a time zone."""
    if value not in available_timezones():
        raise ValueError
    return value


def folder(value: str) -> Path:
    """Check a writable folder; if it does not exist, it is created for this account alone."""
    folder = Path(text(value)).absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ValueError
    return folder


def address(value: str) -> str:
    """Check the whole address of a service."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or parts.fragment or not parts.hostname:
        raise ValueError
    host_and_port(parts.netloc)
    return value


def dsn(value: str) -> str:
    """Check the address of a project on a Sentry server: with a key, and a path that ends in the project's number."""
    parts = urlsplit(value)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.username
        or not parts.path.rpartition("/")[2].isdecimal()
        or parts.query
        or parts.fragment
    ):
        raise ValueError
    host_and_port(parts.netloc.rpartition("@")[2])
    return value


def issuer(value: str) -> str:
    """Check the address of an OpenID Connect provider. Its answers are trusted, so nobody may read or change them on the way."""
    parts = urlsplit(address(value))
    if parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError
    return value.rstrip("/")


role = choice("reader", "editor", "chief", "administrator")


def roles_of_groups(value: str) -> dict[str, str]:
    """Parse "group=role,group=role"."""
    pairs = [part.rpartition("=") for part in value.split(",") if part.strip()]
    if not all(group.strip() for group, _equals, _found in pairs):
        raise ValueError
    return {group.strip(): role(found.strip()) for group, _equals, found in pairs}


def mail_server(value: str) -> dict[str, Any]:
    """Parse the address of a mail server: plain, with STARTTLS (`smtp+tls`), or within TLS (`smtp+ssl`)."""
    if urlsplit(value).scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        raise ValueError
    found = dict(environ.Env.email_url_config(value))
    if not found["EMAIL_HOST"]:
        raise ValueError
    return found


def mailbox(value: str) -> dict[str, Any]:
    """Parse the address of a mailbox: within TLS (`imaps`), with STARTTLS (`imap+tls`), or plain on this machine."""
    parts = urlsplit(value)
    encryption, port = _MAILBOXES.get(parts.scheme, ("", 0))
    is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not (encryption and parts.hostname and parts.username and parts.password) or parts.query:
        raise ValueError
    if encryption == "none" and not is_here:
        raise ValueError
    return {
        "host": parts.hostname,
        "port": parts.port or port,
        "user": unquote(parts.username),
        "password": unquote(parts.password),
        "folder": unquote(parts.path).strip("/") or "INBOX",
        "encryption": encryption,
    }


def writer(value: str) -> str:
    """Check an e-mail address or the domain of some, in lower case."""
    if not re.fullmatch(r"([^<>@\s]+@)?[^<>@\s.]+(\.[^<>@\s.]+)+", value):
        raise ValueError
    return value.lower()


def sender(value: str) -> str:
    """Check an e-mail address, with or without a name: "The desk <desk@example.org>"."""
    if not re.fullmatch(r"[^<>@\s]+@[^<>@\s]+|[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>", value):
        raise ValueError
    return value


def contents(value: str) -> bytes:
    """Read a file that is not empty."""
    try:
        found = Path(value).read_bytes()
    except OSError as error:
        raise ValueError from error
    if not found:
        raise ValueError
    return found


def certificates(value: str) -> bytes:
    """Read a file of certificates in PEM."""
    found = contents(value)
    if b"-----BEGIN CERTIFICATE-----" not in found:
        raise ValueError
    return found


def file(value: str) -> Path | None:
    """Check a file, or the place of one that is not there yet."""
    if not value:
        return None
    path = Path(value).absolute()
    if not os.access(path if path.exists() else path.parent, os.W_OK) or path.is_dir():
        raise ValueError
    return path


def program(value: str) -> str:
    """Check the path of a program, or nothing."""
    if value and not (Path(value).is_absolute() and os.access(value, os.X_OK)):
        raise ValueError
    return value


def database(value: str) -> dict[str, Any]:
    """Parse the address of a database into Django's settings."""
    if urlsplit(text(value)).scheme not in _DATABASES:
        raise ValueError
    database = dict(environ.Env.db_url_config(value))
    if not database["NAME"]:
        raise ValueError
    return database
