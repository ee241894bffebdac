"""Compressed bodies, unpacked piece by piece: a bomb is stopped after the piece that is too much."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

PIECE = 16_384
"""The most bytes that are handed on at once."""

CODINGS = ("gzip", "deflate")
"""What a server may be asked for. Brotli and Zstandard are not in Python's library."""

_GZIP_BITS = 16 + zlib.MAX_WBITS


class UnknownCodingError(Exception):
    """A body that is packed in a way nobody asked for."""


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Unpack a body.

    Args:
        pieces: the body as it came.
        coding: the answer's Content-Encoding, or "".

    Yields:
        What was packed, at most `PIECE` bytes at a time.

    Raises:
        UnknownCodingError: the coding is none of `CODINGS`.
        zlib.error: the body is damaged or ends too early.
    """
    match coding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip":
            yield from _gunzipped(pieces)
        case "deflate":
            yield from _inflated(pieces)
        case _:
            raise UnknownCodingError


def _gunzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack gzip: members one after the other, then perhaps padding, which all programs pass over."""
    unpacker = None
    whole = False
    for piece in pieces:
        rest = piece
        while rest:
            if unpacker is None or unpacker.eof:
                whole = unpacker is not None
                unpacker = zlib.decompressobj(_GZIP_BITS)
            try:
                yield unpacker.decompress(rest, PIECE)
            except zlib.error:
                if whole:
                    return
                raise
            rest = unpacker.unconsumed_tail or unpacker.unused_data
    if unpacker is not None:
        yield from _end(unpacker)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Unpack "deflate", which is zlib's format by the standard and raw for some servers."""
    pieces = iter(pieces)
    beginning = b""
    for piece in pieces:
        beginning += piece
        if len(beginning) >= 2:
            break
    if not beginning:
        return
    unpacker = zlib.decompressobj(_bits(beginning))
    for piece in chain([beginning], pieces):
        rest = piece
        while rest and not unpacker.eof:
            yield unpacker.decompress(rest, PIECE)
            rest = unpacker.unconsumed_tail
    yield from _end(unpacker)


def _bits(beginning: bytes) -> int:
    """Tell zlib's format from raw data by its first two bytes, as RFC 1950 has them."""
    is_zlib = beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _end(unpacker: "zlib._Decompress") -> Iterator[bytes]:
    yield unpacker.flush()
    if not unpacker.eof:
        raise zlib.error
