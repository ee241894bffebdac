"""The formats an article's file may have.

A format is one module of this package that defines `FORMAT`, and its line in the list below. The upload
form, the commands and the tests go through the list. Text typed into a form goes to `draft` right away.
"""

from typing import BinaryIO

from claims.errors import UnknownFormatError
from claims.ingest.drafts import draft
from claims.ingest.formats import docx, eml, html_page, markdown, pdf, plain_text
from claims.ingest.types import ArticleDraft, Format

__all__ = ["EXTENSIONS", "FORMATS", "draft", "read"]

FORMATS: dict[str, Format] = {
    module.FORMAT.key: module.FORMAT for module in (markdown, plain_text, html_page, docx, pdf, eml)
}
"""Every format by its usual file extension, in the order that forms show them."""

EXTENSIONS: dict[str, Format] = {
    extension: each for each in FORMATS.values() for extension in (each.key, *each.aliases)
}
"""Every format by all its extensions."""


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
        TooLargeError: there is more text than one article can hold, or the file is too large.
        UnreadableFileError: the file is damaged, of another format than its name says, or unsafe to open.
        LockedFileError: the file opens with a password only.
        NoTextLayerError: the file is a PDF of pictures.
        NotAnArticleError: there is text, but none of an article.
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise UnknownFormatError(name=extension, known=", ".join(EXTENSIONS))
    return EXTENSIONS[extension].read(stream)
