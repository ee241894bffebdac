"""The passages and their correct claims, and the comparison with the splitter's output."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.extraction import Claim, extract
from claims.extraction.engines import Engine

FOLDER = Path(__file__).with_name("passages")
QUESTIONS = ("cuts", "statement", "speaker", "kind", "role", "told_to", "quotation", "mood")
_WORD = re.compile(r"\w+|[^\w\s.,;:!?“”«»\"‘’'`–—-]")
_NONE = "no such claim"
_LEAST = 0.5
"""Words that a claim must share with the expected one, of the words of both, to be compared with it."""


@dataclass(frozen=True)
class Expected:
    """One claim that a passage holds; `README.md` beside the passages says what each key means."""

    statement: str
    speaker: str = ""
    kind: str = ""
    role: str = ""
    told_to: str = ""
    quotation: str = ""
    mood: str = "asserted"
    within: bool = False

    def answers(self) -> dict[str, str]:
        """Give the right answer to each question; narration is not asked about what it cannot have."""
        told = self.quotation or ("indirect" if self.speaker else "narration")
        answers = {
            "statement": words(self.statement),
            "speaker": words(self.speaker),
            "quotation": told,
            "mood": self.mood,
        }
        if told != "narration":
            answers["told_to"] = words(self.told_to)
        if self.speaker:
            answers |= {"kind": self.kind or "other", "role": words(self.role)}
        return answers


@dataclass(frozen=True)
class Passage:
    """A text with all its claims."""

    file: str
    name: str
    text: str
    claims: tuple[Expected, ...]
    known_failure: str = ""


@dataclass(frozen=True)
class Answer:
    """One question about a passage, with the right answer and the splitter's."""

    question: str
    right: str
    given: str

    @property
    def is_right(self) -> bool:
        return self.right == self.given


def words(text: str) -> str:
    """Leave out what is not compared: case, marks and spaces."""
    return " ".join(_WORD.findall(text.lower()))


def passages() -> Iterator[Passage]:
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["passage"]:
            yield _passage(path.stem, **row)


def _passage(file: str, *, text: str, claims: list[dict[str, Any]], **rest: str) -> Passage:
    return Passage(file, text=text.strip(), claims=tuple(Expected(**one) for one in claims), **rest)


def ask(passage: Passage, engine: Engine | None = None) -> list[Answer]:
    """Compare a passage's claims, one by one, with those that the splitter gives."""
    given = extract(passage.text, engine=engine)
    pairs = list(_pairs(passage.claims, given))
    paired = {id(other) for _, other in pairs}
    answers: list[Answer] = []
    for one in passage.claims:
        other = next((claim for own, claim in pairs if own is one), None)
        answers.append(Answer("cuts", one.statement, one.statement if other else _NONE))
        if other is None:
            continue
        found = _answers(other)
        answers += [Answer(asked, right, found[asked]) for asked, right in one.answers().items()]
    extra = [claim for claim in given if id(claim) not in paired]
    return answers + [Answer("cuts", _NONE, claim.statement) for claim in extra]


def _pairs(right: Sequence[Expected], given: Sequence[Claim]) -> Iterator[tuple[Expected, Claim]]:
    """Pair claims by the words they share, the most alike first."""
    alike = [
        (_shared(one.statement, other.statement), -a, -b, one, other)
        for a, one in enumerate(right)
        for b, other in enumerate(given)
        if one.within == (other.within is not None)
    ]
    left, free = {id(one) for one in right}, {id(other) for other in given}
    for share, _, _, one, other in sorted(alike, key=lambda row: row[:3], reverse=True):
        if share >= _LEAST and id(one) in left and id(other) in free:
            left.remove(id(one))
            free.remove(id(other))
            yield one, other


def _shared(one: str, other: str) -> float:
    first, second = set(words(one).split()), set(words(other).split())
    return len(first & second) / len(first | second) if first or second else 0.0


def _answers(claim: Claim) -> dict[str, str]:
    speaker = claim.speaker
    return {
        "statement": words(claim.statement),
        "speaker": words(speaker.name) if speaker else "",
        "kind": speaker.kind if speaker else "",
        "role": words(speaker.role) if speaker else "",
        "told_to": words(claim.told_to),
        "quotation": claim.quotation,
        "mood": claim.mood,
    }
