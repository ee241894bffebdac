"""Compare the splitter's claims with people's annotations: the right statement given to the right speaker.

The annotations are JSON Lines of `{"id", "text", "attributions": [{"source", "cue", "content"}]}`, each a list of
`[start, end)` places. Claims with the same source and the same cue are joined first, for people annotate a
quotation of five sentences once. A claim fits an annotation where they share half of the words of both; pairs are
made from the largest share down. Its source is right where the two share a word that tells who it is, or any word
where the annotated one is a pronoun; where none is annotated, none must be given. Marks are no words, but in what
consists of marks only. Annotations whose cue is no word of speech are set aside, and so are the claims that fit
them.
"""

import gzip
import json
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from claims.extraction import Claim

_TOKEN = re.compile(r"\w+(?:['’.\-]\w+)*|[^\w\s]")
_LEAST = 0.5
_SHORT = 4
_DATA = Path(__file__).with_name("speech.toml")


@dataclass(slots=True)
class Statement:
    """Someone's statement, as sets of the numbers of its words."""

    content: set[int]
    source: frozenset[int]
    cue: set[int]
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
        given = list(_joined(words, claims))
        pairs = list(_pairs(annotated, given))
        aside = sum(not one.speech for one, _ in pairs)
        self.given += len(given) - aside
        right = {id(one) for one, other in pairs if _is_right(words, one, other)}
        self.fitting += len(pairs) - aside
        for one in annotated:
            if not one.speech:
                continue
            self.annotated += 1
            self.right += id(one) in right
            for kind in one.kinds:
                seen = self.by_kind.setdefault(kind, Counter())
                seen["all"] += 1
                seen["right"] += id(one) in right


class Words:
    """A text's words and marks, with their places."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text))
        self.words = [one.group().lower() for one in found]
        self._starts = [one.start() for one in found]
        self._ends = [one.end() for one in found]
        self._quoted = _quoted(text)

    def within(self, spans: Iterable[Sequence[int]]) -> set[int]:
        """Give the numbers of the words that places touch; marks only where there is nothing else."""
        hit = set()
        for start, end in spans:
            number = bisect_right(self._ends, start)
            while number < len(self._starts) and self._starts[number] < end:
                hit.add(number)
                number += 1
        return {one for one in hit if self.words[one][0].isalnum() or "_" in self.words[one]} or hit

    def quoted(self, numbers: Iterable[int]) -> float:
        """Give the share of words in quotation marks."""
        starts = [self._starts[one] for one in numbers]
        return sum(self._quoted[start] for start in starts) / len(starts)


def read(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Read annotated articles.

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


def _annotated(words: Words, row: dict[str, Any]) -> Statement | None:
    content = words.within(row["content"])
    if not content:
        return None
    source = frozenset(words.within(row["source"]))
    cue = words.within(row["cue"])
    cue_words = " ".join(" ".join(words.text[a:b].split()) for a, b in row["cue"]).lower()
    kinds = tuple(_kinds(words, content, source, cue, cue_words))
    return Statement(content, source, cue, kinds, is_speech_cue(cue_words))


def _kinds(
    words: Words, content: set[int], source: frozenset[int], cue: set[int], cue_words: str
) -> Iterator[str]:
    """Name the kinds of difficulty that an annotation is of."""
    quoted = words.quoted(content)
    yield "direct" if quoted >= 0.9 else "indirect" if quoted <= 0.1 else "mixed"
    named = {words.words[one] for one in source}
    if not named:
        yield "without a source"
    elif named <= {"who", "which", "that"}:
        yield "who"
    elif named <= _lists()["pronouns"]:
        yield "pronoun"
    if cue and min(content) < min(cue) < max(content):
        yield "around its cue"
    if source and cue and min(source) > max(cue):
        yield "source behind the cue"
    if len(content) <= _SHORT:
        yield "short"
    if "according to" in cue_words:
        yield "according to"
    if cue_words.endswith("ing"):
        yield "participle"
    if not any(character.isalnum() for character in cue_words):
        yield "mark as cue"


def is_speech_cue(cue: str) -> bool:
    """Say whether a cue's words speak or report, rather than believe or plan; a mere mark does."""
    cue, lists = cue.lower(), _lists()
    if cue and not any(character.isalnum() or character == "_" for character in cue):
        return True
    told = any(phrase in cue for phrase in lists["phrases"])
    return told or any(word in lists["forms"] for word in re.findall(r"\w+", cue))


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    forms = {*data["forms"], *(form for verb in data["verbs"] for form in _forms(verb))}
    pronouns = frozenset(data["pronouns"])
    return {
        "forms": frozenset(forms),
        "phrases": frozenset(data["phrases"]),
        "pronouns": pronouns,
        "stop": pronouns | frozenset(data["stop_words"]),
    }


def _forms(verb: str) -> Iterator[str]:
    """Give a verb's forms as if it were regular; a few that do not exist do no harm."""
    yield from (verb, verb + "s", verb + "ed", verb + "ing")
    if verb.endswith("e"):
        yield from (verb + "d", verb[:-1] + "ing")
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        yield verb + "es"
    if re.search(r"[^aeiou]y$", verb):
        yield from (verb[:-1] + "ies", verb[:-1] + "ied")
    if re.search(r"[^aeiou][aeiou][bdgmnprt]$", verb):
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


def _quoted(text: str) -> bytearray:
    """Mark the characters in double quotation marks; one that nothing closes ends with its paragraph."""
    inside = bytearray(len(text))
    is_open = False
    for place, character in enumerate(text):
        if character == "\n" or character in "”»":
            is_open = False
        elif character in "“«":
            is_open = True
        elif character == '"':
            is_open = not is_open
        elif is_open:
            inside[place] = 1
    return inside


def _joined(words: Words, claims: Iterable[Claim]) -> list[Statement]:
    """Join the claims that name the same source and cue, one claim a sentence of a long quotation."""
    apart = []
    for claim in claims:
        content = words.within(claim.content)
        if content:
            source = frozenset(words.within(claim.source))
            apart.append(Statement(content, source, words.within(claim.cue)))
    joined: list[Statement] = []
    for one in sorted(apart, key=lambda one: min(one.content)):
        found = next((other for other in reversed(joined) if _belong(one, other)), None)
        if found is None:
            joined.append(one)
        else:
            found.content |= one.content
            found.cue |= one.cue
    return joined


def _belong(one: Statement, other: Statement) -> bool:
    cues = not one.cue or not other.cue or one.cue == other.cue
    return bool(one.source) and one.source == other.source and cues


def _pairs(
    annotated: Sequence[Statement], given: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """Pair what shares half of its words, from the largest share down, each at most once."""
    where: dict[int, list[int]] = {}
    for number, other in enumerate(given):
        for word in other.content:
            where.setdefault(word, []).append(number)
    shares = []
    for first, one in enumerate(annotated):
        for second in {number for word in one.content for number in where.get(word, ())}:
            both = one.content | given[second].content
            share = len(one.content & given[second].content) / len(both)
            if share >= _LEAST:
                shares.append((-share, first, second))
    left, free = set(range(len(annotated))), set(range(len(given)))
    for _, first, second in sorted(shares):
        if first in left and second in free:
            left.remove(first)
            free.remove(second)
            yield annotated[first], given[second]


def _is_right(words: Words, annotated: Statement, given: Statement) -> bool:
    if not annotated.source:
        return not given.source
    shared = annotated.source & given.source
    telling = {one for one in annotated.source if words.words[one] not in _lists()["stop"]}
    return bool(shared & telling) if telling else bool(shared)
