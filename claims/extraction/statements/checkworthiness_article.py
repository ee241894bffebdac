"""What the other claims of an article say about how much each deserves checking first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log1p, sqrt
from statistics import fmean

from claims.extraction.statements.checkworthiness import common_words
from claims.extraction.statements.checkworthiness_features import NAME, is_post
from claims.extraction.statements.checkworthiness_model import model
from claims.extraction.statements.logits import logit, rounded, share
from claims.extraction.types import Claim

# Fitted to the five claims that a desk would check first in 48 articles: pairs of one that it would and one that it would
# not. Of 100 such claims it found 62 in articles left out of the fit, where the claims' own words found 46.
_OWN = 0.17
"""How much of a claim's score is its own; the rest is its article's, which tells what kind of text it is."""
_NARRATION = -1.9
"""For the article's own voice: what others say is for them to prove."""
_AGAIN = -0.8
"""For a further piece of a statement: a desk wants several facts, not one in parts."""
_TWICE, _SHARED = -2.0, 0.5
"""For a report inside a report or the one around it, whichever matters less, where they share more of the shorter one's
words: both tell one fact."""
_BARE = -1.0
"""For a fragment that only its speaker makes a sentence: "Venn said: “No comment”"."""
_POINTING, _FEW = -0.5, 5
"""For a statement of few words that points elsewhere: "It was theirs"."""
_LONG, _TOO_LONG, _LIMIT = 1.0, -2.0, 25
"""For the logarithm of a statement's length: a fragment cannot be checked, nor a list of everything."""
_NAMES, _MOST_NAMES = -0.33, 5
"""For each name: they stand in words that introduce somebody, and few of those are disputed."""
_DISPUTED, _DISPUTED_OFTEN = 1.5, 1.3
"""For the words in common with what another speaker says, and with what a third one does."""
_UNCHECKED = -2.0
"""For what nobody can check, beside what that takes from its own score."""
_PROMISED, _ASKED = -2.0, -0.9
_QUOTED = {"direct": -0.55, "mixed": -0.45}
"""For a speaker's own words, which are livelier than the fact in them."""
_FIGURE, _QUANTITY, _DATE = 0.5, 0.55, 0.55
"""For a figure in what somebody says, for a number in words or a share, and for a date."""
_OFFICIAL, _WRITTEN = 0.3, 0.75
"""For a source with an office, and for a document."""
_OFFICES = frozenset(
    {"official", "police-military", "minister", "spokesperson", "lawmaker", "court"}
)

_FRAGMENT = re.compile(r"\b(?:said|asked): “[^”]*”$")
_COMMON = 40
"""Claims; a word that more of them have tells nothing of what they have in common."""
_WORD = re.compile(r"\w{4,}")
_STEM = 5


def compared(claims: Sequence[Claim], text: str) -> list[Claim]:
    """Set the check-worthiness of an article's claims against each other.

    The middle of the scores stays as it is, so that they can be compared across articles. A post on a social network is
    rated as a whole, by its tags and links too, and that is the score of its first claim.

    Args:
        claims: all claims of an article, each rated by its own words.
        text: the article.

    Returns:
        The claims, in the same order.
    """
    if not claims:
        return []
    own = [logit(claim.checkworthiness) for claim in claims]
    moved = list(_moves(claims))
    apart = [_OWN * value + move for value, move in zip(own, moved, strict=True)]
    for number in _told_twice(claims, apart):
        apart[number] += _TWICE
    level = fmean(own) - fmean(apart)
    if is_post(text):
        level = model().logit(text, "post") - max(apart)
    return [
        replace(claim, checkworthiness=rounded(share(level + score)))
        for claim, score in zip(claims, apart, strict=True)
    ]


def _moves(claims: Sequence[Claim]) -> Iterator[float]:
    """Yield how far each claim's place among the others moves it, in logits."""
    before: set[int] = set()
    for claim, (second, third) in zip(claims, _in_common(claims), strict=True):
        yield (
            _of_words(claim)
            + _of_source(claim)
            + _AGAIN * (claim.attribution in before)
            + _DISPUTED * second
            + _DISPUTED_OFTEN * third
        )
        before.add(claim.attribution)


def _told_twice(claims: Sequence[Claim], scores: Sequence[float]) -> set[int]:
    """Return the claims that a better one tells too: an inner report and the one around it."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        pieces[claim.attribution].append(number)
    found = set()
    for number, claim in enumerate(claims):
        for outer in pieces.get(claim.within, ()) if claim.within is not None else ():
            if _shared(claim, claims[outer]) > _SHARED:
                found.add(number if scores[number] <= scores[outer] else outer)
    return found


def _shared(claim: Claim, other: Claim) -> float:
    """Return the share of the shorter one's characters that two claims have in common."""
    common = sum(
        max(0, min(end, last) - max(start, first))
        for start, end in claim.content
        for first, last in other.content
    )
    lengths = (sum(end - start for start, end in one.content) for one in (claim, other))
    return common / max(1, min(lengths))


def _of_words(claim: Claim) -> float:
    """Return what a claim's length, names, figures and dates add."""
    words = len(claim.statement.split())
    reasons = set(claim.reasons)
    return (
        _LONG * log1p(words)
        + _TOO_LONG * (words > _LIMIT)
        + _BARE * bool(_FRAGMENT.search(claim.statement))
        + _POINTING * (words < _FEW and bool(claim.unresolved))
        + _NAMES * min(len(NAME.findall(claim.statement)), _MOST_NAMES)
        + _FIGURE * ("figure" in reasons and claim.quotation != "narration")
        + _QUANTITY * bool(reasons & {"quantity", "number-word"})
        + _DATE * ("date" in reasons)
    )


def _of_source(claim: Claim) -> float:
    """Return what a claim's source, quotation and mood add."""
    kind = claim.speaker.kind if claim.speaker is not None else ""
    return (
        _NARRATION * (claim.quotation == "narration")
        + _QUOTED.get(claim.quotation, 0.0)
        + _UNCHECKED * (not claim.checkable)
        + _PROMISED * (claim.mood == "promised")
        + _ASKED * claim.statement.endswith("?")
        + _OFFICIAL * (kind in _OFFICES)
        + _WRITTEN * (kind == "document")
    )


def _in_common(claims: Sequence[Claim]) -> Iterator[tuple[float, float]]:
    """Yield for each claim the most that it has in common with a claim of somebody else, and the third most."""
    stems = [_stems(claim.statement) for claim in claims]
    having: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(stems):
        for stem in own:
            having[stem].append(number)
    voices = [_voice(claim) for claim in claims]
    for number, own in enumerate(stems):
        shared = Counter(
            other
            for stem in own
            if len(having[stem]) <= _COMMON
            for other in having[stem]
            if voices[other] != voices[number]
        )
        alike = sorted(
            (count / (sqrt(len(own) * len(stems[other])) + 1) for other, count in shared.items()),
            reverse=True,
        )
        yield (alike[0] if alike else 0.0), (alike[2] if len(alike) > 2 else 0.0)


def _voice(claim: Claim) -> str:
    return claim.speaker.name if claim.speaker is not None else ""


def _stems(statement: str) -> set[str]:
    words = (word for word in _WORD.findall(statement.lower()) if word not in common_words())
    return {word[:_STEM] for word in words}
