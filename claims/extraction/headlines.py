"""Lets an article's headline be read with its text: what only the headline names can be put into the statements."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from claims.extraction.types import Claim, Spans

_BETWEEN = "\n\n"


def headed(text: str, headline: str) -> tuple[str, int]:
    """Put a headline over a text.

    Args:
        text: the article's body.
        headline: its headline, or "". One that the body begins with anyway is not put there again.

    Returns:
        Both, and where the body starts in it.
    """
    line = " ".join(headline.split())
    if not line or " ".join(text[: 2 * len(headline)].split()).startswith(line):
        return text, 0
    return f"{line}{_BETWEEN}{text}", len(line) + len(_BETWEEN)


def below(claims: Iterable[Claim], start: int) -> Iterator[Claim]:
    """Yield the claims of a text that was read with a headline over it, with their places in the body.

    Args:
        claims: the claims of both, by attribution number.
        start: where the body starts.

    Yields:
        The body's claims, with attribution numbers that count up from 0.
    """
    numbers: dict[int, int] = {}
    for claim in claims:
        content = _moved(claim.content, start)
        if not content:
            continue
        number = numbers.setdefault(claim.attribution, len(numbers))
        yield replace(
            claim,
            content=content,
            source=_moved(claim.source, start),
            cue=_moved(claim.cue, start),
            attribution=number,
            within=numbers.get(claim.within) if claim.within is not None else None,
        )


def _moved(spans: Spans, start: int) -> Spans:
    return tuple((first - start, end - start) for first, end in spans if first >= start)
