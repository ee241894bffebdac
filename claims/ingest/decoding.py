"""Decoding: a file's bytes in, its characters out."""

import codecs
import re
from typing import BinaryIO

from claims.errors import NotTextError, Phrase, TooLargeError, gettext_noop

MAX_BYTES = 1_000_000
"""How much of a file is read: the longest body in characters of four bytes, and ample front matter."""

# Files that people mistake for text. The signatures are from Wikipedia's "List of file signatures".
_SIGNATURES = {
    b"%PDF-": gettext_noop("it is a PDF"),
    b"PK\x03\x04": gettext_noop("it is a ZIP archive, such as a Word or LibreOffice file"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": gettext_noop("it is in an old Office format"),
    b"{\\rtf": gettext_noop("it is an RTF file"),
    b"\x89PNG\r\n\x1a\n": gettext_noop("it is a PNG image"),
    b"\xff\xd8\xff": gettext_noop("it is a JPEG image"),
    b"GIF87a": gettext_noop("it is a GIF image"),
    b"GIF89a": gettext_noop("it is a GIF image"),
    b"\x1f\x8b": gettext_noop("it is compressed with gzip"),
}

_PAGE = re.compile(r"\s*(<!doctype html|<html)\b", re.IGNORECASE)

_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_CHARSET_WITHIN = 4096

_CONTROL_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")


def bytes_of(stream: BinaryIO, *, limit: int) -> bytes:
    """Read a file up to a maximum size.

    Args:
        stream: the file's bytes, at its beginning. At most `limit` + 1 are read.
        limit: how many bytes the file may have.

    Returns:
        All of its bytes.

    Raises:
        TooLargeError: there are more.
    """
    data = stream.read(limit + 1)
    if len(data) > limit:
        # The rest was not read, so the true size is unknown.
        raise TooLargeError(limit=limit // 1_000_000, unit=gettext_noop("MB"))
    return data


def text_of(stream: BinaryIO) -> str:
    """Read a text file.

    Args:
        stream: the file's bytes, at its beginning. At most `MAX_BYTES` + 1 are read.

    Returns:
        Its characters, unchanged, without a byte-order mark.

    Raises:
        TooLargeError: the file is larger than `MAX_BYTES`.
        NotTextError: as in `decode`; or it is a web page, whose tags would be mistaken for words.
    """
    text = decode(bytes_of(stream, limit=MAX_BYTES))
    if _PAGE.match(text):
        raise NotTextError(
            why=gettext_noop("it is a web page; give the file a name that ends in .html")
        )
    return text


def recoded(data: bytes, *, declared: str) -> bytes:
    """Convert a text to UTF-8 from the encoding that its sender declared, for a reader that cannot know it.

    Args:
        data: the bytes.
        declared: the declared encoding, or "".

    Returns:
        The same text in UTF-8; the bytes unchanged if the declaration is not usable or does not match them.
    """
    name = _encoding(declared)
    if not name or name.startswith("utf"):
        return data
    try:
        return decode(data, declared=declared).encode()
    except NotTextError:
        return data


def decode(data: bytes, *, declared: str = "") -> str:
    """Find out which characters bytes represent.

    Args:
        data: the bytes.
        declared: the encoding that the file itself, or its sender, declares. It counts only if the bytes
            are not UTF-8: valid UTF-8 hardly ever occurs by chance, and wrong declarations are common.

    Returns:
        The characters, without a byte-order mark.

    Raises:
        NotTextError: the bytes are neither UTF-8, nor UTF-16 with a byte-order mark, nor in the declared
            encoding, nor plausibly Windows-1252.
    """
    for signature, why in _SIGNATURES.items():
        if data.startswith(signature):
            raise NotTextError(why=why)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(data)
    # Its bytes are ASCII, and so look like UTF-8.
    if _encoding(declared).startswith("iso2022"):
        return _declared(data, declared) or data.decode(errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = error.start
    return _declared(data, declared) or _windows_1252(data, broken_at=broken_at)


def declared_encoding(data: bytes) -> str:
    """Find the encoding that a web page or an XML file declares near its beginning.

    Args:
        data: the file.

    Returns:
        The name as written there, or "".
    """
    match = _CHARSET.search(data[:_CHARSET_WITHIN])
    return match[1].decode("ascii", errors="replace") if match else ""


# Labels and the encodings they mean: https://encoding.spec.whatwg.org/#names-and-labels
_MEANT = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "iso8859-9": "windows-1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def _encoding(declared: str) -> str:
    """Return Python's name for a declared text encoding, or ""."""
    try:
        name = codecs.lookup(declared).name
        # Not every Python codec converts bytes to characters: base64 and zip do not.
        b"".decode(name)
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name)


def _declared(data: bytes, declared: str) -> str:
    """Decode bytes as declared; "" if they do not match, or are damaged UTF-8."""
    name = _encoding(declared)
    if not name or name.startswith(("utf", "windows-1252", "cp1252")):
        return ""
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return ""


def _utf_16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise NotTextError(
            why=Phrase(
                "it is marked as UTF-16, but byte %(place)s is not valid UTF-16", place=error.start
            )
        ) from error


def _windows_1252(data: bytes, *, broken_at: int) -> str:
    """Decode bytes that are not UTF-8 as the older encoding of Western editors.

    Any file can be decoded as Windows-1252, so it has to look plausible: no control characters, and few
    characters outside ASCII (English and the Western European languages have well under a tenth;
    Cyrillic, Greek or Japanese in their old encodings far more than a quarter). Text in the Central
    European Windows-1250 is accepted as well, with wrong accents, because nothing in the bytes
    distinguishes the two.

    Multi-byte sequences of UTF-8 hardly ever occur by chance in Windows-1252. If most non-ASCII bytes
    are valid UTF-8, the file is damaged UTF-8, and decoding it otherwise would break every accent.
    """
    as_utf_8 = data.decode("utf-8", errors="replace")
    broken = as_utf_8.count("\ufffd")
    well_formed = _outside_ascii(as_utf_8) - broken
    if well_formed >= broken:
        raise NotTextError(
            why=Phrase("it is UTF-8, but damaged at byte %(place)s", place=broken_at)
        )
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError as error:
        raise NotTextError(
            why=Phrase("byte %(place)s is not valid UTF-8", place=broken_at)
        ) from error
    if _CONTROL_BYTE.search(data) or _outside_ascii(text) * 4 > len(text):
        raise NotTextError(
            why=Phrase(
                "byte %(place)s is not valid UTF-8, and the encoding is unknown", place=broken_at
            )
        )
    return text


def _outside_ascii(text: str) -> int:
    return sum(not character.isascii() for character in text)
