"""Reading untrusted ZIP archives, such as Word and Excel files."""

import zlib
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from claims.errors import (
    EmptyArticleError,
    LockedFileError,
    Phrase,
    UnreadableFileError,
    gettext_noop,
)

MAX_ENTRIES = 5_000
MAX_UNPACKED = 500_000_000
"""Bytes that an archive may claim to unpack to. Python unpacks no more than an entry claims."""

# The name of the stream with the encrypted content, in a file of the old kind:
# https://learn.microsoft.com/en-us/openspecs/office_file_formats/ms-offcrypto
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What Python raises for archives that are damaged or packed in an unknown way."""


def opened(stream: BinaryIO, *, what: str) -> ZipFile:
    """Open an archive if it is safe.

    Args:
        stream: its bytes; it must be seekable.
        what: what it should be, for messages ("Word file").

    Returns:
        The archive. Closing it leaves the stream open.

    Raises:
        EmptyArticleError: it is empty.
        LockedFileError: it is encrypted.
        UnreadableFileError: it is not an archive, is damaged, or would be too large when unpacked.
    """
    head = stream.read(len(_OLD_OFFICE))
    if not head:
        raise EmptyArticleError
    if head == _OLD_OFFICE:
        # Its directory may be anywhere in the file; its name is then near the directory's own.
        if _ENCRYPTED in stream.read():
            raise LockedFileError(what=what)
        raise UnreadableFileError(why=gettext_noop("it is in an old Office format"))
    stream.seek(0)
    try:
        archive = ZipFile(stream)
    except DAMAGED as error:
        raise UnreadableFileError(
            why=Phrase("it is not a valid %(what)s, or it is damaged", what=what)
        ) from error
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(each.file_size for each in entries) > MAX_UNPACKED:
        raise UnreadableFileError(why=gettext_noop("it would be far too large when unpacked"))
    if any(each.flag_bits & 1 for each in entries):
        raise LockedFileError(what=what)
    return archive


def part(archive: ZipFile, name: str, *, limit: int) -> bytes:
    """Unpack one entry.

    Args:
        archive: the archive.
        name: the entry's name.
        limit: its maximum size in bytes.

    Returns:
        Its bytes.

    Raises:
        UnreadableFileError: it is missing, damaged or larger.
    """
    try:
        entry = archive.getinfo(name)
        if entry.file_size > limit:
            raise UnreadableFileError(why=gettext_noop("it would be far too large when unpacked"))
        return archive.read(entry)
    except (*DAMAGED, KeyError) as error:
        raise UnreadableFileError(
            why=Phrase("its part %(name)s is missing or damaged", name=name)
        ) from error
