"""Readers of article files: a file in, an article out.

Each format is a module of `formats` that defines `FORMAT`, and its line in the list below. The upload
form, the commands and the tests go through this list. Text typed into a form goes directly to `draft`.
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
        stream: the file's bytes, at its beginning. It is left open.
        name: the file's name. Its extension, in either case, selects the format.

    Returns:
        The article, cleaned and checked.

    Raises:
        UnknownFormatError: no format has that extension.
        NotTextError: the bytes are not readable text.
        FrontMatterError: the front matter is not valid.
        InvalidValueError: a field has a value that cannot be saved.
        EmptyArticleError: there is no text.
        TooLargeError: there is more text than one article can have, or the file is too large.
        UnreadableFileError: the file is damaged, of another format than its name says, or unsafe to open.
        LockedFileError: the file is protected by a password.
        NoTextLayerError: the file is a PDF of images.
        NotAnArticleError: there is text, but no article.
    """
    extension = name.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise UnknownFormatError(name=extension, known=", ".join(EXTENSIONS))
    return EXTENSIONS[extension].read(stream)
