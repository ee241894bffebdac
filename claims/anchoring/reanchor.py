"""Determines what happens to each claim of a text in a newer version of it."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from rapidfuzz import fuzz, process

from claims.anchoring.alignment import SentenceAlignment
from claims.anchoring.context import CLOSE, ContextCheck, everything
from claims.anchoring.normalization import NormalizedText
from claims.anchoring.types import (
    Anchor,
    Matching,
    Outcome,
    Piece,
    Proposal,
    ReanchoredClaim,
    Span,
    Spans,
)
from claims.anchoring.words import exact_words

MARGIN = 8.0
"""By how much a changed sentence must be closer than any other one."""
PLACES = 10
"""Of more places a person finds the right one sooner by reading the text."""

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def reanchor_claims(
    old: str, new: str, anchors: Sequence[Anchor], proposals: Sequence[Proposal]
) -> Matching:
    """Find the claims of a text again in a newer version of it.

    Args:
        old: the text.
        new: its newer version.
        anchors: the claims of the old text, each with the places of its words, source and cue.
        proposals: the claims that the splitter finds in the new text.

    Returns:
        What happens to each claim, and which proposals are new claims. The result depends only on the arguments. No
        two claims get the same words of the new text.
    """
    if not anchors:
        return Matching((), tuple(range(len(proposals))))
    return _Finding(NormalizedText.of(old), NormalizedText.of(new), anchors, proposals).matching()


class _Finding:
    """One comparison of two texts."""

    def __init__(
        self,
        old: NormalizedText,
        new: NormalizedText,
        anchors: Sequence[Anchor],
        proposals: Sequence[Proposal],
    ) -> None:
        self.old, self.new, self.proposals = old, new, proposals
        self.anchors = anchors
        # Of several with the same words, the first one counts.
        self.numbers = {one.spans: number for number, one in reversed(list(enumerate(proposals)))}
        self.words = [new.text[start:end] for start, end in new.sentences]
        self.before = [old.text[start:end] for start, end in old.sentences]
        self.order = SentenceAlignment(self.before, self.words)
        self.saying = ContextCheck(old, new, self.order, proposals)
        self.stands: dict[str, list[int]] = {}
        self.taken: set[Spans] = set()
        self.close: dict[tuple[str, ...], list[Span]] = {}

    def matching(self) -> Matching:
        """Return what happens to each claim."""
        found = [self._found(one) for one in self.anchors]
        held = sorted(span for one in found for span in one.spans)
        new = (
            place
            for place, one in enumerate(self.proposals)
            if self._is_new(one.spans) and not any(_overlap(one.spans, span) for span in held)
        )
        return Matching(tuple(found), tuple(new))

    def _is_new(self, spans: Spans) -> bool:
        """Return whether some words are in a sentence that is new; editors have seen the claims of the old ones."""
        around = self.new.around(self.new.inside(spans))
        return any(self.words[place] not in self.order.stood for place in around)

    def _found(self, claim: Anchor) -> ReanchoredClaim:
        own = self._sentences(claim.spans)
        # The sentences with its words, its source and its cue; or, if these have changed, those of its words alone.
        for sentences in (self._sentences(everything(claim)), own):
            places = self.order.standing(sentences)
            if places is None:
                return self._orphan(claim)
            if places:
                shift = self.new.sentences[places[0]][0] - self.old.sentences[sentences[0]][0]
                whole = len(sentences) == len(self._sentences(everything(claim)))
                spans = self._moved(claim.spans, shift)
                if standing := self._at(claim, spans, shift if whole else None, sure=whole):
                    return standing
        return self._beside_others(claim) or self._changed_or_gone(claim, own)

    def _beside_others(self, claim: Anchor) -> ReanchoredClaim | None:
        """Return a claim whose words are in a sentence that changed around them; None if they are nowhere."""
        # With its source and its cue unchanged, or the words alone.
        for places in (everything(claim), claim.spans):
            shifts = self._shifts(places)
            if len(shifts) > 1:
                return self._orphan(claim)
            if shifts:
                spans = self._moved(claim.spans, shifts[0])
                shift = shifts[0] if places != claim.spans else None
                if standing := self._at(claim, spans, shift, sure=False):
                    return standing
        parts = self._parts(claim) if len(claim.spans) > 1 else []
        if len(parts) > 1:
            return self._orphan(claim, parts)
        return self._at(claim, parts[0], None, sure=False) if parts else None

    def _changed_or_gone(self, claim: Anchor, own: Sequence[int]) -> ReanchoredClaim:
        """Return what happened to a claim whose words are nowhere, or belong to another claim."""
        close = self._close(tuple(self.before[place] for place in own))
        if len(close) == 1 and (changed := self._changed(claim, close[0])):
            return changed
        if close or self._shifts(claim.spans):
            # If it may be one of several, or its words belong to another claim now, an editor has to decide.
            return self._orphan(claim, [self._chosen(claim, one)[0].spans for one in close])
        removed = (Piece("removed", self._quote(claim)),)
        return ReanchoredClaim(claim.id, Outcome.WITHDRAWN, difference=removed)

    def _orphan(self, claim: Anchor, places: Sequence[Spans] = ()) -> ReanchoredClaim:
        """Return a claim that may be in one of some places; without any, wherever its words are."""
        places = places or [self._moved(claim.spans, shift) for shift in self._shifts(claim.spans)]
        words = (Piece("equal", self._quote(claim)),)
        return ReanchoredClaim(
            claim.id, Outcome.ORPHAN, difference=words, places=tuple(sorted(set(places)))
        )

    def _shifts(self, spans: Spans) -> list[int]:
        """Return how far the text from the first to the last of some places has moved, wherever it is found.

        If there are more places than an editor would look through, only the first ones.
        """
        start, end = _hull(self.old.inside(spans))
        words = self.old.text[start:end]
        return [at - start for at in self._standing(words)]

    def _standing(self, words: str) -> list[int]:
        if words not in self.stands:
            self.stands[words] = list(islice(self.new.standing(words), PLACES))
        return self.stands[words]

    def _parts(self, claim: Anchor) -> list[Spans]:
        """Return where words in several parts follow each other in as many sentences as before, perhaps with gaps."""
        more = len(self._sentences(claim.spans)) - 1
        first, *others = self.old.words(claim.spans)
        found = []
        for start in self._standing(first):
            parts = [(start, start + len(first))]
            last = self.new.around(tuple(parts))[0] + more
            end = self.new.sentences[min(last, len(self.new.sentences) - 1)][1]
            for words in others:
                at = next(self.new.standing(words, parts[-1][1], end), None)
                if at is None:
                    break
                parts.append((at, at + len(words)))
            if len(parts) == len(claim.spans):
                found.append(tuple(self.new.outside(part) for part in parts))
        return found

    def _sentences(self, spans: Spans) -> list[int]:
        """Return the sentences of the old text that contain some places, and those in between."""
        return list(self.old.around(self.old.inside(spans)))

    def _at(
        self, claim: Anchor, spans: Spans, shift: int | None, *, sure: bool
    ) -> ReanchoredClaim | None:
        """Return a claim whose words are in one place; None if they already belong to another claim.

        Args:
            claim: the claim.
            spans: where they are.
            shift: how far its source and its cue moved with them; None if these have changed.
            sure: whether it is unchanged even if the splitter does not propose it.
        """
        if spans in self.taken:
            return None
        self.taken.add(spans)
        number = self.numbers.get(spans)
        proposed = self.proposals[number] if number is not None else None
        if shift is not None:
            source, cue = self._moved(claim.source, shift), self._moved(claim.cue, shift)
        else:
            source, cue = (proposed.source, proposed.cue) if proposed else ((), ())
            cue = self.saying.cue(claim, cue) or cue
        found = Proposal(spans, source, cue)
        same = self.saying.is_same(claim, found, proposed, moved=shift is not None, sure=sure)
        words = (Piece("equal", self._quote(claim)),)
        state = Outcome.KEPT if same else Outcome.CHANGED
        return ReanchoredClaim(claim.id, state, spans, source, cue, number, words)

    def _moved(self, spans: Spans, shift: int) -> Spans:
        return tuple(
            self.new.outside((start + shift, end + shift))
            for start, end in self.old.inside(spans)
            if end > start
        )

    def _close(self, sentences: tuple[str, ...]) -> list[Span]:
        """Return the places in the new text that resemble some sentences most, or nearly as much."""
        if sentences not in self.close:
            number = len(sentences)
            free = {
                place: " ".join(self.words[place : place + number])
                for place in range(len(self.words) - number + 1)
                if any(one not in self.order.stood for one in self.words[place : place + number])
            }
            best = process.extract(
                " ".join(sentences),
                free,
                scorer=fuzz.ratio,
                score_cutoff=CLOSE - MARGIN,
                limit=PLACES,
            )
            self.close[sentences] = [
                (self.new.sentences[place][0], self.new.sentences[place + number - 1][1])
                for _words, score, place in best
                if best[0][1] >= CLOSE and best[0][1] - score < MARGIN
            ]
        return self.close[sentences]

    def _chosen(self, claim: Anchor, place: Span) -> tuple[Proposal, int | None]:
        """Return the closest match of a claim in a part of the new text: a proposal with its number, or its words.

        A claim in several places may hold more than any proposal does, as after a merge: then it keeps all the words.
        """
        start, end = self.new.outside(place)
        whole = Proposal(((start, end),))
        inside = {
            number: self._joined(one.spans)
            for number, one in enumerate(self.proposals)
            if one.spans and one.spans[0][0] >= start and one.spans[-1][1] <= end
        }
        if not inside:
            return whole, None
        quote = self._quote(claim)
        best = process.extractOne(quote, inside, scorer=fuzz.ratio)
        if len(claim.spans) > 1 and fuzz.ratio(quote, self._joined(whole.spans)) > best[1]:
            return whole, None
        return self.proposals[int(best[2])], int(best[2])

    def _changed(self, claim: Anchor, place: Span) -> ReanchoredClaim | None:
        """Return the claim with its closest match in the changed part.

        None if that already belongs to another claim.
        """
        chosen, number = self._chosen(claim, place)
        if chosen.spans in self.taken:
            return None
        self.taken.add(chosen.spans)
        difference = tuple(pieces(self._quote(claim), self._joined(chosen.spans)))
        return ReanchoredClaim(
            claim.id, Outcome.CHANGED, chosen.spans, chosen.source, chosen.cue, number, difference
        )

    def _quote(self, claim: Anchor) -> str:
        return exact_words(self.old.source, claim.spans)

    def _joined(self, spans: Spans) -> str:
        return exact_words(self.new.source, spans)


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Return what was removed from some words and added to them, by whole words.

    `autojunk` keeps pieces of long passages from beginning with very common words; without it, texts that repeat
    one take minutes.
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


def _overlap(spans: Spans, span: Span) -> bool:
    return any(start < span[1] and end > span[0] for start, end in spans)


def _hull(spans: Spans) -> Span:
    """Return the place from the first to the last of some places."""
    return min(start for start, _ in spans), max(end for _, end in spans)
