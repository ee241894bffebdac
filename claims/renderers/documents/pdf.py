"""PDF: the report for printing and archiving, tagged for screen readers (PDF/UA-1)."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from claims.renderers.documents.page import page
from claims.renderers.labels import direction, words_in
from claims.renderers.types import Edition, Format

_TEMPLATE = Path(__file__).parents[3] / "templates" / "documents" / "report.typ"
_SKIN_TONES = re.compile(
    "[\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}-\N{EMOJI MODIFIER FITZPATRICK TYPE-6}]"
)
FONTS = Path(__file__).parents[1] / "fonts"
"""Those for scripts that Typst's own fonts lack."""


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
    data, created_at = data_of(edition), edition.report.issued_at
    try:
        yield set_in_type(data, created_at, "ua-1")
    except typst.TypstError:
        yield set_in_type(data, created_at, "1.7")


def data_of(edition: Edition) -> str:
    """Return what the template sets, as JSON."""
    shown, words = page(edition), words_in(edition.report.language)
    data = {
        "page": shown,
        # Typst reads an image from its bytes, which are numbers in JSON.
        "logo": list(edition.logo if shown.logo else b""),
        "words": {**words},
        "arrow": words.arrow,
        "language": primary(words.language),
        "direction": words.direction,
        "spoken": {"language": words.spoken, "direction": direction(words.spoken)},
    }
    return drawable(json.dumps(data, ensure_ascii=False, default=_fields))


def primary(language: str) -> str:
    """Return the part of a language tag that Typst understands: "pt" for "pt-BR"."""
    return language.lower().partition("-")[0]


def _fields(part: Any) -> dict[str, object]:
    """Return the fields of a part of a page. `asdict` took as long as arranging the page: it copies what it returns."""
    return {each.name: getattr(part, each.name) for each in fields(part)}


def can_draw(picture: bytes) -> bool:
    """Return whether an image can be drawn: a broken one would break every PDF."""
    drawn = b"#image(bytes(json(bytes(sys.inputs.picture))))"
    try:
        typst.compile(drawn, sys_inputs={"picture": json.dumps(list(picture))})
    except typst.TypstError:
        return False
    return True


def set_in_type(data: str, created_at: datetime, standard: Literal["ua-1", "1.7"]) -> bytes:
    """Return the PDF of what `data_of` made, which is Typst's work alone."""
    return typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=[FONTS],
        # Only a plain PDF may have characters that no font draws.
        sys_inputs={"data": data, "undrawn": "no" if standard == "ua-1" else "yes"},
        pdf_standards=standard,
        # A PDF's date has a resolution of seconds.
        timestamp=created_at.astimezone(UTC).replace(microsecond=0),
    )


def drawable(text: str) -> str:
    """Return the text without the skin tones of emoji: the font has one colour, and would draw each as an empty box."""
    return _SKIN_TONES.sub("", text)


FORMAT = Format(key="pdf", label="PDF", content_type="application/pdf", write=write)
