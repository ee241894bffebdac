"""Finds posts, comments and letters under a line that names their author: "Ada Venn @adavenn · 3h"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.extraction.attribution.sources import Source
from claims.extraction.attribution.turns.interviews import named
from claims.extraction.attribution.turns.turn import Introduced, Turn, before, tokens_in
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Span

_HANDLE = re.compile(
    r"(?P<author>(?:[^\W\d_][^@:.?!“”\"\n|·•]{0,40}\s)?[(\[]?@\w{2,30}[)\]]?(?:\s\([^()\n]{2,40}\))?)"
    r"(?:\s?[·•|,–—-][^?!“”\"\n]{0,40}|\s\d[^?!“”\"\n]{0,30})?:?"
)
"""A line that names an account, with a time or a place behind it or not."""
_WROTE = re.compile(
    r"(?:(?:posted|comment(?:ed)?|reply|review|letter|written|submitted)(?: by| from):? )"
    r"(?P<author>[^\W_][^:?!“”\"\n]{1,50}?)(?:,? (?:on|at) [^:\n]{3,30})?:?"
    r"|(?P<name>[^\W_][^:.?!“”\"\n]{1,40}?),? (?:wrote|writes|posted|posts|commented|comments|replied|replies|says|said"
    r"|asked|asks|answered|answers)(?: (?:on|at) [^:\n]{3,30})?:",
    re.IGNORECASE,
)
"""A line that says who wrote what follows."""
_COUNTED = re.compile(r"\(?\d{1,3}/\d{0,3}\)?[.:]?\s*$")
_FEED = 5
"""Paragraphs before which the first author of a page of posts stands."""
_SHOUTED_WORDS = 5


def posts(passages: Sequence[Passage]) -> Iterator[Turn]:
    """Yield the posts of a page of them, and those that an article shows.

    On a page of posts each goes on to the next author's line. In an article it ends with the first empty line.
    """
    authors = _authors(passages)
    if not authors:
        return
    numbers = [*sorted(authors), len(passages)]
    is_feed = len(authors) > 1 and numbers[0] < _FEED
    if len(authors) == 1 and any(_COUNTED.search(before(one)) for one in passages):
        return
    for number, following in pairwise(numbers):
        said = list(range(number + 1, following))
        if not is_feed:
            said = said[: _block(passages[number:following])]
        if said:
            places = [(one, (passages[one].start, passages[one].end)) for one in said]
            yield Turn(None, places, shown=authors[number])


def _block(passages: Sequence[Passage]) -> int:
    """Count the paragraphs that follow the first without an empty line between."""
    count = 0
    for one, following in pairwise(passages):
        if one.text.count("\n", one.end, following.start) > 1:
            break
        count += 1
    return count


def _authors(passages: Sequence[Passage]) -> dict[int, Introduced]:
    """Find the lines that name an author, and the words that do."""
    found = {number: place for number, one in enumerate(passages) if (place := _author(one))}
    written = {number: place for number, one in enumerate(passages) if (place := _writer(one))}
    shouted = _shouted(passages)
    for more in (written, shouted):
        # One such line may be anything.
        if len(more) > 1 or found:
            found = more | found
    return {
        number: made for number, place in found.items() if (made := _made(passages[number], place))
    }


def _made(passage: Passage, place: Span) -> Introduced | None:
    tokens = tokens_in(passage, *place)
    if not tokens:
        return None
    head = named(passage, tokens)[1].head
    return passage, Source(head, tokens)


def _author(passage: Passage) -> Span | None:
    match = _HANDLE.fullmatch(passage.text, passage.start, passage.end)
    return match.span("author") if match is not None else None


def _writer(passage: Passage) -> Span | None:
    match = _WROTE.fullmatch(passage.text, passage.start, passage.end)
    return match.span(match.lastgroup or 0) if match is not None else None


def _shouted(passages: Sequence[Passage]) -> dict[int, Span]:
    """Find the lines in capitals that come again, as names do between the turns of a script."""
    lines = {
        number: (one.start, one.end - (one.text[one.end - 1] == ":"))
        for number, one in enumerate(passages)
        if one.end - one.start < 50 and _is_shouted(one.text[one.start : one.end].rstrip(":"))
    }
    times = Counter(passages[number].text[slice(*place)] for number, place in lines.items())
    if sum(count > 1 for count in times.values()) < 2:
        return {}
    return lines


def _is_shouted(line: str) -> bool:
    return (
        line.isupper()
        and len(line.split()) <= _SHOUTED_WORDS
        and line.lower() not in lexicon().labels
        and line[-1].isalpha()
        and not any(map(str.isdigit, line))
    )
