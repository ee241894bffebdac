"""HTML: the report as one self-contained file, without scripts, requests or external fonts."""

import base64
import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from claims.renderers.documents.page import page
from claims.renderers.documents.prose import in_html
from claims.renderers.labels import Words, direction, words_in
from claims.renderers.types import Edition, Format

_TEMPLATES = Path(__file__).parents[3] / "templates" / "documents"
_PIECES_AT_ONCE = 64


_environment = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters |= {"zip": zip, "prose": in_html}


def style_hash() -> str:
    """Compute the `style-src` value of a Content-Security-Policy that allows the report's style.

    Returns:
        The hash source of the one `<style>` of every report, quotes included: `'sha256-...'`.
    """
    style = _environment.get_template("report.css").render()
    hashed = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(hashed).decode()}'"


def write(edition: Edition) -> Iterator[bytes]:
    """Write a report as an HTML document in UTF-8.

    Args:
        edition: the report. Its texts are escaped; only web addresses become links.

    Yields:
        The file's bytes. The document has its own Content-Security-Policy, so that a saved copy is
        as inert as the served one.
    """
    words = words_in(edition.report.language)
    stream = _environment.get_template("report.html").stream(
        page=page(edition),
        words=words,
        label=partial(labelled, words),
        style_hash=style_hash(),
    )
    stream.enable_buffering(_PIECES_AT_ONCE)
    for piece in stream:
        yield piece.encode()


def labelled(words: Words, text: str) -> Markup:
    """Return one of the fixed texts as HTML: marked as what it is where it is in another language than the report."""
    if not (text and words.are_foreign):
        return escape(text)
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(
        words.spoken, direction(words.spoken), text
    )


FORMAT = Format(key="html", label="HTML", content_type="text/html; charset=utf-8", write=write)
