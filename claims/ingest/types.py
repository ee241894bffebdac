"""What a reader gives out. Plain data: no Django."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """An article as it came in, cleaned and checked but not yet saved.

    Attributes:
        headline: one line, never empty.
        body: the text. Line ends are newlines, paragraphs are parted by newlines, no control characters.
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
