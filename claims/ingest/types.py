"""What a reader is and what it gives out. Plain data: no Django."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TypedDict


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as it came in, cleaned and checked but not yet saved.

    Attributes:
        headline: one line, never empty.
        body: the text. Line ends are newlines, paragraphs are separated by newlines, no control
            characters.
        outlet: who published it, or "".
        byline: who wrote it, or "".
        url: where it was published, or "".
        published: when it was published, with its zone, or None.
        language: a BCP 47 tag.
    """

    headline: str
    body: str
    outlet: str = ""
    byline: str = ""
    url: str = ""
    published: datetime | None = None
    language: str = "en"


class Fields(TypedDict, total=False):
    """What may be known of an article besides its body, as it came in; the names are those of `ArticleDraft`."""

    headline: str
    outlet: str
    byline: str
    url: str
    published: datetime | None
    language: str


@dataclass(frozen=True, slots=True)
class Format:
    """One format of article files: what the upload form, the commands and the tests iterate.

    Attributes:
        key: the file's extension, in lower case and without its dot.
        label: its name for people ("Plain text").
        read: a file's bytes in, the article out.
        aliases: other extensions of such files, written like the key.
    """

    key: str
    label: str
    read: Callable[[BinaryIO], ArticleDraft]
    aliases: tuple[str, ...] = ()
