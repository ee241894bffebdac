"""E-mail messages as saved by mail programs (RFC 5322), such as press releases or articles sent in."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.headerregistry import Address, AddressHeader, DateHeader
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import EmailPolicy
from itertools import pairwise
from typing import Any, BinaryIO, cast

from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    TooLargeError,
    UnreadableFileError,
    gettext_noop,
)
from claims.ingest.cleaning import clean
from claims.ingest.decoding import bytes_of, decode
from claims.ingest.drafts import draft, usable
from claims.ingest.formats import html_page
from claims.ingest.types import ArticleDraft, Fields, Format

MAX_BYTES = 20_000_000
"""Ample for a message with its attachments, which are not looked at."""

MAX_LINES = 500_000

MAX_HEADER = 4_000
"""Characters of a header, and MAX_COMMENTS brackets in it. What has more counts as empty: Python takes for a header the
square of its length in time and in memory, and no subject or sender comes near this."""

MAX_COMMENTS = 50

MAX_PARTS = 5_000
"""How many parts a message may have; a digest has some hundreds."""

MAX_LOOKS = 10_000_000
"""How many lines times parts that hold others: each line may end each of them."""

# The errors of Python's parser on damaged messages.
_STUMBLES = (AttributeError, LookupError, RecursionError, TypeError, ValueError)

_NESTED = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_OWN = ("from", "subject", "date", "received", "message-id", "to")
_SENT_ON = re.compile(r"^((re|fwd?|aw|wg|tr|rv)\s*(\[\d+\])?:\s*)+", re.IGNORECASE)

# Mail programs break lines at 72 to 78 characters, a few at up to 100.
_WIDTHS = range(55, 101)


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a message.

    Args:
        stream: the file's bytes.

    Returns:
        The article: its headline is the subject without “Fwd:”, its byline the sender, its published time
        the time of sending. The plain text is used, or else the HTML; lines broken by the mail program are
        joined. Attachments are left out, text forwarded inline is kept.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    return article(parsed(bytes_of(stream, limit=MAX_BYTES)))


def parsed(data: bytes) -> EmailMessage:
    """Parse a message from its bytes, or its header alone.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    if not data.strip():
        raise EmptyArticleError
    _require_simple(data)
    with not_damaged():
        message = cast("EmailMessage", BytesParser(policy=_POLICY).parsebytes(data))
        is_message = any(name in message for name in _OWN)
    if not is_message:
        raise NotAnArticleError(why=gettext_noop("the file has no e-mail headers"))
    return message


@contextmanager
def not_damaged() -> Iterator[None]:
    """Raise `UnreadableFileError` where Python stumbles over a damaged message."""
    try:
        yield
    except _STUMBLES as error:
        raise UnreadableFileError(why=gettext_noop("the message is damaged")) from error


def article(message: EmailMessage) -> ArticleDraft:
    """Make an article of a message's own text, as in `read`.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    with not_damaged():
        parts = list(_parts(message))
        fields = usable(_fields(message))
    texts = [
        _whole_lines(decode(text, declared=charset))
        for kind, text, charset in parts
        if kind == "plain"
    ]
    body = "\n\n".join(texts)
    if any(character.isalnum() for character in body):
        return draft(body=body, **fields)
    for kind, text, charset in parts:
        if kind == "html" and text.strip():
            return html_page.article(text, charset=charset, known=fields)
    raise NotAnArticleError(why=gettext_noop("the message has no text, only attachments"))


class _BoundedPolicy(EmailPolicy):
    """Python's header parsing, except for headers made to be slow."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """Return the header, empty if it is too long or too deeply nested to be genuine."""
        is_bounded = len(value) <= MAX_HEADER and value.count("(") <= MAX_COMMENTS
        return super().header_fetch_parse(name, value if is_bounded else "")


_POLICY = _BoundedPolicy()


def _require_simple(data: bytes) -> None:
    """Refuse a message whose lines and parts alone would take too long."""
    for size, limit, unit in (
        (data.count(b"\n"), MAX_LINES, gettext_noop("lines")),
        (data.count(b"\n--"), MAX_PARTS, gettext_noop("parts")),
    ):
        if size > limit:
            raise TooLargeError(limit=limit, unit=unit)
    if len(_NESTED.findall(data)) * data.count(b"\n") > MAX_LOOKS:
        raise UnreadableFileError(
            why=gettext_noop("the message is damaged, or its parts are nested too deeply")
        )


def _parts(message: EmailMessage) -> Iterator[tuple[str, bytes, str]]:
    """Yield the type, the bytes and the declared encoding of each text that is not an attachment."""
    if message.is_multipart():
        # A whole message within this one is an attachment too.
        for part in message.iter_parts() if message.get_content_maintype() == "multipart" else ():
            yield from _parts(cast("EmailMessage", part))
    elif message.get_content_maintype() == "text" and not message.is_attachment():
        data = message.get_payload(decode=True)
        if isinstance(data, bytes):
            if message.get_param("format") == "flowed":
                data = re.sub(rb" \r?\n(?!>|-- )", b" ", data)
            yield message.get_content_subtype(), data, message.get_content_charset("")


def senders(message: EmailMessage) -> Sequence[Address]:
    """Return a message's senders."""
    header = _header(message, "from")
    return header.addresses if isinstance(header, AddressHeader) else ()


def subject(message: EmailMessage) -> str:
    """Return a message's subject, or ""."""
    return str(_header(message, "subject") or "").strip()


def _fields(message: EmailMessage) -> Fields:
    date = _header(message, "date")
    return Fields(
        headline=_SENT_ON.sub("", subject(message)),
        byline=", ".join(each.display_name or each.addr_spec for each in senders(message)),
        published=date.datetime if isinstance(date, DateHeader) else None,
        language=str(message.get("content-language", "")).partition(",")[0],
    )


def _header(message: EmailMessage, name: str) -> object:
    """Return a header, even if it contains raw bytes that were not encoded."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), None)
    if raw is None or str(raw).isascii():
        return message.get(name)
    text = decode(str(raw).encode("ascii", "surrogateescape"))
    return _POLICY.header_fetch_parse(name, text)


def _whole_lines(text: str) -> str:
    """Join the lines of paragraphs that were broken at a fixed width."""
    text = clean(text)
    lines = text.split("\n")
    width = max(len(line) for line in lines)
    if width not in _WIDTHS:
        return text
    pieces = lines[:1]
    for above, line in pairwise(lines):
        word = line.partition(" ")[0]
        # A line was broken if the next word would not have fitted.
        is_broken = bool(line and above) and len(above) + 1 + len(word) > width
        is_quoted = above.startswith(">") or line.startswith(">")
        pieces.append(f"{' ' if is_broken and not is_quoted else chr(10)}{line}")
    return "".join(pieces)


FORMAT = Format(key="eml", label="E-mail message", read=read)
