"""Errors, sent to a Sentry server where SENTRY_DSN names one.

What is sent is what the log has of an error: where in the program it was raised, and the request's number, path and
account number. No form, address, variable, header or text that anybody wrote goes along.
"""

import logging
import traceback
from typing import Any

from sentry_sdk import Client
from sentry_sdk.types import Event
from sentry_sdk.utils import capture_internal_exceptions

from workbench import logs
from workbench.environment import software

_PATIENCE = 2
"""Seconds that a process which ends waits for what is still to be sent."""


class SentryHandler(logging.Handler):
    """Sends each record to a Sentry server, in the background. A server that does not answer holds nothing up.

    Args:
        dsn: the address of the project there, with its key.
        **options: the client's, for tests.
    """

    def __init__(self, dsn: str, **options: Any) -> None:
        super().__init__()
        self._client = Client(
            dsn=dsn,
            release=software(),
            # They would send what the log leaves out: requests, variables, queries, the machine's name.
            default_integrations=False,
            auto_enabling_integrations=False,
            server_name="",
            # And anything else than errors.
            auto_session_tracking=False,
            send_client_reports=False,
            **options,
        )

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record."""
        with capture_internal_exceptions():
            self._client.capture_event(event_of(record))

    def close(self) -> None:
        """Wait for a moment for what is still to be sent."""
        self._client.close(timeout=_PATIENCE)
        super().close()


def event_of(record: logging.LogRecord) -> Event:
    """Return a record of the log as Sentry's event.

    The fields are those of https://develop.sentry.dev/sdk/data-model/event-payloads/.
    """
    fields = logs.fields_of(record)
    error = record.exc_info[1] if record.exc_info else None
    return {
        "timestamp": fields["time"],
        "level": "fatal" if record.levelno >= logging.CRITICAL else fields["level"],
        "logger": fields["logger"],
        "logentry": {"formatted": fields["message"]},
        "user": {"id": str(fields["user"])} if fields.get("user") else {},
        "tags": {name: fields[name] for name in ("request", "path", "status") if fields.get(name)},
        "exception": {"values": [_exception(one) for one in logs.chain_of(error)]},
    }


def _exception(error: BaseException) -> dict[str, Any]:
    return {
        "type": type(error).__qualname__,
        "module": type(error).__module__,
        "value": logs.message_of(error),
        "stacktrace": {
            "frames": [
                {
                    "filename": frame.filename,
                    "function": frame.name,
                    "lineno": frame.lineno,
                    "context_line": frame.line,
                }
                for frame in traceback.extract_tb(error.__traceback__)
            ]
        },
    }
