"""A mail server on this machine, and what it was given."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from tests.workbench.demo import free_port


class Inbox:
    """Keeps what the mail server is given, or refuses it.

    Attributes:
        messages: the messages.
        refusal: what the server says instead of taking one; "" while it takes them.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refusal = ""

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - the name of the command
        if self.refusal:
            return self.refusal
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert message["To"] == ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"


@contextmanager
def mail_server(settings: Any) -> Iterator[Inbox]:
    """A server to which the workbench sends its mail."""
    inbox = Inbox()
    server = Controller(inbox, hostname="127.0.0.1", port=free_port(), ready_timeout=60)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    try:
        yield inbox
    finally:
        server.stop()
