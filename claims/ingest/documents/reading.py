"""The words of a document, in whatever format."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

from claims import ingest
from claims.errors import (
    EmptyArticleError,
    NotAnArticleError,
    TooLargeError,
    UnknownFormatError,
    gettext_noop,
)
from claims.ingest import workbooks
from claims.ingest.cleaning import clean, one_line
from claims.ingest.decoding import bytes_of, recoded
from claims.ingest.documents import office, pages
from claims.ingest.drafts import MAX_LENGTHS
from claims.ingest.formats import html_page
from claims.ingest.types import DocumentText

MAX_TEXT = 1_000_000
"""Characters of a document: five times the longest article."""

_ROWS, _CELLS = 20_000, 100
"""How much of a workbook is read."""


def read(stream: BinaryIO, *, name: str, charset: str = "") -> DocumentText:
    """Read the words of a document.

    Args:
        stream: its bytes, seekable and at the beginning.
        name: its file name. The extension, in either case, selects the format.
        charset: the encoding declared by its sender, or "".

    Raises:
        UnknownFormatError: documents with that extension cannot be read.
        EmptyArticleError: it has no words.
        TooLargeError: it has more than `MAX_TEXT` characters.
        WorkbenchError: as in `claims.ingest.read`.
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in _READERS:
        raise UnknownFormatError(name=extension, known=", ".join(_READERS))
    if charset:
        stream = BytesIO(recoded(stream.read(), declared=charset))
    found = _READERS[extension](stream)
    size = len(found.text) + len(found.beside)
    if size > MAX_TEXT:
        raise TooLargeError(limit=MAX_TEXT, unit=gettext_noop("characters"))
    if not any(character.isalnum() for character in found.text):
        raise EmptyArticleError
    return found


def _web_page(stream: BinaryIO) -> DocumentText:
    """Read a web page: its main text, and beside it what else it shows."""
    data = bytes_of(stream, limit=html_page.MAX_BYTES)
    shown = pages.shown(data)
    try:
        found = html_page.article(data)
    except (NotAnArticleError, EmptyArticleError):
        if shown.has_frames and not shown.paragraphs:
            raise NotAnArticleError(
                why=gettext_noop("its words are in other pages, which it shows in frames")
            ) from None
        return DocumentText(title=shown.title, text="\n\n".join(shown.paragraphs))
    return DocumentText(
        title=found.headline,
        author=found.byline,
        published=found.published,
        text=found.body,
        beside="\n\n".join(_others(shown.paragraphs, found.body)),
    )


def _others(paragraphs: list[str], text: str) -> Iterator[str]:
    """Yield the paragraphs that are not in a text."""
    known = one_line(text)
    yield from (each for each in paragraphs if each not in known)


def _article(extension: str) -> Callable[[BinaryIO], DocumentText]:
    """Return the reader of a format that articles come in as well. The headline counts as said beside the text."""

    def read_article(stream: BinaryIO) -> DocumentText:
        found = ingest.read(stream, name=f"document.{extension}")
        return DocumentText(
            title=found.headline,
            author=found.byline,
            published=found.published,
            text=found.body,
            beside="" if found.headline in found.body else found.headline,
        )

    return read_article


def _workbook(stream: BinaryIO) -> DocumentText:
    rows = workbooks.rows(stream, most=_ROWS, width=_CELLS)
    lines = (" | ".join(cell.text for cell in row) for row in rows)
    return _of_blocks([line for line in lines if line.strip()])


def _office(stream: BinaryIO) -> DocumentText:
    return _of_blocks(list(office.paragraphs(stream)))


def _of_blocks(blocks: list[str]) -> DocumentText:
    return DocumentText(
        title=one_line(blocks[0])[: MAX_LENGTHS["headline"]] if blocks else "",
        text=clean("\n\n".join(blocks)),
    )


_READERS: dict[str, Callable[[BinaryIO], DocumentText]] = {
    **dict.fromkeys(("html", "htm", "xhtml"), _web_page),
    **{extension: _article(extension) for extension in ("pdf", "docx", "txt", "eml", "md")},
    "xlsx": _workbook,
    **dict.fromkeys(("pptx", "odt", "odp", "ods"), _office),
}

KINDS = frozenset(_READERS)
"""The extensions of the documents that can be read."""
