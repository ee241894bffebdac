"""Show claims as the tests describe them: with words instead of places."""

from dataclasses import dataclass

from claims.extraction import Claim, extract
from claims.extraction.engines import Engine
from claims.extraction.types import Spans


@dataclass(frozen=True)
class Read:
    """A claim with the words that stand in its places."""

    claim: Claim
    content: str
    source: str
    cue: str

    @property
    def speaker(self) -> str:
        return self.claim.speaker.name if self.claim.speaker is not None else ""

    @property
    def kind(self) -> str:
        return self.claim.speaker.kind if self.claim.speaker is not None else ""

    @property
    def role(self) -> str:
        return self.claim.speaker.role if self.claim.speaker is not None else ""


def words(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def read(text: str, engine: Engine = "rules") -> list[Read]:
    """Split a text, by the rules unless another engine is named: most tests here are of the rules."""
    return [
        Read(one, words(text, one.content), words(text, one.source), words(text, one.cue))
        for one in extract(text, engine=engine)
    ]


def reported(text: str) -> list[Read]:
    return [one for one in read(text) if one.cue and one.claim.within is None]


def only(text: str) -> Read:
    found = reported(text)
    assert len(found) == 1, [one.content for one in found]
    return found[0]


def place(text: str, words: str) -> Spans:
    """Where words stand in a text."""
    start = text.index(words)
    return ((start, start + len(words)),)
