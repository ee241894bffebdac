"""Thumbnails: a picture or a PDF in, a small PNG of it or of its first page out.

Typst, which sets the reports, draws both; what it draws has nothing of the file but pixels: no EXIF, no place, no
embedded profile. SVG is left out: it is a program for a browser rather than a picture.
"""

from typing import BinaryIO, cast

SIDE = 192
"""Pixels of its longer side: twice what the desk shows, for fine screens."""

LARGEST = 200 * 1000
"""Bytes that it may have. A picture of noise of this size has some 150,000."""

PNG = b"\x89PNG\r\n\x1a\n"
_BEGINNINGS = {b"%PDF-": "pdf", PNG: "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}
_POINTS = SIDE // 2
_DOTS_PER_INCH = 144
"""Of which two are a point."""

_FILES = "/dev/fd"
"""The folder of a process's open files: the only folder from which Typst may read."""

_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {{
  let picture(..size) = image("/{file}", format: "{kind}", ..size)
  let whole = measure(picture())
  let scale = calc.min(1, {side}pt / whole.width, {side}pt / whole.height)
  picture(width: calc.max(1pt, whole.width * scale), height: calc.max(1pt, whole.height * scale), fit: "stretch")
}}
"""


def thumbnail(stream: BinaryIO) -> bytes | None:
    """Draw a file small.

    Args:
        stream: an open file of the system. Only its first bytes say what it is, whatever its name.

    Returns:
        A PNG of at most `SIDE` pixels in each direction; None if the file is neither a PDF nor a PNG, JPEG, GIF or
        WebP, or is damaged.
    """
    import typst

    stream.seek(0)
    kind = _kind_of(stream.read(12))
    stream.seek(0)
    if kind is None:
        return None
    page = _PAGE.format(file=stream.fileno(), kind=kind, side=_POINTS).encode()
    try:
        compiler = typst.Compiler(page, root=_FILES, ignore_system_fonts=True)
        return cast("bytes", compiler.compile(format="png", ppi=_DOTS_PER_INCH))
    except (typst.TypstError, RuntimeError):
        return None


def size_of(drawn: bytes) -> tuple[int, int] | None:
    """Return a thumbnail's width and height in pixels; None for anything that is not one.

    What comes from a process that has read a hostile file may be anything.
    """
    if len(drawn) > LARGEST or drawn[:8] != PNG or drawn[12:16] != b"IHDR":
        return None
    width, height = (int.from_bytes(drawn[at : at + 4]) for at in (16, 20))
    return (width, height) if 0 < width <= SIDE and 0 < height <= SIDE else None


def _kind_of(begins: bytes) -> str | None:
    if begins[:4] == b"RIFF" and begins[8:12] == b"WEBP":
        return "webp"
    return next((kind for mark, kind in _BEGINNINGS.items() if begins.startswith(mark)), None)
