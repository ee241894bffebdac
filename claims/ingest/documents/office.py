"""Slides, and the texts, slides and sheets of OpenDocument, by their XML."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml.etree import _Element, iterwalk

from claims.errors import gettext_noop
from claims.ingest import safe_zip
from claims.ingest.safe_xml import name, parsed

_OFFICE_FILE = gettext_noop("Office file")
_MAX_PART = 20_000_000
"""Bytes of one part with its markup."""

_PART = re.compile(r"content\.xml|ppt/slides/slide(\d+)\.xml")
"""Where the words are: OpenDocument 1.3, part 2, 3.1; ECMA-376, part 1, 13.3.8."""

_PARAGRAPHS = {"p", "h"}
_LEFT_OUT = {"tracked-changes", "annotation", "notes"}


def paragraphs(stream: BinaryIO) -> Iterator[str]:
    """Yield the paragraphs, slide by slide. Comments, notes and removed text are left out.

    Args:
        stream: the file's bytes, seekable.

    Raises:
        WorkbenchError: as in `claims.ingest.read`.
    """
    with safe_zip.opened(stream, what=_OFFICE_FILE) as archive:
        found = [match for each in archive.namelist() if (match := _PART.fullmatch(each))]
        for part in sorted(found, key=lambda match: int(match[1] or 0)):
            yield from _of(parsed(safe_zip.part(archive, part[0], limit=_MAX_PART)))


def _of(document: _Element) -> Iterator[str]:
    left_out, pieces = 0, [""]
    for event, element in iterwalk(document, events=("start", "end")):
        kind, opens = name(element), event == "start"
        if kind in _LEFT_OUT:
            left_out += 1 if opens else -1
        elif kind in _PARAGRAPHS:
            text = "".join(pieces).strip()
            if text:
                yield text
            pieces = []
        if not left_out:
            space = " " if opens and kind in {"s", "tab", "br", "line-break"} else ""
            pieces.append(space + ((element.text if opens else element.tail) or ""))
