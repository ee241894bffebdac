"""Mails that come in: who sent one, and the articles in it, among them those that are attached."""

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from typing import BinaryIO, cast

from claims import ingest
from claims.errors import TooLargeError, WorkbenchError, gettext_noop
from claims.ingest import archives
from claims.ingest.cleaning import one_line
from claims.ingest.decoding import bytes_of
from claims.ingest.formats import eml
from claims.ingest.types import ArticleDraft

COVER_NOTE = 1_000
"""Characters. A mail with a shorter text than this passes on the articles that are attached to it."""

MAX_ARTICLES = 50
"""Of one mail."""

MAX_LENGTHS = {"sender": 320, "subject": 300, "message_id": 1_000}
"""Characters of what is told of a mail: an address has at most 320 (RFC 3696), the others are cut."""

_FILES = {*ingest.EXTENSIONS, *archives.MESSAGES}
_BY_TYPE = {
    "text/plain": "txt",
    "text/html": "html",
    "application/pdf": "pdf",
    "message/rfc822": "eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
"""The extensions of attachments whose name does not say what they are."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a mail's header says.

    Attributes:
        sender: the address of its only sender, in lower case; "" if there is none, or more than one.
        subject: its subject on one line, cut.
        message_id: the number that its sender gave it, or "".
    """

    sender: str
    subject: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Part:
    """An article of a mail, or why there is none.

    Attributes:
        name: the attachment's name; "" for the mail's own text.
        found: the article, or the error.
    """

    name: str
    found: ArticleDraft | WorkbenchError


def envelope(header: bytes) -> Envelope:
    """Read a mail's header.

    Args:
        header: the mail's beginning, with at least its header, as far as that is of a sound size.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    message = eml.parsed(header)
    with eml.not_damaged():
        senders = [each.addr_spec for each in eml.senders(message)]
        subject = one_line(eml.subject(message))
        message_id = str(message.get("message-id") or "").strip()
    sender = senders[0].lower() if len(senders) == 1 else ""
    return Envelope(
        sender=sender if len(sender) <= MAX_LENGTHS["sender"] else "",
        subject=subject[: MAX_LENGTHS["subject"]],
        message_id=message_id[: MAX_LENGTHS["message_id"]],
    )


def articles(stream: BinaryIO) -> Iterator[Part]:
    """Read the articles of a mail.

    Args:
        stream: the mail's bytes.

    Returns:
        The mail's own text or, where that is no more than a cover note, those of its attachments that can be
        read. Others, such as pictures and signatures, are left out.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    message = eml.parsed(bytes_of(stream, limit=eml.MAX_BYTES))
    with eml.not_damaged():
        attached = list(_attached(message))
    try:
        own: ArticleDraft | WorkbenchError = eml.article(message)
    except WorkbenchError as error:
        own = error
    if attached and (isinstance(own, WorkbenchError) or len(own.body) < COVER_NOTE):
        return _at_most(_parts(attached))
    return iter([Part("", own)])


def _at_most(parts: Iterator[Part]) -> Iterator[Part]:
    for number, part in enumerate(parts, start=1):
        if number > MAX_ARTICLES:
            why = TooLargeError(limit=MAX_ARTICLES, unit=gettext_noop("articles"))
            yield Part(part.name, why)
            return
        yield part


def _parts(attached: list[tuple[str, str, bytes]]) -> Iterator[Part]:
    for name, extension, data in attached:
        try:
            for entry in archives.articles(BytesIO(data), f"attachment.{extension}"):
                yield Part(name, entry.found)
        except WorkbenchError as error:
            yield Part(name, error)


def _attached(message: EmailMessage) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, the format and the bytes of each attachment that may hold an article."""
    if message.get_content_maintype() != "multipart":
        return
    for part in message.iter_parts():
        inner = cast("EmailMessage", part)
        if inner.get_content_maintype() == "multipart":
            yield from _attached(inner)
            continue
        name = one_line(str(inner.get_filename() or ""))
        kind = inner.get_content_type()
        if not (inner.is_attachment() or name or kind == "message/rfc822"):
            continue
        extension = name.rpartition(".")[2].lower() if "." in name else ""
        if extension not in _FILES:
            extension = _BY_TYPE.get(kind, "") if not extension else ""
        if extension:
            yield name or kind, extension, _bytes(inner)


def _bytes(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        return cast("EmailMessage", part.get_content()).as_bytes()
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
