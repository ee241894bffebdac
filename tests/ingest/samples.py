"""One article in every format, for tests that apply to all formats."""

import io

import typst
from docx import Document

HEADLINE = "Bridge closed"
PARAGRAPHS = (
    "The bridge at Ostrey is closed, the mayor of the town told reporters on Wednesday.",
    "Nobody knows why, and the engineer who had looked at it would not say.",
)
BODY = "\n\n".join(PARAGRAPHS)


def plain() -> bytes:
    return f"{HEADLINE}\n\n{BODY}\n".encode()


def html() -> bytes:
    paragraphs = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    return f"<html><body><article><h1>{HEADLINE}</h1>{paragraphs}</article></body></html>".encode()


def docx() -> bytes:
    file = Document()
    file.add_paragraph(HEADLINE, style="Title")
    for each in PARAGRAPHS:
        file.add_paragraph(each)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    return typst.compile("\n\n".join((f"= {HEADLINE}", *PARAGRAPHS)).encode())


def eml() -> bytes:
    return f"From: desk@example.org\r\nSubject: {HEADLINE}\r\n\r\n{BODY}".encode()


SAMPLES = {"md": plain, "txt": plain, "html": html, "docx": docx, "pdf": pdf, "eml": eml}

ARTICLE = {
    "headline": "x",
    "body": "y",
    "outlet": "",
    "byline": "",
    "url": "",
    "published": None,
    "language": "en",
    "embargoed_until": None,
}
"""An article as a reading process tells of it."""
