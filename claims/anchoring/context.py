"""Checks whether a claim whose words are in the new text still says the same, by the same speaker."""

import re
from collections.abc import Sequence, Set

from rapidfuzz import fuzz

from claims.anchoring.alignment import SentenceAlignment
from claims.anchoring.normalization import NormalizedText
from claims.anchoring.qualifiers import Mark, beside, marks
from claims.anchoring.types import Anchor, Proposal, Spans

CLOSE = 70.0
"""From how alike, of 100, a changed sentence may be the one that was: a person looks at it. Below it, sentences of the
same article about the same matter came out as often as changed ones."""


class ContextCheck:
    """The context of claims in two texts.

    Args:
        old: the text.
        new: its newer version.
        order: the alignment of their sentences.
        proposals: the claims that the splitter finds in the new text.
    """

    def __init__(
        self,
        old: NormalizedText,
        new: NormalizedText,
        order: SentenceAlignment,
        proposals: Sequence[Proposal],
    ) -> None:
        self.old, self.new, self.order = old, new, order
        # Of several with the same source, the first one counts.
        self.readings = {one.source: one for one in reversed(proposals) if one.source}
        self.marks: dict[str, list[Mark]] = {}

    def is_same(
        self,
        claim: Anchor,
        found: Proposal,
        proposed: Proposal | None,
        *,
        moved: bool,
        sure: bool,
    ) -> bool:
        """Return whether a claim whose words are in the new text still says there what it said.

        Args:
            claim: the claim.
            found: where its words, its source and its cue are.
            proposed: the splitter's proposal with exactly these words.
            moved: whether its source and its cue moved with its words.
            sure: whether all of its sentences are unchanged.
        """
        # "She said" may refer to someone else now.
        if not self._is_said_by_the_same(claim, found.source, proposed, sure=sure):
            return False
        # The rest of the sentence may reverse its meaning: then the splitter finds another cue, or one of the
        # words that do so was added or removed.
        told = proposed or found
        if not sure and (
            self.cue(claim, told.cue) is None
            or self.new.words(told.source) != self.old.words(claim.source)
            or self._beside(self.old, claim.spans) != self._beside(self.new, found.spans)
        ):
            return False
        if moved:
            return not self._is_torn(claim, everything(claim), everything(found))
        return not self._is_torn(claim, claim.spans, found.spans)

    def _is_said_by_the_same(
        self, claim: Anchor, source: Spans, proposed: Proposal | None, *, sure: bool
    ) -> bool:
        """Return whether "she" is still the same person; the splitter infers this from the sentences before."""
        if proposed:
            return self._is_speaker(claim, proposed.speaker)
        # Even if it is cut differently, it is still a statement of that source.
        read = self.readings.get(source)
        if read:
            return sure and self._is_speaker(claim, read.speaker)
        return sure and (not claim.speaker or self._names_its_speaker(claim))

    def _is_speaker(self, claim: Anchor, name: str) -> bool:
        """Return whether a name is the claim's speaker, even if only one of the two versions gives it in full."""
        old, new = set(claim.speaker.split()), set(name.split())
        return name == claim.speaker or (
            bool(old & new) and (old <= new or new <= old) and self._is_named(claim, old & new)
        )

    def cue(self, claim: Anchor, cue: Spans) -> Spans | None:
        """Return where a claim's old cue is within its new one: "said" in "said on Friday". None if it is not."""
        words = self.old.words(claim.cue)
        if words == self.new.words(cue):
            return cue
        if len(words) == len(cue) == 1:
            for at in self.new.standing(words[0], *self.new.inside(cue)[0]):
                return (self.new.outside((at, at + len(words[0]))),)
        return None

    def _names_its_speaker(self, claim: Anchor) -> bool:
        """Return whether the source is a name, and not a "she" or "the minister"."""
        return self._is_named(claim, set(claim.speaker.split()))

    def _is_named(self, claim: Anchor, named: Set[str]) -> bool:
        """Return whether the source contains one of some words, capitalized; without words, anything like a name."""
        inside = self.old.inside(claim.source)
        for start, end in inside:
            for found in re.finditer(r"\w{2,}", self.old.text[start:end]):
                word, at = found[0], start + found.start()
                begins = at in self.old.beginnings
                if word[0].isupper() and (word in named if named else not begins):
                    return True
        return False

    def _beside(self, text: NormalizedText, spans: Spans) -> list[Mark]:
        """Return the qualifiers in the sentences of some places, outside those places."""
        inside = text.inside(spans)
        found: list[Mark] = []
        for place in text.around(inside):
            start, end = text.sentences[place]
            words = text.text[start:end]
            if words not in self.marks:
                self.marks[words] = marks(words)
            found += [(start + at, word) for at, word in self.marks[words]]
        return beside(found, inside)

    def _is_torn(self, claim: Anchor, stood: Spans, stands: Spans) -> bool:
        """Return whether its sentences now follow other words, so that "he" or "there" may mean something else."""
        before = self.old.around(self.old.inside(stood))[0]
        after = self.new.around(self.new.inside(stands))[0]
        led, gone = self._leaders(before)
        # If two changed places, it is unknown which of them moved.
        behind = len(self.order.stood.get(led, ())) == 1 and self.order.stands[led][0] > after
        return (
            (behind or self.order.is_moved(before, after))
            and not self._is_led_by(led, gone, after)
            and not self._names_its_speaker(claim)
        )

    def _leaders(self, sentence: int) -> tuple[str, list[str]]:
        """Return the last preceding sentence of its paragraph that still exists, or "", and the missing ones after."""
        gone: list[str] = []
        while self.old.is_led(sentence):
            sentence -= 1
            words = self.order.before[sentence]
            if words in self.order.stands:
                return words, gone
            gone.append(words)
        return "", gone

    def _is_led_by(self, led: str, gone: Sequence[str], sentence: int) -> bool:
        """Return whether the sentence that preceded it in its paragraph, or nothing, still does so in the new text.

        That sentence may have changed, and new ones may have been added in between.
        """
        place = sentence
        while self.new.is_led(place):
            place -= 1
            words = self.order.after[place]
            if words in self.order.stood:
                return words == led
            if any(fuzz.ratio(one, words) >= CLOSE for one in gone):
                return True
        return not led and not gone and place == sentence


def everything(claim: Anchor | Proposal) -> Spans:
    """Return the places of a claim's words, its source and its cue."""
    return (*claim.spans, *claim.source, *claim.cue)
