"""The formats an article's file may have.

A format is one module of this package that defines `FORMAT`, and its line in the list below. The upload
form, the commands and the tests go through the list. Text typed into a form goes to `draft` right away.
"""

from typing import BinaryIO

from claims.errors import UnknownFormatError
from claims.ingest import markdown, plain
from claims.ingest.drafting import draft
from claims.ingest.types import ArticleDraft, Format

__all__ = ["FORMATS", "draft", "read"]

FORMATS: dict[str, Format] = {module.FORMAT.key: module.FORMAT for module in (markdown, plain)}
"""Every format by its file extension, in the order that forms show them."""


def read(stream: BinaryIO, *, name: str) -> ArticleDraft:
    """Read one article from a file.

    Args:
        stream: the file's bytes, at its beginning. Left open.
        name: the file's name. Its extension, in either case, picks the format.

    Returns:
        The article, cleaned and checked.

    Raises:
        UnknownFormatError: no format has that extension.
        NotTextError: the bytes are no readable text.
        FrontMatterError: the front matter cannot be used.
        InvalidValueError: a field holds what cannot be kept.
        EmptyArticleError: there is no word of text.
        TooLargeError: there is more text than one article can hold.
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in FORMATS:
        raise UnknownFormatError(name=extension, known=", ".join(FORMATS))
    return FORMATS[extension].read(stream)
