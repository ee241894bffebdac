"""What an article's people say: the places of their words, and in whose words a word stands."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.types import Attribution
from claims.extraction.speakers.mentions import Mention
from claims.extraction.text.segments import merged
from claims.extraction.types import Spans

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

Sources = Mapping[tuple[int, int], Attribution]
"""The reports, by the document and the index of their source's head."""


class Sayings:
    """The reports of an article.

    Args:
        sources: those with a source.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._told = merged(
            span
            for one in sources.values()
            if one.outer is None
            for span in one.passage.whole(one.content)
        )
        self._around = {
            (id(one.passage.doc), token.i): one for one in sources.values() for token in one.content
        }

    def by(self, mention: Mention) -> Sequence[Attribution]:
        """Return the reports whose source a mention is."""
        doc = id(mention.head.doc)
        nouns = (mention.head.i, *(one.noun for one in mention.roles))
        return [self._sources[doc, noun] for noun in nouns if (doc, noun) in self._sources]

    def words_of(self, mention: Mention) -> Spans:
        """Return the places of what somebody says there."""
        report = self._sources.get((id(mention.head.doc), mention.head.i))
        return report.passage.whole(report.content) if report is not None else ()

    def going_on(self, mention: Mention) -> Spans:
        """Return the places of what "she" or "he" says, where it goes on behind: "Ada Venn had, she said, come"."""
        if not (mention.gender and mention.pronoun):
            return ()
        said = self.words_of(mention)
        return said if any(end > mention.end for _, end in said) else ()

    def is_told(self, place: int) -> bool:
        """Return whether a place lies in what somebody says."""
        number = bisect_left(self._told, (place + 1,)) - 1
        return number >= 0 and place < self._told[number][1]

    def teller(self, token: Token) -> Token | None:
        """Return the head of the source in whose indirect words a word stands, where the source comes first."""
        report = self._around.get((id(token.doc), token.i))
        if report is None or report.source is None or report.source.head.i > token.i:
            return None
        return report.source.head

    def asked_of(self, mention: Mention) -> Token | None:
        """Return the subject of what somebody asks: the mayor in "Ada Venn asked whether the mayor knew"."""
        asked = (one for one in self.by(mention) if one.mood == "asked" and one.clausal)
        words = next((one.content for one in asked), ())
        return next((one for one in words if one.dep_ in _SUBJECTS), None)
