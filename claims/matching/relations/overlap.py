"""How much two statements have in common: words, ideas and names."""

from dataclasses import dataclass

from claims.matching.relations.names import same_name
from claims.matching.relations.types import Name, NameKind, Understood
from claims.matching.text.words import in_latin


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two statements have in common.

    Attributes:
        earlier_covered: the share of the earlier one's words that the later one has too, or words for the same idea, 0 to 1.
        later_covered: the share of the later one's words that the earlier one has.
        words: how many words of the later one the earlier one has, or words for the same idea.
        names: how many names both have.
        only_earlier: names that only the earlier one has.
        only_later: names that only the later one has.
        missing: stems of the later one that the earlier one has nothing for.
    """

    earlier_covered: float
    later_covered: float
    words: int
    names: int
    only_earlier: tuple[Name, ...]
    only_later: tuple[Name, ...]
    missing: tuple[str, ...]

    @property
    def overlap(self) -> float:
        """How much of both is common, 0 to 1."""
        total = self.earlier_covered + self.later_covered
        return 2 * self.earlier_covered * self.later_covered / total if total else 0.0

    @property
    def closeness(self) -> float:
        """What stands in for the nearness of sentence vectors where they are not known, 0 to 1."""
        return min(1.0, 0.25 + 0.6 * self.overlap + 0.05 * min(3, self.names))


def overlap_of(earlier: Understood, later: Understood) -> Overlap:
    """Return how much two statements have in common."""
    only_earlier = _only(earlier, later)
    only_later = _only(later, earlier)
    shared = [
        name
        for name in later.names
        if name not in only_later
        and (name.is_sure or any(same_name(name, one) for one in earlier.names))
    ]
    missing = tuple(word for word in later.content if not _has(earlier, later, word))
    missing_later = sum(not _has(later, earlier, word) for word in earlier.content)
    return Overlap(
        _share(len(earlier.content) + len(_sure(earlier)), missing_later + len(only_earlier)),
        _share(len(later.content) + len(_sure(later)), len(missing) + len(only_later)),
        len(later.content) - len(missing),
        len(shared),
        only_earlier,
        only_later,
        missing,
    )


def swapped_names(common: Overlap) -> tuple[Name, Name] | None:
    """Return a name that only the earlier statement has and one of its kind that only the later one has; who says "I" is none."""
    here, there = (
        [name for name in names if not name.is_speaker]
        for names in (common.only_earlier, common.only_later)
    )
    for kind in (NameKind.PERSON, NameKind.PLACE, NameKind.BODY, NameKind.UNKNOWN):
        one = next((name for name in here if name.kind is kind), None)
        other = next((name for name in there if name.kind is kind), None)
        if one and other:
            return one, other
    return (here[0], there[0]) if len(here) == len(there) == 1 else None


def _has(text: Understood, other: Understood, word: str) -> bool:
    """Return whether a text has a word of the other one, or one for the same idea."""
    if word in text.content:
        return True
    ideas = other.ideas.get(word)
    return ideas is not None and any(ideas & meant for meant in text.ideas.values())


def _only(text: Understood, other: Understood) -> tuple[Name, ...]:
    return tuple(
        name
        for name in _sure(text)
        if not any(same_name(name, one) for one in other.names) and not _is_written(name, other)
    )


def _is_written(name: Name, other: Understood) -> bool:
    """Whether the other text has all words of a name, with or without capital letters."""
    written = {in_latin(word.low) for word in other.words}
    return all(word in written for word in name.words)


def _sure(text: Understood) -> tuple[Name, ...]:
    return tuple(name for name in text.names if name.is_sure)


def _share(number: int, missing: int) -> float:
    return max(0.0, 1 - missing / number) if number else 0.0
