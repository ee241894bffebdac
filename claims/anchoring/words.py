"""The exact words of a claim: the text at its places, with a mark wherever text between them is left out."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

LEFT_OUT = " … "
"""Stands for the text between two places."""


def exact_words(text: str, spans: Sequence[Sequence[int]]) -> str:
    """Return the words at some places of a text, in code points, sorted and not overlapping."""
    return "".join(
        joint + text[start:end]
        for joint, (start, end) in zip(_joints(text, spans), spans, strict=True)
    )


def offset_in_text(text: str, spans: Sequence[Sequence[int]], offset: int) -> int:
    """Map an offset in the exact words of some places to an offset in the text.

    An offset between two places maps to the start of the second, one after the last place to its end.
    """
    for joint, (start, end) in zip(_joints(text, spans), spans, strict=True):
        offset = max(0, offset - len(joint))
        if offset <= end - start:
            return start + offset
        offset -= end - start
    return spans[-1][1]


def _joints(text: str, spans: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield the separator before each place in the exact words."""
    yield ""
    for (_, end), (start, _) in pairwise(spans):
        yield LEFT_OUT if text[end:start].strip() else " "
