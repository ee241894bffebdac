"""Compare the splitter's claims with people's annotations: the right statement given to the right speaker.

The annotations are JSON Lines of `{"id", "text", "attributions": [{"source", "cue", "content"}]}`, each a list of
`[start, end)` places; `matching` says what fits. Annotations whose cue is no word of speech are set aside, and so
are the claims that fit them.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claims.extraction import Claim
from tests.extraction.scoring import speech
from tests.extraction.scoring.matching import Statement, Words, is_source_right, joined, pairs

_SHORT = 4


@dataclass(slots=True)
class _Annotated(Statement):
    kinds: tuple[str, ...] = ()
    speech: bool = True


@dataclass
class Score:
    """How many statements fit, over all articles.

    Attributes:
        annotated: annotations of speech.
        given: joined claims that do not fit something set aside.
        fitting: pairs of speech.
        right: those of them whose source is right.
        by_kind: for each kind of annotation, how many there are and how many are right.
    """

    annotated: int = 0
    given: int = 0
    fitting: int = 0
    right: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)

    def figures(self) -> dict[str, float]:
        """Give precision, recall and their harmonic mean, the headline; in percent."""
        return {
            "precision": _percent(self.right, self.given),
            "recall": _percent(self.right, self.annotated),
            "headline": _percent(2 * self.right, self.given + self.annotated),
            "statements": _percent(2 * self.fitting, self.given + self.annotated),
        }

    def recalls(self) -> dict[str, float]:
        """Give the share of right ones of each kind, in percent."""
        return {
            kind: _percent(seen["right"], seen["all"])
            for kind, seen in sorted(self.by_kind.items(), key=lambda row: -row[1]["all"])
        }

    def add(self, article: dict[str, Any], claims: Iterable[Claim]) -> None:
        """Count one article.

        Args:
            article: its line of annotations.
            claims: what the splitter gives for its text.
        """
        words = Words(article["text"])
        annotated = [one for row in article["attributions"] if (one := _annotated(words, row))]
        given = joined(words, claims)
        fitting = list(pairs(annotated, given))
        aside = {id(one) for one in annotated if not one.speech}
        unspoken = sum(id(one) in aside for one, _ in fitting)
        self.given += len(given) - unspoken
        right = {id(one) for one, other in fitting if is_source_right(words, one, other)}
        self.fitting += len(fitting) - unspoken
        for one in annotated:
            if not one.speech:
                continue
            self.annotated += 1
            self.right += id(one) in right
            for kind in one.kinds:
                seen = self.by_kind.setdefault(kind, Counter())
                seen["all"] += 1
                seen["right"] += id(one) in right


def read(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Read annotated articles, or other JSON Lines.

    Args:
        path: JSON Lines, compressed with gzip where the name ends in "gz".
        limit: how many at most.
    """
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _annotated(words: Words, row: dict[str, Any]) -> _Annotated | None:
    found = words.statement(row["source"], row["cue"], row["content"])
    if not found.content:
        return None
    cue = " ".join(" ".join(words.text[a:b].split()) for a, b in row["cue"]).lower()
    kinds = tuple(_kinds(words, found, cue))
    is_speech = speech.is_speech_cue(cue)
    return _Annotated(found.content, found.source, found.cue, kinds=kinds, speech=is_speech)


def _kinds(words: Words, found: Statement, cue: str) -> Iterator[str]:
    """Name the kinds of difficulty that an annotation is of."""
    share = words.quoted(found.content)
    yield "direct" if share >= 0.9 else "indirect" if share <= 0.1 else "mixed"
    named = {words.words[one] for one in found.source}
    if not named:
        yield "without a source"
    elif named <= {"who", "which", "that"}:
        yield "who"
    elif words.is_pronoun(found.source):
        yield "pronoun"
    if found.cue and min(found.content) < min(found.cue) < max(found.content):
        yield "around its cue"
    if found.source and found.cue and min(found.source) > max(found.cue):
        yield "source behind the cue"
    if len(found.content) <= _SHORT:
        yield "short"
    if "according to" in cue:
        yield "according to"
    if cue.endswith("ing"):
        yield "participle"
    if not any(character.isalnum() for character in cue):
        yield "mark as cue"
