"""Word files, as written by Word, LibreOffice and Google Docs (ECMA-376, transitional or strict).

The XML is read directly and not with python-docx, which leaves out tracked insertions and the text of
content controls, and loads every picture.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile

from lxml.etree import _Element, iterwalk

from claims.errors import UnreadableFileError, gettext_noop
from claims.ingest import safe_zip
from claims.ingest.drafts import draft
from claims.ingest.safe_xml import attribute, name, parsed
from claims.ingest.types import ArticleDraft, Format

MAX_PART = 20_000_000
"""Bytes of the text with all its markup: some twenty times the text."""

_WORD_FILE = gettext_noop("Word file")
_MAIN = "/relationships/officeDocument"

# Text removed by a tracked change; text boxes, which are also stored twice.
_LEFT_OUT = {"del", "moveFrom", "txbxContent", "Fallback"}
_CHARACTERS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a Word file.

    Args:
        stream: the file's bytes; it must be seekable.

    Returns:
        The article. Its headline is the first paragraph in the style “Title”, or else a leading one in
        “Heading 1”, or else as in `drafts.draft`. Tracked changes count as accepted. Headers, footers,
        notes, comments and text boxes are left out. The cells of a table's row are separated by “ | ”.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    with safe_zip.opened(stream, what=_WORD_FILE) as archive:
        main = _main_part(archive)
        document = parsed(safe_zip.part(archive, main, limit=MAX_PART))
        styles = _style_names(archive, PurePosixPath(main).parent)
    blocks = [(style, text) for style, text in _blocks(document, styles) if text.strip()]
    place = _headline_place([style for style, _ in blocks])
    headline = "" if place is None else blocks.pop(place)[1]
    return draft(headline=headline, body="\n\n".join(text for _, text in blocks))


def _main_part(archive: ZipFile) -> str:
    for each in parsed(safe_zip.part(archive, "_rels/.rels", limit=MAX_PART)):
        if attribute(each, "Type").endswith(_MAIN):
            target = attribute(each, "Target").lstrip("/")
            if target.startswith("word"):
                return target
    raise UnreadableFileError(why=gettext_noop("it comes from another program, not from Word"))


def _style_names(archive: ZipFile, folder: PurePosixPath) -> dict[str, str]:
    """Return the names of styles by id; they are English whatever the program's language."""
    path = str(folder / "styles.xml")
    if path not in archive.namelist():
        return {}
    return {
        attribute(style, "styleId"): attribute(each, "val").lower()
        for style in parsed(safe_zip.part(archive, path, limit=MAX_PART))
        if name(style) == "style"
        for each in style
        if name(each) == "name"
    }


def _headline_place(styles: list[str]) -> int | None:
    if "title" in styles:
        return styles.index("title")
    return 0 if styles[:1] == ["heading 1"] else None


def _blocks(element: _Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the style and the text of each paragraph and of each table row, in order."""
    for child in element:
        kind = name(child)
        if kind == "p":
            yield styles.get(_style_id(child), ""), "".join(_pieces(child))
        elif kind == "tr":
            yield from _row(child, styles)
        elif kind not in _LEFT_OUT:
            yield from _blocks(child, styles)


def _row(row: _Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    cells = [[text for _, text in _blocks(cell, styles) if text.strip()] for cell in row]
    if all(len(cell) <= 1 for cell in cells):
        yield "", " | ".join(cell[0] for cell in cells if cell)
    else:
        yield from (("", text) for cell in cells for text in cell)


def _style_id(paragraph: _Element) -> str:
    for properties in paragraph[:1]:
        for each in properties:
            if name(each) == "pStyle":
                return attribute(each, "val")
    return ""


def _pieces(paragraph: _Element) -> Iterator[str]:
    """Yield the texts of a paragraph, however deeply nested."""
    walk = iterwalk(paragraph, events=("start",))
    for _, element in walk:
        kind = name(element)
        if kind == "t":
            yield element.text or ""
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif kind == "pPr" or kind in _LEFT_OUT:
            walk.skip_subtree()


FORMAT = Format(key="docx", label="Word", read=read)
