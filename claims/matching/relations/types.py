"""What is known of one statement alone, and what two of them have in common or against each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claims.matching.figures.types import Figure, Kind
from claims.matching.text.words import Word
from claims.matching.types import Reason, Statement


class NameKind(StrEnum):
    """What a name seems to stand for."""

    PERSON = "person"
    PLACE = "place"
    BODY = "body"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        words: its words in small letters without accents, the particles left out.
        kind: what it seems to stand for.
        first: the number of its first word in the text.
        behind: the number of the word behind it.
        is_sure: whether it is one for certain: a capital letter at the beginning of a sentence shows nothing.
        is_speaker: whether the text says "I" for it, and does not have it.
    """

    words: tuple[str, ...]
    kind: NameKind
    first: int
    behind: int
    is_sure: bool = True
    is_speaker: bool = False

    @property
    def text(self) -> str:
        """The name as one string."""
        return " ".join(self.words)


_PAST = frozenset(("has", "have", "was", "were", "did"))


@dataclass(frozen=True, slots=True)
class Side:
    """A word of one side of a pair of opposites, in a text.

    Attributes:
        pair: the number of the pair.
        side: 0 or 1.
        is_negated: whether the text says "not" of it.
        word: as the text has it.
    """

    pair: int
    side: int
    is_negated: bool
    word: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A word that excludes others of its group: "painter" of the occupations."""

    group: str
    entry: int
    word: str
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a text says that its subject is.

    Attributes:
        noun: the stem of the noun behind "is a"; "" if there is none.
        is_denied: whether it says "not" of it.
    """

    noun: str
    is_denied: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """All that can be known of one statement alone.

    Attributes:
        statement: the statement.
        words: its words.
        figures: its figures.
        names: its names.
        content: stems of the words that carry meaning, names and figures left out, each with whether it is negated.
        ideas: for each of these stems the ideas it may stand for, its root among them.
        cues: the labels of `cues.toml` that it has words for, each with the first such word.
        sides: its words that have an opposite.
        answers: its words that exclude others.
        answered: the names with which it answers a question that has one answer, by the number of the question.
        told: stems with which it answers such a question without a name.
        kinds: what it says that its subject is.
        denials: how many words it has that deny.
        denied_names: names that stand just behind such a word: "is not Dorrit".
    """

    statement: Statement
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]
    names: tuple[Name, ...]
    content: Mapping[str, bool]
    ideas: Mapping[str, frozenset[str]]
    cues: Mapping[str, str]
    sides: tuple[Side, ...]
    answers: tuple[Answer, ...]
    answered: Mapping[str, tuple[Name, ...]]
    told: Mapping[str, frozenset[str]]
    kinds: Kinds
    denials: int
    denied_names: tuple[Name, ...]

    @property
    def amounts(self) -> tuple[Figure, ...]:
        """Its figures that say how much or how many: no dates, and not which one of several."""
        return tuple(one for one in self.figures if one.kind not in (Kind.DATE, Kind.OF_SEVERAL))

    @property
    def is_past(self) -> bool:
        """Whether it tells what has happened, as far as an auxiliary or a regular ending shows."""
        return any(
            word.low in _PAST or (word.low.endswith("ed") and not word.is_name_like)
            for word in self.words
        )

    def has(self, cue: str) -> bool:
        """Return whether it has a word of a label of `cues.toml`."""
        return cue in self.cues


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that speaks for or against a relation: a feature of the pair, how much of it, and the reason to show."""

    name: str
    strength: float
    reason: Reason | None = None
