"""Plain text: paragraphs, with or without front matter."""

from typing import BinaryIO

from claims.ingest.cleaning import clean
from claims.ingest.decoding import text_of
from claims.ingest.drafts import draft
from claims.ingest.formats import front_matter
from claims.ingest.types import ArticleDraft, Format


def read(stream: BinaryIO) -> ArticleDraft:
    """Read a plain text file.

    Args:
        stream: the file's bytes. Without a headline in the front matter, the first line is used as
            in `drafts.draft`.

    Returns:
        The article.

    Raises:
        WorkbenchError: as `claims.ingest.read` says.
    """
    fields, body = front_matter.split(clean(text_of(stream)))
    return draft(body=body, **fields)


FORMAT = Format(key="txt", label="Plain text", read=read)
