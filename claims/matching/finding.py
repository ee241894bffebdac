"""What becomes of each claim of a text in a newer version of it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

from claims.matching.plain import Plain
from claims.matching.types import Anchor, Found, Matching, Piece, Proposal, Span, Spans, State

CLOSE = 70.0
"""From how alike, of 100, a changed sentence may be the one that was: a person looks at it. Below it, sentences of the
same article about the same matter came out as often as changed ones."""
MARGIN = 8.0
"""By how much it must be closer than any other one."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def match(old: str, new: str, anchors: Sequence[Anchor], proposals: Sequence[Proposal]) -> Matching:
    """Find the claims of a text again in a newer version of it.

    Args:
        old: the text.
        new: its newer version.
        anchors: the claims of the old text, each with the places of its words, source and cue.
        proposals: what the splitter finds in the new one.

    Returns:
        What becomes of each claim, and which proposals are none of them. The same for the same, whenever it is asked.
        No two claims have the same words of the new text.
    """
    if not anchors:
        return Matching((), tuple(range(len(proposals))))
    return _Finding(Plain.of(old), Plain.of(new), anchors, proposals).matching()


class _Finding:
    """One comparison of two texts."""

    def __init__(
        self, old: Plain, new: Plain, anchors: Sequence[Anchor], proposals: Sequence[Proposal]
    ) -> None:
        self.old, self.new, self.proposals = old, new, proposals
        self.anchors = anchors
        self.words = [new.text[start:end] for start, end in new.sentences]
        self.before = [old.text[start:end] for start, end in old.sentences]
        self.of_sentence: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            self.of_sentence[words].append(place)
        self.stood = set(self.before)
        self.pairs = self._pairs()
        self.taken: set[Spans] = set()

    def matching(self) -> Matching:
        """What becomes of each."""
        found = [self._found(one) for one in self.anchors]
        held = sorted(span for one in found for span in one.spans)
        new = (
            place
            for place, one in enumerate(self.proposals)
            if self._is_new(one.spans) and not any(_overlap(one.spans, span) for span in held)
        )
        return Matching(tuple(found), tuple(new))

    def _is_new(self, spans: Spans) -> bool:
        """Whether some words stand in a sentence that the old text has not: of the others people saw the claims."""
        inside = self.new.inside(spans)
        return any(
            words not in self.stood and _overlap(inside, sentence)
            for words, sentence in zip(self.words, self.new.sentences, strict=True)
        )

    def _pairs(self) -> dict[int, int]:
        """For each sentence of the old text that stands, the place of it in the new one that the order of all proves."""
        pairs: dict[int, int] = {}
        blocks = SequenceMatcher(None, self.before, self.words, autojunk=False)
        for first, second, size in blocks.get_matching_blocks():
            pairs |= {first + step: second + step for step in range(size)}
        return pairs

    def _found(self, claim: Anchor) -> Found:
        own = self._sentences(claim.spans)
        # The sentences that hold its words, its source and its cue; or, where these changed, those of its words alone.
        for sentences in (self._sentences(_all(claim)), own):
            places = self._standing(sentences)
            if len(places) > 1:
                return self._orphan(claim)
            if places:
                shift = self.new.sentences[places[0]][0] - self.old.sentences[sentences[0]][0]
                whole = len(sentences) == len(self._sentences(_all(claim)))
                if standing := self._at(claim, shift, whole=whole, sure=whole):
                    return standing
        # What stands of a sentence that changed around them: all of these places, or the words alone.
        for spans in (_all(claim), claim.spans):
            shifts = self._shifts(spans)
            if len(shifts) > 1:
                return self._orphan(claim)
            if shifts and (
                standing := self._at(claim, shifts[0], whole=spans != claim.spans, sure=False)
            ):
                return standing
        if len(own) == 1 and (close := self._close(own[0])) is not None:
            changed = self._changed(claim, close)
            if changed:
                return changed
        removed = (Piece("removed", self._quote(claim)),)
        return Found(claim.id, State.WITHDRAWN, difference=removed)

    def _orphan(self, claim: Anchor) -> Found:
        return Found(claim.id, State.ORPHAN, difference=(Piece("equal", self._quote(claim)),))

    def _shifts(self, spans: Spans) -> list[int]:
        """How far what lies between the first and the last of some places has moved, for each place where it stands."""
        inside = self.old.inside(spans)
        start, end = min(start for start, _ in inside), max(end for _, end in inside)
        words, text = self.old.text[start:end], self.new.text
        found: list[int] = []
        at = text.find(words)
        while at >= 0 and len(found) < 2:  # more than one is too many
            if _is_whole(text, at, at + len(words)):
                found.append(at - start)
            at = text.find(words, at + 1)
        return found

    def _sentences(self, spans: Spans) -> list[int]:
        """The sentences of the old text that hold some places, and those between them."""
        start, end = self.old.around(self.old.inside(spans))
        return [
            place
            for place, (first, last) in enumerate(self.old.sentences)
            if first < end and last > start
        ]

    def _standing(self, sentences: Sequence[int]) -> list[int]:
        """Where the sentences stand in the new text, one after the other: by the first one's place."""
        words = [self.before[place] for place in sentences]
        found = [
            place
            for place in self.of_sentence.get(words[0], ())
            if self.words[place : place + len(words)] == words
        ]
        if len(found) < 2:  # one place, or none
            return found
        # Where all sentences alike kept their order and number, the place that the others prove is the one.
        proven = self.pairs.get(sentences[0])
        alike = self.before.count(words[0]) == len(self.of_sentence[words[0]])
        return [proven] if alike and proven in found else found

    def _at(self, claim: Anchor, shift: int, *, whole: bool, sure: bool) -> Found | None:
        """A claim whose words stand in one place. None if they are another claim's already.

        Args:
            claim: the claim.
            shift: how far its words have moved.
            whole: whether its source and its cue moved with them.
            sure: whether it is as it was also where the splitter does not propose it.
        """
        spans = self._moved(claim.spans, shift)
        if spans in self.taken:
            return None
        self.taken.add(spans)
        number = self._proposal(spans)
        proposed = self.proposals[number] if number is not None else None
        if whole:
            source, cue = self._moved(claim.source, shift), self._moved(claim.cue, shift)
        else:
            source, cue = (proposed.source, proposed.cue) if proposed else ((), ())
        # "She said" may be said by somebody else now: the sentences before it tell.
        same = proposed.speaker == claim.speaker if proposed else sure
        if not sure and same:
            # What else the sentence says may have turned it round: then the splitter reads another cue.
            told = proposed.cue if proposed else cue
            same = self._joined(told) == " ".join(self.old.source[a:b] for a, b in claim.cue)
        words = (Piece("equal", self._quote(claim)),)
        state = State.KEPT if same else State.CHANGED
        return Found(claim.id, state, spans, source, cue, number, words)

    def _moved(self, spans: Spans, shift: int) -> Spans:
        return tuple(
            self.new.outside((start + shift, end + shift))
            for start, end in self.old.inside(spans)
            if end > start
        )

    def _proposal(self, spans: Spans) -> int | None:
        """The proposal that is just these words."""
        for place, one in enumerate(self.proposals):
            if one.spans == spans:
                return place
        return None

    def _close(self, sentence: int) -> int | None:
        """The one sentence of the new text that may be this one, changed; None where none is, or several are."""
        free = {place: words for place, words in enumerate(self.words) if words not in self.stood}
        best = process.extract(
            self.before[sentence], free, scorer=fuzz.ratio, score_cutoff=CLOSE - MARGIN, limit=2
        )
        if not best or best[0][1] < CLOSE:
            return None
        if len(best) > 1 and best[0][1] - best[1][1] < MARGIN:
            return None
        return int(best[0][2])

    def _changed(self, claim: Anchor, place: int) -> Found | None:
        """The claim with the words of a changed sentence: those of a proposal in it that is most like it, or all."""
        sentence = self.new.sentences[place]
        start, end = self.new.outside(sentence)
        inside = {
            number: self._joined(one.spans)
            for number, one in enumerate(self.proposals)
            if one.spans and one.spans[0][0] >= start and one.spans[-1][1] <= end
        }
        best = process.extractOne(self._quote(claim), inside, scorer=fuzz.ratio) if inside else None
        number = int(best[2]) if best else None
        chosen = self.proposals[number] if number is not None else Proposal(((start, end),))
        if chosen.spans in self.taken:
            return None
        self.taken.add(chosen.spans)
        difference = tuple(pieces(self._quote(claim), self._joined(chosen.spans)))
        return Found(
            claim.id, State.CHANGED, chosen.spans, chosen.source, chosen.cue, number, difference
        )

    def _quote(self, claim: Anchor) -> str:
        return " ".join(self.old.source[start:end] for start, end in claim.spans)

    def _joined(self, spans: Spans) -> str:
        return " ".join(self.new.source[start:end] for start, end in spans)


def pieces(before: str, after: str) -> Iterator[Piece]:
    """What was removed from some words and added to them, by whole words."""
    old, new = (_WORDS.findall(text) for text in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("equal", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))


def _overlap(spans: Spans, span: Span) -> bool:
    return any(start < span[1] and end > span[0] for start, end in spans)


def _all(claim: Anchor) -> Spans:
    return (*claim.spans, *claim.source, *claim.cue)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether words are not a part of longer ones: "boat" is not in "boats"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (
        (before.isalnum() and text[start].isalnum())
        or (after.isalnum() and text[end - 1].isalnum())
    )
