"""The input and output of readers. Plain data: no Django."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TypedDict

from claims.errors import WorkbenchError


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article that has been cleaned and checked, but not saved.

    Attributes:
        headline: one line, never empty.
        body: the text, with paragraphs separated by newlines and no other line ends or control
            characters.
        outlet: who published it, or "".
        byline: who wrote it, or "".
        url: where it was published, or "".
        published: when it was published, with its zone, or None.
        language: a BCP 47 tag.
        embargoed_until: before when nothing of it may be published, with its zone, or None.
    """

    headline: str
    body: str
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: datetime | None = None
    language: str = "en"
    embargoed_until: datetime | None = None


class Fields(TypedDict, total=False):
    """What may be known about an article besides its body; the names are those of `ArticleDraft`."""

    headline: str
    outlet: str
    byline: str
    url: str
    published: datetime | None
    language: str
    embargoed_until: datetime | None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a document says, which need not be an article.

    Attributes:
        title: one line, or "".
        author: who wrote it, or "".
        published: when it was published, with its zone, or None.
        text: the words, in paragraphs separated by blank lines; of a web page, its main text.
        beside: the paragraphs that stand beside the main text, such as the headline, captions and notes.
    """

    title: str
    text: str
    author: str = ""
    published: datetime | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of article files, which the upload form, the commands and the tests iterate over.

    Attributes:
        key: the file's extension, in lower case and without its dot.
        label: its display name ("Plain text").
        read: reads a file's bytes into an article.
        aliases: other extensions of such files, in the same form as the key.
    """

    key: str
    label: str
    read: Callable[[BinaryIO], ArticleDraft]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of an archive or item of a message, or the article of another file.

    Attributes:
        number: the line where it begins, or its row in the sheet, counting from 1; 0 for a file of one article.
        found: the article, or the error.
        reached: how many bytes of the file had been read by then, if it was read in the sandbox; else
            0.
        names: what its values are called in a table.
    """

    number: int
    found: ArticleDraft | WorkbenchError
    reached: int = 0
    names: tuple[str, ...] = ()
