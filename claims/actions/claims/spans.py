"""The places of a claim's words in the text."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from claims.errors import InvalidValueError
from claims.extraction.text.casing import sentence_case
from claims.models.articles import Revision

Spans = list[list[int]]


_MARKS = '“”«»„"'


LONGEST_STATEMENT = 10_000


def fitting(revision: Revision, spans: Sequence[Sequence[int]]) -> Spans:
    """Return spans sorted, joined, and without white space at their ends.

    Raises:
        InvalidValueError: if they are outside the text or contain no words.
    """
    body = revision.body
    if not all(0 <= start < end <= len(body) for start, end in spans):
        raise InvalidValueError(why=_("the selected words are not in the article's text."))
    kept = trimmed(body, joined(spans, body))
    if not kept:
        raise InvalidValueError(why=_("select at least one word in the article."))
    return kept


def joined(spans: Sequence[Sequence[int]], body: str) -> Spans:
    """Sort spans, and join those with nothing but white space between them."""
    found: Spans = []
    for start, end in sorted((start, end) for start, end in spans):
        if found and not body[found[-1][1] : start].strip():
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return found


def trimmed(body: str, spans: Spans) -> Spans:
    """Narrow spans to their words and marks; those without words are dropped."""
    kept = []
    for start, end in spans:
        words = body[start:end]
        if any(character.isalnum() for character in words):
            kept.append(
                [start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())]
            )
    return kept


def stated(body: str, spans: Sequence[Sequence[int]]) -> str:
    """Return the words at spans as a statement like the splitter's, without surrounding quotation marks or a full stop."""
    words = " ".join(" ".join(body[start:end] for start, end in spans).split())
    bare = words.strip(_MARKS + " ,;:")
    return sentence_case(words if any(mark in bare for mark in _MARKS) else bare)
