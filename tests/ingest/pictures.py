"""Pictures and PDFs, byte by byte, good ones and hostile ones."""

import base64
import struct
import zlib

SECRET = b"Taken by Zanzibolt in the Olm valley"
"""What a file says of itself, and its thumbnail must not."""

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>'

_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////"
    "////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////"
    "////////////////////wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAA"
    "AAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCQAKH/2Q=="
)


WEBP = base64.b64decode("UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA=")
"""A picture of one pixel."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A red picture that says where it was taken.

    Args:
        width: in pixels.
        height: in pixels.
        rows: how many rows it has; by default, as many as it says.
    """
    row = b"\0" + b"\xc0\x20\x20" * width
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(row) for _row in range(height if rows is None else rows))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + _chunk(b"tEXt", b"Comment\0" + SECRET)
        + _chunk(b"IDAT", packed + packer.flush())
        + _chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    """A red JPEG of eight pixels squared, with EXIF."""
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + SECRET
    return _JPEG[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + _JPEG[2:]


def pdf(box: str = "0 0 595 842", drawn: bytes = b"") -> bytes:
    """A page of a size, in points, on which something is drawn."""
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents 4 0 R/Resources<<>>>>endobj "
        b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj trailer<</Root 1 0 R>>\n%%%%EOF"
        % (box.encode(), len(drawn), drawn)
    )


HOSTILE = {
    "a picture of 3.6 billion pixels": png(60_000, 60_000, rows=1),
    "half a picture": png(300, 200)[:150],
    "the beginning of a picture": png(300, 200)[:8],
    "a drawing that a browser would run": SVG,
    "nothing": b"",
    "a GIF without pixels": b"GIF89a\xff\xff\xff\xff\0\0\0",
    "a PDF without pages": b"%PDF-1.7\n%%EOF",
    "a PDF of a page as large as a country": pdf("0 0 1e9 1e9"),
}
"""Files of which no thumbnail can be drawn."""
