"""PDF: the report for print and for files, tagged for screen readers (PDF/UA-1)."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from claims.renderers.documents.page import page
from claims.renderers.labels import LANGUAGE, WORDS
from claims.renderers.types import Edition, Format

_TEMPLATE = Path(__file__).parents[3] / "templates" / "documents" / "report.typ"
_FONTS = Path(__file__).parents[1] / "fonts"


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as a PDF: A4, with title, language, tags and an outline.

    The same report gives the same bytes on a machine with the same fonts. Typst carries fonts for the
    Latin, Greek, Cyrillic and Hebrew scripts, and the folder `fonts` has those for some others; the rest,
    such as Chinese, take the machine's fonts. PDF/UA forbids a character that no font can draw, so a report with
    such a one is a plain tagged PDF that says what it misses.

    Args:
        edition: the report. Typst gets it as data, never as markup.

    Yields:
        The file's bytes, in one piece.
    """
    shown = page(edition)
    data = {
        "page": asdict(shown),
        # Typst reads a picture from its bytes, and JSON holds bytes as numbers.
        "logo": list(edition.logo if shown.logo else b""),
        "words": WORDS,
        "language": LANGUAGE,
    }
    made_at = edition.report.made_at
    try:
        yield _compile(data | {"undrawn": False}, made_at, "ua-1")
    except typst.TypstError:
        yield _compile(data | {"undrawn": True}, made_at, "1.7")


def can_draw(picture: bytes) -> bool:
    """Return whether a picture can stand in a report: one that is broken inside would break every PDF."""
    drawn = b"#image(bytes(json(bytes(sys.inputs.picture))))"
    try:
        typst.compile(drawn, sys_inputs={"picture": json.dumps(list(picture))})
    except typst.TypstError:
        return False
    return True


def _compile(data: dict[str, object], made_at: datetime, standard: Literal["ua-1", "1.7"]) -> bytes:
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=[_FONTS],
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=standard,
        # The date of a PDF counts in seconds.
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),
    )


FORMAT = Format(key="pdf", label="PDF", content_type="application/pdf", write=write)
