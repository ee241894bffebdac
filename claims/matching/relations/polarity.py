"""Whether two statements say opposite things: by negation, by words that are opposites, or by who did it to whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from claims.matching.relations import lexicon
from claims.matching.relations.names import same_name
from claims.matching.relations.types import Answer, Side, Understood


@dataclass(frozen=True, slots=True)
class Opposed:
    """A place where two statements turn against each other: the word of each."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Polarity:
    """How two statements stand to each other.

    Attributes:
        opposites: words that are opposites, neither or both of them negated.
        agreed: opposites of which one is negated, so that both say the same.
        negated: words of both that one of them negates.
    """

    opposites: tuple[Opposed, ...]
    agreed: tuple[Opposed, ...]
    negated: tuple[Opposed, ...]

    @property
    def clash(self) -> Opposed | None:
        """The words that turn the statements against each other; None if nothing does, or if two do."""
        turns = bool(self.opposites) + bool(self.negated)
        if any(
            lexicon.denies(word)
            for opposed in self.opposites
            for word in (opposed.earlier, opposed.later)
        ):
            turns = 1  # "all" against "none" is one turn, not two
        if turns != 1 or self.agreed:
            return None
        return (*self.opposites, *self.negated)[0]


def polarity(earlier: Understood, later: Understood) -> Polarity:
    """Return how two statements stand to each other."""
    opposites, agreed, used = _by_pairs(earlier, later)
    if opposites and _are_changed_about(earlier, later):
        opposites, agreed = [], opposites  # "A grew faster than B", "B grew more slowly than A"
    negated = []
    for opposed, word, is_agreed in (*_by_negation(earlier, later), *_by_prefix(earlier, later)):
        if is_agreed:
            agreed.append(opposed)
        elif word not in used:
            negated.append(opposed)
    return Polarity(tuple(opposites), tuple(agreed), tuple(negated))


def _by_pairs(
    earlier: Understood, later: Understood
) -> tuple[list[Opposed], list[Opposed], set[str]]:
    opposites: list[Opposed] = []
    agreed: list[Opposed] = []
    used: set[str] = set()
    compared = {side.pair for side in earlier.sides if side.word == "than"} & {
        side.pair for side in later.sides if side.word == "than"
    }
    for pair in compared or {side.pair for side in earlier.sides} & {
        side.pair for side in later.sides
    }:
        here = [side for side in earlier.sides if side.pair == pair]
        there = [side for side in later.sides if side.pair == pair]
        if len({side.side for side in here}) > 1 or len({side.side for side in there}) > 1:
            continue  # both words are there: nothing is told
        one, other = here[0], there[0]
        if one.side == other.side:
            continue
        used.update(_stems(one, other))
        turned = _is_turned(one, earlier) != _is_turned(other, later)
        (agreed if turned else opposites).append(Opposed(one.word, other.word))
    return opposites, agreed, used


def _is_turned(side: Side, text: Understood) -> bool:
    """Whether a text says "not" of a word, or of a word that denies: "nobody was not paid"."""
    is_doubled = lexicon.denies(side.word) and text.denials > 0 and text.denials % 2 == 0
    return side.is_negated != is_doubled


def _are_changed_about(earlier: Understood, later: Understood) -> bool:
    """Whether two names stand in one order here and in the other there."""
    places = [
        (one.first, other.first)
        for one in earlier.names
        for other in later.names
        if same_name(one, other)
    ]
    return any(
        (one[0] < two[0]) != (one[1] < two[1])
        for one, two in combinations(places, 2)
        if one[0] != two[0] and one[1] != two[1]
    )


def _stems(*sides: Side) -> Iterator[str]:
    for side in sides:
        yield from side.word.split()


def _by_negation(earlier: Understood, later: Understood) -> Iterator[tuple[Opposed, str, bool]]:
    if _denies(earlier) == _denies(later):
        return  # where both deny something, it cannot be told what
    for one, names in ((earlier, later.names), (later, earlier.names)):
        for name in one.denied_names:
            if any(same_name(name, other) for other in names):
                yield Opposed(name.text, f"not {name.text}"), name.text, False
    for word, is_negated in earlier.content.items():
        for other in _counterparts(word, earlier, later):
            if later.content[other] != is_negated:
                yield (
                    Opposed(*((f"not {word}", other) if is_negated else (word, f"not {other}"))),
                    word,
                    False,
                )


def _denies(text: Understood) -> bool:
    return text.denials % 2 == 1


def _counterparts(word: str, earlier: Understood, later: Understood) -> Iterator[str]:
    if word in later.content:
        yield word
        return
    ideas = earlier.ideas.get(word)
    if ideas:
        for other, meant in later.ideas.items():
            if ideas & meant:
                yield other


def _by_prefix(earlier: Understood, later: Understood) -> Iterator[tuple[Opposed, str, bool]]:
    """Find "unaware" against "aware"."""
    for one, other in ((earlier, later), (later, earlier)):
        for word, is_negated in one.content.items():
            for prefix in lexicon.prefixes():
                plain = word[len(prefix) :]
                if (
                    word.startswith(prefix)
                    and len(plain) >= 4
                    and plain in other.content
                    and word not in other.content
                ):
                    opposed = Opposed(word, plain) if one is earlier else Opposed(plain, word)
                    yield opposed, plain, other.content[plain] != is_negated


def other_answers(earlier: Understood, later: Understood) -> Iterator[tuple[Answer, Answer]]:
    """Yield words of one group that exclude each other: a painter of one statement, a swimmer of the other."""
    for group in {answer.group for answer in earlier.answers} & {
        answer.group for answer in later.answers
    }:
        here = [answer for answer in earlier.answers if answer.group == group]
        there = [answer for answer in later.answers if answer.group == group]
        known = {answer.entry for answer in here}
        if any(answer.is_negated for answer in (*here, *there)):
            continue  # a French series that is not American
        if known & {answer.entry for answer in there} or _is_wider(earlier, later, here, there):
            continue
        yield here[0], there[0]


def _is_wider(
    earlier: Understood, later: Understood, here: list[Answer], there: list[Answer]
) -> bool:
    """Whether one of the statements has a wide word for what the other one says: musician, singer."""
    for one, answers in ((earlier, there), (later, here)):
        for wide, narrow in lexicon.wider().items():
            if any(word.stem == wide for word in one.words) and any(
                set(answer.word.split()) & narrow for answer in answers
            ):
                return True
    return False
