"""Markdown: front matter, then paragraphs.

Of Markdown's own markup, only a first line `# Headline` is interpreted, and only if the front
matter has no headline. All other markup stays in the body as written.
"""

from typing import BinaryIO

from claims.ingest.cleaning import clean
from claims.ingest.decoding import text_of
from claims.ingest.drafts import draft
from claims.ingest.formats import front_matter
from claims.ingest.types import ArticleDraft, Format


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a Markdown file.

    Args:
        stream: the file's bytes.

    Returns:
        The article.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    fields, body = front_matter.split(clean(text_of(stream)))
    if not fields.get("headline") and body.startswith("# "):
        fields["headline"], _, body = body.removeprefix("# ").partition("\n")
    return draft(body=body, **fields)


FORMAT = Format(key="md", label="Markdown with front matter", read=read)
