"""PDF: the report for printing and archiving, tagged for screen readers (PDF/UA-1)."""

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

    The same report gives the same bytes on a machine with the same fonts. Typst includes fonts for the Latin,
    Greek, Cyrillic and Hebrew scripts, and the folder `fonts` has those for some others; the rest, such as
    Chinese, use the machine's fonts. PDF/UA forbids characters that no font can draw, so a report with such a
    character is a plain tagged PDF that says what is missing.

    Args:
        edition: the report. Typst gets it as data, never as markup.

    Yields:
        The file's bytes, in one piece.
    """
    shown = page(edition)
    data = {
        "page": asdict(shown),
        # Typst reads an image from its bytes, which are numbers in JSON.
        "logo": list(edition.logo if shown.logo else b""),
        "words": WORDS,
        "language": LANGUAGE,
    }
    created_at = edition.report.created_at
    try:
        yield _compile(data | {"undrawn": False}, created_at, "ua-1")
    except typst.TypstError:
        yield _compile(data | {"undrawn": True}, created_at, "1.7")


def can_draw(picture: bytes) -> bool:
    """Return whether an image can be drawn: a broken one would break every PDF."""
    drawn = b"#image(bytes(json(bytes(sys.inputs.picture))))"
    try:
        typst.compile(drawn, sys_inputs={"picture": json.dumps(list(picture))})
    except typst.TypstError:
        return False
    return True


def _compile(
    data: dict[str, object], created_at: datetime, standard: Literal["ua-1", "1.7"]
) -> bytes:
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=[_FONTS],
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=standard,
        # A PDF's date has a resolution of seconds.
        timestamp=created_at.astimezone(UTC).replace(microsecond=0),
    )


FORMAT = Format(key="pdf", label="PDF", content_type="application/pdf", write=write)
