"""The server's log: one line per event, to standard error, as text or JSON.

A line has the time, the level, the request's number, its path and its account's number. It never contains article
text, names or search terms. An error is therefore logged by its type and location, with its message only if that is
known to be about the program itself.
"""

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_only_middleware

REQUEST: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
"""The request that is being answered."""

_requests = logging.getLogger("workbench.requests")
_GIVEN_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_QUERY = re.compile(r"\?\S*")
_LINK = re.compile(r"(/password/new/)[^/\s]+")
"""A link by e-mail, with which whoever has it chooses somebody's password."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What could make two lines of one, or colour a terminal: an address may hold any character."""
_ABOUT_THE_PROGRAM = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    NameError,
    OperationalError,
    TypeError,
)
"""Errors whose messages name parts of the program or of the database server, and nothing that someone wrote."""
_OF_THE_SCHEMA = frozenset({"42703", "42883", "42P01"})
"""SQLSTATE codes of PostgreSQL for a column, function or table that does not exist; see appendix A of its manual. The
messages of other errors in a query quote what someone searched for."""


def new_request_id(given: str = "") -> str:
    """Return the number of a request: the proxy's, if it is plain, or else a random one."""
    return given if _GIVEN_ID.fullmatch(given) else secrets.token_hex(8)


def about_request(record: logging.LogRecord) -> dict[str, Any]:
    """Return the number, path and account of an event's request; empty outside of one.

    The account is included only if it has been loaded: loading it here could fail, or add queries.
    """
    # Django passes the request itself in what it logs after the last middleware.
    request = getattr(record, "request", None) or REQUEST.get()
    if request is None:
        return {}
    user = getattr(request, "_cached_user", None)
    return {
        "request": getattr(request, "request_id", ""),
        "path": _LINK.sub(r"\1…", request.path),
        "user": getattr(user, "pk", None),
    }


def told(error: BaseException | None) -> list[str]:
    """Return an error and its causes, a line for each location, the innermost last, without user input."""
    lines = []
    for one in chain_of(error):
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
        message = message_of(one)
        lines.append(
            f"{type(one).__module__}.{type(one).__qualname__}{f': {message}' if message else ''}"
        )
    return lines


def chain_of(error: BaseException | None) -> list[BaseException]:
    """Return an error and what it came from, the first cause first."""
    chain: list[BaseException] = []
    while error is not None:
        chain.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def message_of(error: BaseException) -> str:
    """Return an error's message, empty unless it is known to be about the program itself."""
    names_schema = getattr(error.__cause__ or error, "sqlstate", None) in _OF_THE_SCHEMA
    if names_schema or isinstance(error, _ABOUT_THE_PROGRAM):
        # Drivers add lines with the query.
        return str(error).splitlines()[0] if str(error) else ""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return ""


class _Numbered(HttpRequest):
    """A request with its number."""

    request_id: str


@sync_only_middleware
class RequestLogMiddleware:
    """Gives each request its number, and logs a line about it at level "info".

    The number is in the `X-Request-ID` header, on error pages and in every line logged in the meantime. This
    middleware comes first, so that everything logged about a request has it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Handle the request."""
        given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
        number = new_request_id(given)
        cast("_Numbered", request).request_id = number
        token, started = REQUEST.set(request), time.monotonic()
        try:
            response = self.get_response(request)
            took = 1000 * (time.monotonic() - started)
            _requests.info("%s %d, %.0f ms", request.method, response.status_code, took)
        finally:
            REQUEST.reset(token)
        response["X-Request-ID"] = number
        return response


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of an event, without user input."""
    found = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        **about_request(record),
        "message": _without_queries(record),
    }
    status = getattr(record, "status_code", None)
    if status is not None:
        found["status"] = status
    return found


def _error_of(record: logging.LogRecord) -> list[str]:
    """The lines of the event's error, if any."""
    return told(record.exc_info[1]) if record.exc_info else []


def _without_queries(record: logging.LogRecord) -> str:
    """Return an event's message without secrets: Django's server logs full addresses, including search terms."""
    message = record.getMessage()
    message = _LINK.sub(r"\1…", message)
    return _QUERY.sub("", message) if record.name.startswith("gunicorn") else message


class PlainFormatter(logging.Formatter):
    """For people: a line of text, with an error's locations below it."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as text."""
        fields = fields_of(record)
        head = [
            fields.pop("time"),
            fields.pop("level"),
            fields.pop("logger"),
            fields.pop("message"),
        ]
        marks = [f"{name}={value}" for name, value in fields.items() if value not in {"", None}]
        line = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", " ".join([*head, *marks]))
        return "\n".join([line, *_error_of(record)])


class JsonFormatter(logging.Formatter):
    """For programs: one JSON object per line."""

    def format(self, record: logging.LogRecord) -> str:
        """The event as JSON."""
        fields = fields_of(record)
        error = _error_of(record)
        if error:
            fields["error"] = error
        return json.dumps(fields, ensure_ascii=False, default=str)


def configuration(form: str, level: str, sentry: str) -> dict[str, Any]:
    """Return Django's LOGGING setting.

    Args:
        form: "plain" or "json".
        level: the minimum level; "info" adds a line per request.
        sentry: the address (DSN) of a Sentry server that errors are sent to as well, or "".
    """
    formatter = {"plain": PlainFormatter, "json": JsonFormatter}[form]
    handlers: dict[str, dict[str, Any]] = {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines"}
    }
    if sentry:
        handlers["sentry"] = {
            "class": "workbench.logs.sentry.SentryHandler",
            "level": "ERROR",
            "dsn": sentry,
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": level.upper()},
        # Django's own handlers also write elsewhere, such as by mail, and gunicorn's in another format. axes' messages
        # about logins are replaced by our own.
        "loggers": {
            "axes": {"level": "ERROR"},
            # What they say while debugging has addresses of chats, which are secrets.
            "apprise": {"level": "CRITICAL"},
            "urllib3": {"level": "WARNING"},
            **{
                name: {"handlers": [], "propagate": True, "level": "NOTSET"}
                for name in ("django", "django.server", "gunicorn.error", "gunicorn.access")
            },
        },
    }
