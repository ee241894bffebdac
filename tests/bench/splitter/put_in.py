"""Statements into which the splitter put words, for a second reading: is each word right?"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence

from claims.extraction.types import Claim
from tests.extraction.scoring.annotated import Article

_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


def put_in(
    sets: Mapping[str, Sequence[Article]], claims: Sequence[Sequence[Claim]], number: int
) -> Iterator[str]:
    """Draw statements in which words stand that the claim's own place in the article has not.

    Args:
        sets: the annotated articles of each set.
        claims: the claims of each article, in the same order.
        number: how many to draw; the same ones in every run.

    Yields:
        A line to judge: the statement with those words in asterisks, and the article's own words.
    """
    articles = [one for articles in sets.values() for one in articles]
    lines = [
        f"[ ] {article.name}: {statement}\n    {words}"
        for article, here in zip(articles, claims, strict=True)
        for claim in here
        for words in [" … ".join(article.text[start:end] for start, end in claim.content)]
        if (statement := _marked(claim.statement, words)) != claim.statement
    ]
    random.Random(1).shuffle(lines)
    yield from lines[:number]


def _marked(statement: str, words: str) -> str:
    """Put asterisks around the words of a statement that are not among its own."""
    own = {word.lower() for word in _WORD.findall(words)}

    def marked(match: re.Match[str]) -> str:
        return match[0] if match[0].lower() in own else f"*{match[0]}*"

    return _WORD.sub(marked, statement)
