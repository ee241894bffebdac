"""PDF files with a text layer.

pypdf returns the lines in the order in which they are in the file, which for word processors and typesetting
programs is the reading order. Paragraphs are detected here: PDF does not have them.
"""

import io
import logging
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import bidirectional

from claims.errors import (
    EmptyArticleError,
    LockedFileError,
    NoTextLayerError,
    TooLargeError,
    UnreadableFileError,
    gettext_noop,
)
from claims.ingest.decoding import bytes_of
from claims.ingest.drafts import draft, usable
from claims.ingest.formats.pdf_footnotes import without_notes
from claims.ingest.formats.pdf_layout import Line, article_of, without_heads_and_feet
from claims.ingest.types import ArticleDraft, Fields, Format

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_BYTES = 20_000_000
MAX_PAGES = 100
"""Pages of text alone hold more than an article may have from some 70 on."""

MAX_CONTENT = 3_000_000
"""Bytes that draw all the pages. Those of a page of text are some thousands."""

MAX_OPERATIONS = 1_000_000
"""Steps in which the pages are drawn, with all that stands on them several times. A page that sets each letter by itself
takes some ten thousand."""

# It logs every flaw that it ignores, which Python would write to standard error if there were no handler.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

# Text is raised if it is smaller than its line and above its baseline, as fractions of the line's font
# size.
_RAISED_SIZE, _RAISED = 0.9, 0.1

# Besides pypdf's own errors, damaged files cause errors about missing objects or wrong types.
_STUMBLES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_DAMAGED = gettext_noop("it is not a valid PDF, or it is damaged")


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a PDF.

    Args:
        stream: the file's bytes.

    Returns:
        The article. Its headline is the largest text on the first page. Lines that repeat at the top or the
        bottom of pages, page numbers and footnotes are left out; words hyphenated at line ends are joined, and
        ligatures are replaced by letters.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    # It takes a tenth of a second to import, and few processes read a PDF.
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    data = bytes_of(stream, limit=MAX_BYTES)
    if not data:
        raise EmptyArticleError
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many files that anyone may read are nevertheless encrypted, without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedFileError(what="PDF")
        pages = list(_pages(reader))
        language = str(reader.root_object.get("/Lang", ""))
    except FileNotDecryptedError as error:
        raise LockedFileError(what="PDF") from error
    except (PyPdfError, *_STUMBLES) as error:
        raise UnreadableFileError(why=_DAMAGED) from error
    _check([line.text for page in pages for line in page])
    headline, body = article_of(without_notes(without_heads_and_feet(pages)))
    return draft(body=body, **usable(Fields(language=language)) | Fields(headline=headline))


def _pages(reader: "PdfReader") -> Iterator[list[Line]]:
    """Yield the lines of each page."""
    if len(reader.pages) > MAX_PAGES:
        raise TooLargeError(limit=MAX_PAGES, unit=gettext_noop("pages"))
    size, steps = 0, _Steps()
    for page in reader.pages:
        content = page.get_contents()
        size += 0 if content is None else len(content.get_data())
        if size > MAX_CONTENT:
            raise UnreadableFileError(
                why=gettext_noop("its pages would be far too large when unpacked")
            )
        yield _lines(page, steps)
        steps.check()


class _Steps:
    """Counts the drawing steps of pages."""

    def __init__(self) -> None:
        self._number = 0

    def count(self, *_step: object) -> None:
        """Count one."""
        self._number += 1
        self.check()

    def check(self) -> None:
        """Raise `UnreadableFileError` if there were too many, because pypdf ignores errors in nested page content."""
        if self._number > MAX_OPERATIONS:
            raise UnreadableFileError(why=gettext_noop("its pages take far too many drawing steps"))


def _check(texts: list[str]) -> None:
    directions = Counter(bidirectional(each) for text in texts for each in text if each.isalnum())
    if not directions:
        raise NoTextLayerError
    # Some programs store such lines in visual order and some in reading order, with or without spaces:
    # words in the wrong order are worse than none.
    if (directions["R"] + directions["AL"]) * 2 > directions.total():
        raise UnreadableFileError(
            why=gettext_noop(
                "its text runs from right to left, and a PDF does not record the reading order of its words"
            )
        )


def _lines(page: "PageObject", steps: _Steps) -> list[Line]:
    lines: list[Line] = []
    text = ""
    place = (0.0, 0.0, 0.0)
    raised: list[tuple[int, int]] = []

    def visit(
        piece: str, outer: list[float], inner: list[float], _font: object, size: float
    ) -> None:
        nonlocal text, place
        before, line_end, piece = piece.rpartition("\n")
        text += before
        if line_end:
            finish()
        if piece.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            # A negative size is legal: it mirrors the text.
            height = abs(size) * (abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]))
            if not text.strip():
                place = (x, y, height)
            elif height < place[2] * _RAISED_SIZE and y > place[1] + place[2] * _RAISED:
                raised.append((len(text), len(text) + len(piece)))
        text += piece

    def finish() -> None:
        nonlocal text
        if text.strip():
            lines.append(Line(text, *place, tuple(raised)))
        text = ""
        raised.clear()

    page.extract_text(visitor_operand_before=steps.count, visitor_text=visit)
    finish()
    return lines


FORMAT = Format(key="pdf", label="PDF", read=read)
