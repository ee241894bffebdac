"""Whether a claim whose words stand in the new text says there what it said, by the same."""

import re
from collections.abc import Sequence, Set

from rapidfuzz import fuzz

from claims.anchoring.alignment import Order
from claims.anchoring.normalization import Plain
from claims.anchoring.qualifiers import Mark, beside, marks
from claims.anchoring.types import Anchor, Proposal, Spans

CLOSE = 70.0
"""From how alike, of 100, a changed sentence may be the one that was: a person looks at it. Below it, sentences of the
same article about the same matter came out as often as changed ones."""


class Saying:
    """What stands around claims in two texts.

    Args:
        old: the text.
        new: its newer version.
        order: the sentences of both.
        proposals: what the splitter finds in the new one.
    """

    def __init__(self, old: Plain, new: Plain, order: Order, proposals: Sequence[Proposal]) -> None:
        self.old, self.new, self.order = old, new, order
        # Of several of the same source the first one counts.
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
        """Whether a claim whose words stand in the new text says there what it said.

        Args:
            claim: the claim.
            found: where its words, its source and its cue stand.
            proposed: what the splitter proposes in just these words.
            moved: whether its source and its cue moved with its words.
            sure: whether all of its sentences stand as they did.
        """
        # "She said" may be said by somebody else now.
        if not self._is_said_by_the_same(claim, found.source, proposed, sure=sure):
            return False
        # What else the sentence says may have turned it round: then the splitter reads another cue, or one of the
        # words that do so came or went.
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
        """Whether "she", in the same words, is who she was: the splitter reads it from the sentences before them."""
        if proposed:
            return self._is_speaker(claim, proposed.speaker)
        # Cut in other words, it is still a statement of that source.
        read = self.readings.get(source)
        if read:
            return sure and self._is_speaker(claim, read.speaker)
        return sure and (not claim.speaker or self._names_its_speaker(claim))

    def _is_speaker(self, claim: Anchor, name: str) -> bool:
        """Whether a name is that of a claim's speaker: also where the article gives it in full no more, or only now."""
        old, new = set(claim.speaker.split()), set(name.split())
        return name == claim.speaker or (
            bool(old & new) and (old <= new or new <= old) and self._is_named(claim, old & new)
        )

    def cue(self, claim: Anchor, cue: Spans) -> Spans | None:
        """Where a claim's cue stands in what is its cue now: "said" in "said on Friday". None if it does not."""
        words = self.old.words(claim.cue)
        if words == self.new.words(cue):
            return cue
        if len(words) == len(cue) == 1:
            for at in self.new.standing(words[0], *self.new.inside(cue)[0]):
                return (self.new.outside((at, at + len(words[0]))),)
        return None

    def _names_its_speaker(self, claim: Anchor) -> bool:
        """Whether its source has a name beside the words, and is no "she" or "the minister"."""
        return self._is_named(claim, set(claim.speaker.split()))

    def _is_named(self, claim: Anchor, named: Set[str]) -> bool:
        """Whether its source has one of some words, with a capital; if none are told, any that looks like a name."""
        inside = self.old.inside(claim.source)
        for start, end in inside:
            for found in re.finditer(r"\w{2,}", self.old.text[start:end]):
                word, at = found[0], start + found.start()
                begins = at in self.old.beginnings
                if word[0].isupper() and (word in named if named else not begins):
                    return True
        return False

    def _beside(self, text: Plain, spans: Spans) -> list[Mark]:
        """The words that turn or weaken a statement in the sentences of some places, outside them."""
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
        """Whether its sentences moved behind other words, which may make "he" or "there" mean something else."""
        before = self.old.around(self.old.inside(stood))[0]
        after = self.new.around(self.new.inside(stands))[0]
        led, gone = self._leaders(before)
        # Of two that changed places nobody knows which one moved.
        behind = len(self.order.stood.get(led, ())) == 1 and self.order.stands[led][0] > after
        return (
            (behind or self.order.is_moved(before, after))
            and not self._is_led_by(led, gone, after)
            and not self._names_its_speaker(claim)
        )

    def _leaders(self, sentence: int) -> tuple[str, list[str]]:
        """The last sentence before one in its paragraph that still stands, or "", and those between that do not."""
        gone: list[str] = []
        while self.old.is_led(sentence):
            sentence -= 1
            words = self.order.before[sentence]
            if words in self.order.stands:
                return words, gone
            gone.append(words)
        return "", gone

    def _is_led_by(self, led: str, gone: Sequence[str], sentence: int) -> bool:
        """Whether what stood before a sentence in its paragraph, or nothing, does so in the new text.

        It may have changed, and others that are new may stand between.
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
    """Where the words of a claim, its source and its cue stand."""
    return (*claim.spans, *claim.source, *claim.cue)
