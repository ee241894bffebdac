"""What becomes of each claim of a text in a newer version of it."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
        self.of_sentence = _places(self.words)
        self.stood = _places(self.before)
        self.gaps = _gaps(self.stood, self.of_sentence)
        self.runs: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
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
        around = self.new.around(self.new.inside(spans))
        return any(self.words[place] not in self.stood for place in around)

    def _found(self, claim: Anchor) -> Found:
        own = self._sentences(claim.spans)
        # The sentences that hold its words, its source and its cue; or, where these changed, those of its words alone.
        for sentences in (self._sentences(_all(claim)), own):
            places = self._standing(sentences)
            if places is None:
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
            # Where its words are another claim's now, somebody has to say what became of it.
            return self._changed(claim, close) or self._orphan(claim)
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
        return list(self.old.around(self.old.inside(spans)))

    def _standing(self, sentences: Sequence[int]) -> list[int] | None:
        """Where the sentences stand in the new text, one after the other, by the first one's place.

        Returns:
            The place; none if they do not stand there; None if it is not sure which of several they were or are.
        """
        before, after = self._runs(tuple(self.before[place] for place in sentences))
        if not after or len(before) == len(after) == 1:
            return after
        if len(after) > len(before):
            return None
        # Of several alike, those between the same sentences are the same if they are as many.
        old, new = self.gaps
        gap = bisect_left(old, sentences[0])
        alike = [place for place in before if bisect_left(old, place) == gap]
        there = [place for place in after if bisect_left(new, place) == gap]
        return [there[alike.index(sentences[0])]] if len(alike) == len(there) else None

    def _runs(self, words: tuple[str, ...]) -> tuple[list[int], list[int]]:
        """Where some sentences stand one after the other, in the old text and in the new one."""
        if words not in self.runs:
            self.runs[words] = (
                _runs(self.before, words, self.stood),
                _runs(self.words, words, self.of_sentence),
            )
        return self.runs[words]

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
    """What was removed from some words and added to them, by whole words.

    Of long passages no piece begins with a very common word (`autojunk`): else those that repeat one take minutes.
    """
    old, new = (_WORDS.findall(text) for text in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield Piece("equal", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("removed", "".join(old[a:b]))
        if d > c:
            yield Piece("added", "".join(new[c:d]))


def _places(sentences: Sequence[str]) -> dict[str, list[int]]:
    """For each sentence, where it stands."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(sentences):
        places[words].append(place)
    return dict(places)


def _runs(
    sentences: Sequence[str], words: Sequence[str], places: Mapping[str, list[int]]
) -> list[int]:
    """Where some sentences stand one after the other, by the first one's place."""
    return [
        place
        for place in places.get(words[0], ())
        if all(
            place + step < len(sentences) and sentences[place + step] == each
            for step, each in enumerate(words)
        )
    ]


def _gaps(
    before: Mapping[str, list[int]], after: Mapping[str, list[int]]
) -> tuple[list[int], list[int]]:
    """The sentences that stand once in both texts and kept their order: their places in the one and in the other.

    As many as can be: the longest increasing subsequence, found as in patience sorting.
    """
    once = [
        (places[0], after[words][0])
        for words, places in before.items()
        if len(places) == 1 and len(after.get(words, ())) == 1
    ]
    ends: list[int] = []
    piles: list[int] = []
    came: list[int | None] = []
    for number, (_old, new) in enumerate(once):
        pile = bisect_left(ends, new)
        came.append(piles[pile - 1] if pile else None)
        if pile == len(ends):
            ends.append(new)
            piles.append(number)
        else:
            ends[pile], piles[pile] = new, number
    kept: list[tuple[int, int]] = []
    last = piles[-1] if piles else None
    while last is not None:
        kept.append(once[last])
        last = came[last]
    kept.reverse()
    return [old for old, _new in kept], [new for _old, new in kept]


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
