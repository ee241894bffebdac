"""Finds who says what in texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction.encoder import choosing, postprocessing
from claims.extraction.encoder.decoding import Candidate, candidates
from claims.extraction.encoder.model import Model
from claims.extraction.encoder.windows import blocks, windows
from claims.extraction.types import Spans


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with its source and cue.

    Attributes:
        cue: the places of the cue's words.
        source: the places of the source's words; empty if there is none.
        content: the places of the statement's words.
        speech: the cue is one of speech or report, not of belief or plan.
        confidence: 0..1, how likely all of it is right.
    """

    cue: Spans
    source: Spans
    content: Spans
    speech: bool
    confidence: float


def attributions(
    texts: Iterable[str], model: Model, *, least: float = choosing.LEAST
) -> Iterator[list[Found]]:
    """Find who says what.

    Args:
        texts: articles.
        model: the network.
        least: the minimum likelihood of an attribution.

    Yields:
        The attributions of each article, in the order of the text, with no overlapping words.
    """
    for text in texts:
        found = windows(blocks(model.tokenizer, text))
        quoted = postprocessing.quoted(text)
        readings = map(model.read, found)
        possible = [*candidates(model, readings), *postprocessing.signed(text, quoted)]
        chosen = choosing.choose((postprocessing.whole(one, quoted) for one in possible), least)
        yield [_found(text, one) for one in postprocessing.followed(text, chosen, quoted)]


def _found(text: str, one: Candidate) -> Found:
    return Found(
        cue=(one.cue,),
        source=(one.source,) if one.source is not None else (),
        content=postprocessing.trimmed(text, one.content),
        speech=choosing.speaks(one),
        confidence=choosing.likelihood(one),
    )
