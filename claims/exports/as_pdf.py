"""PDF: the report for print and for files, tagged for screen readers (PDF/UA-1)."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import typst

from claims.exports.labels import LANGUAGE, WORDS
from claims.exports.page import page
from claims.exports.types import Format, Report

_TEMPLATE = Path(__file__).parents[2] / "templates" / "reports" / "report.typ"
_PRIMARY_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z0-9])")


def write(report: Report) -> Iterator[bytes]:
    """Write a report as a PDF: A4, with title, language, tags and an outline.

    The same report gives the same bytes on a machine with the same fonts. Typst carries fonts for the
    Latin, Greek and Cyrillic scripts; others take the machine's fonts. PDF/UA forbids a character that
    no font can draw, so a report with such a one is a plain tagged PDF that says what it misses.

    Args:
        report: the report. Typst gets it as data, never as markup.

    Yields:
        The file's bytes, in one piece.
    """
    data = {
        "page": asdict(page(report)),
        "words": WORDS,
        "language": LANGUAGE,
        "article_language": _typst_language(report.language),
    }
    try:
        yield _compile(data | {"undrawn": False}, report.made_at, "ua-1")
    except typst.TypstError:
        yield _compile(data | {"undrawn": True}, report.made_at, "1.7")


def _compile(data: dict[str, object], made_at: datetime, standard: Literal["ua-1", "1.7"]) -> bytes:
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=standard,
        # The date of a PDF counts in seconds.
        timestamp=made_at.astimezone(UTC).replace(microsecond=0),
    )


def _typst_language(tag: str) -> str:
    """Give the language of a BCP 47 tag as Typst takes it: two or three letters."""
    primary = _PRIMARY_LANGUAGE.match(tag)
    return primary[0].lower() if primary else LANGUAGE


FORMAT = Format(key="pdf", label="PDF", content_type="application/pdf", write=write)
