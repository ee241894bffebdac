"""An IMAP server on the loopback (pymap), and mails that come to it."""

import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

from imapclient import IMAPClient, SocketTimeout

USER, PASSWORD, FOLDER = "desk@courier.example", "for tests only", "Desk"
PRESS = "press@ostrey.example"
STORY = "The bridge at Ostrey is closed, the mayor of the town told reporters on Wednesday."
_PATIENCE = 30.0


class MailServer:
    """A server with one mailbox, as its owner sees it.

    Attributes:
        port: where it listens, on 127.0.0.1.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._client = IMAPClient(
            "127.0.0.1", port=port, ssl=False, timeout=SocketTimeout(_PATIENCE, _PATIENCE)
        )
        self._client.login(USER, PASSWORD)
        self.renumber()

    @property
    def account(self) -> dict[str, object]:
        """The mailbox as the settings have it."""
        place = {"host": "127.0.0.1", "port": self.port, "encryption": "none"}
        return {**place, "user": USER, "password": PASSWORD, "folder": FOLDER}

    def deliver(self, *mails: bytes | EmailMessage) -> None:
        """Have mails come in."""
        for mail in mails:
            data = mail if isinstance(mail, bytes) else bytes(mail)
            self._client.append(FOLDER, data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def renumber(self, *mails: bytes | EmailMessage) -> None:
        """Have these mails and no others in the folder, with other numbers, as after the server was restored."""
        self._client.select_folder("INBOX")
        if self._client.folder_exists(FOLDER):
            self._client.delete_folder(FOLDER)
        self._client.create_folder(FOLDER)
        self.deliver(*mails)

    @property
    def unread(self) -> int:
        """How many mails nobody has read."""
        self._client.select_folder(FOLDER, readonly=True)
        return len(self._client.search("UNSEEN"))

    def close(self) -> None:
        """Leave it."""
        with suppress(OSError):
            self._client.shutdown()


@contextmanager
def running(*options: str) -> Iterator[int]:
    """Run the server until it is no longer needed. Gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("pymap")
    command = [program, "--host", "127.0.0.1", "--port", str(port), *(options or ["--no-tls"])]
    account = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
    server = subprocess.Popen(
        [*command, *account], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE):
            return
    raise RuntimeError("the mail server ended")


def mail(
    text: str = STORY,
    *attached: tuple[str, bytes],
    subject: str = "Bridge closed",
    sender: str = f"Press office <{PRESS}>",
    number: str = "<1@ostrey.example>",
) -> EmailMessage:
    """A mail with a text, and files by their names."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, USER, subject
    made["Date"] = "Wed, 28 Jan 2026 12:00:00 +0100"
    if number:
        made["Message-ID"] = number
    made.set_content(text)
    for name, data in attached:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def stories(number: int) -> Sequence[EmailMessage]:
    """Mails with different articles."""
    return [
        mail(
            f"Bridge number {n} at Ostrey is closed, the mayor said.",
            subject=f"Bridge {n}",
            number=f"<{n}@ostrey.example>",
        )
        for n in range(number)
    ]
