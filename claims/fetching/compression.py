"""Decompresses bodies piece by piece, so that a decompression bomb is stopped at the first piece beyond the limit."""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain

PIECE = 16_384
"""The most bytes that are handed on at once."""

CODINGS = ("gzip", "deflate")
"""What a server may be asked for. Brotli and Zstandard are not in Python's library."""

_GZIP_BITS = 16 + zlib.MAX_WBITS


class UnknownCodingError(Exception):
    """A body with an encoding that was not requested."""


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Decompress a body.

    Args:
        pieces: the body as received.
        coding: the answer's Content-Encoding, or "".

    Yields:
        The decompressed body, at most `PIECE` bytes at a time.

    Raises:
        UnknownCodingError: the coding is not one of `CODINGS`.
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
    """Decompress gzip: one or more members, then perhaps padding, which all programs ignore."""
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
    """Decompress "deflate", which is the zlib format by the standard and raw deflate on some servers."""
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
    """Distinguish the zlib format from raw deflate by its first two bytes (RFC 1950)."""
    is_zlib = beginning[0] & 0x0F == 8 and int.from_bytes(beginning[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS


def _end(unpacker: "zlib._Decompress") -> Iterator[bytes]:
    yield unpacker.flush()
    if not unpacker.eof:
        raise zlib.error
