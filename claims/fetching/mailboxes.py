"""Reads a mailbox over IMAP (RFC 9051): what is in it, and a mark on what has been taken. Nothing is deleted there."""

import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4, IMAP4_SSL
from typing import Any, Literal

from imapclient import SEEN, IMAPClient, SocketTimeout

from claims.errors import MailboxError, gettext_noop

CONNECT, ANSWER = 30.0, 120.0
"""Seconds to connect, and to wait for each piece of an answer."""

MAX_HEADER = 64_000
"""Bytes of a mail's header that are fetched to learn who sent it."""

MAX_ANSWER = 24_000_000
"""Bytes that a server may answer to one command: the largest mail that is read, and what comes with it."""

MAX_UID = 2**32 - 1
"""The highest number that a mail can have (RFC 9051, 2.3.1.1)."""

_SENSELESS = gettext_noop("the server's answer makes no sense")
_TOO_LARGE = gettext_noop("the server's answer is larger than any mail that is read here")

_BROKEN_RULES = (
    *(AssertionError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What the library raises for an answer that breaks the rules of IMAP."""

Encryption = Literal["tls", "starttls", "none"]


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox, and how it is opened.

    Attributes:
        host: the server's name.
        port: its port.
        user: the name to log in with.
        password: its password.
        folder: the folder that is read.
        encryption: TLS from the first byte, after STARTTLS, or none.
    """

    host: str
    port: int
    user: str
    password: str
    folder: str = "INBOX"
    encryption: Encryption = "tls"

    @property
    def address(self) -> str:
        """The mailbox in words, without its password."""
        user = self.user if "@" in self.user else f"{self.user}@{self.host}"
        return f"{user} · {self.folder}"


class _Bounded(IMAP4):
    """A connection on which no answer takes more than `MAX_ANSWER`, whatever length the server announces."""

    _left = MAX_ANSWER

    def send(self, data: Any) -> None:
        """Send a command, whose answer may be as long as any. After one that was too long, there is no other."""
        self._take(0)
        self._left = MAX_ANSWER
        super().send(data)

    def read(self, size: int) -> bytes:
        """Read as many bytes as the server announced."""
        self._take(size)
        return super().read(size)

    def readline(self) -> bytes:
        """Read a line, whose length the library bounds."""
        line = super().readline()
        self._take(len(line))
        return line

    def _take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise MailboxError(why=_TOO_LARGE)


class _Encrypted(_Bounded, IMAP4_SSL):
    """The same from the first byte behind TLS."""


class _Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """The library's client, with connections of ours."""

    def _create_IMAP4(self) -> IMAP4:  # noqa: N802 - the library's name
        connect = self._timeout.connect
        if self.ssl:
            context = ssl.create_default_context()
            return _Encrypted(self.host, self.port, ssl_context=context, timeout=connect)
        return _Bounded(self.host, self.port, connect)


class Mailbox:
    """An open folder.

    Attributes:
        uid_validity: while it stays the same, a mail's number (UID) names no other mail of the folder.
    """

    def __init__(self, client: IMAPClient, folder: str) -> None:
        self._client = client
        with _told():
            self.uid_validity = int(client.select_folder(folder)[b"UIDVALIDITY"])

    def after(self, uid: int, *, most: int) -> list[int]:
        """Return the numbers of the first mails after one, in the order in which they came in.

        Args:
            uid: the number of the last one that is known, or 0.
            most: how many at most.
        """
        # The last mail of a folder is always among those from a number on, even if its own is lower.
        with _told():
            found = self._client.search(["UID", f"{uid + 1}:*"])
        return sorted(each for each in found if uid < each <= MAX_UID)[:most]

    def size(self, uid: int) -> int | None:
        """Return a mail's size in bytes; None if it is gone."""
        size = self._one(uid, "RFC822.SIZE")
        if isinstance(size, int | None):
            return size
        raise MailboxError(why=_SENSELESS)

    def header(self, uid: int) -> bytes:
        """Return the beginning of a mail's header; nothing if it is gone."""
        return self._bytes(uid, f"BODY.PEEK[HEADER]<0.{MAX_HEADER}>")

    def whole(self, uid: int) -> bytes:
        """Return a mail; nothing if it is gone."""
        return self._bytes(uid, "BODY.PEEK[]")

    def mark_as_read(self, uids: Sequence[int]) -> None:
        """Mark mails as read."""
        if uids:
            with _told():
                self._client.add_flags(list(uids), [SEEN], silent=True)

    def _bytes(self, uid: int, what: str) -> bytes:
        found = self._one(uid, what)
        if isinstance(found, bytes | None):
            return found or b""
        raise MailboxError(why=_SENSELESS)

    def _one(self, uid: int, what: str) -> Any:
        with _told():
            answer = self._client.fetch([uid], [what]).get(uid, {})
        return next((value for key, value in answer.items() if key != b"SEQ"), None)


@contextmanager
def opened(account: Account) -> Iterator[Mailbox]:
    """Open a mailbox.

    Raises:
        MailboxError: it cannot be opened, or the connection breaks while it is read.
    """
    with _told():
        client = _Client(
            account.host,
            port=account.port,
            ssl=account.encryption == "tls",
            timeout=SocketTimeout(connect=CONNECT, read=ANSWER),
        )
    try:
        with _told():
            if account.encryption == "starttls":
                client.starttls(ssl.create_default_context())
            client.login(account.user, account.password)
            mailbox = Mailbox(client, account.folder)
        yield mailbox
    finally:
        _leave(client)


def _leave(client: IMAPClient) -> None:
    with suppress(IMAP4.error, OSError, MailboxError):
        client.logout()
    with suppress(OSError):
        client.shutdown()


@contextmanager
def _told() -> Iterator[None]:
    """Raise the errors of the connection as `MailboxError`; what the server said may hold the password."""
    try:
        yield
    except ssl.SSLError as error:
        raise MailboxError(
            why=gettext_noop("its certificate or its encryption is not valid")
        ) from error
    except OSError as error:
        raise MailboxError(why=gettext_noop("the server does not answer")) from error
    except IMAP4.abort as error:
        raise MailboxError(why=gettext_noop("the connection broke")) from error
    except IMAP4.error as error:
        raise MailboxError(
            why=gettext_noop("the server refuses the login, or the folder")
        ) from error
    except _BROKEN_RULES as error:
        raise MailboxError(why=_SENSELESS) from error
