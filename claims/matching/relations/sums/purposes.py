"""What a figure is for: in which role, whose, and what is said of it beside its number.

A bridge and a school may both cost money of one town. Two figures are set against each other only if what is said of them
agrees; `agreement.py` decides that.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from claims.matching.figures.types import Figure, Kind
from claims.matching.lexicons import lexicon
from claims.matching.relations import lexicon as lists
from claims.matching.relations.types import Understood
from claims.matching.text.groups import stems_in, words_in
from claims.matching.text.phrases import Phrases
from claims.matching.text.words import Word

COST = "cost"
"""The role of a figure of which is only told what something costs."""

_FAR = 9
"""How many words away from its figure a role is looked for."""
_PHRASE = 6
"""How many words the phrase behind "for" has at most."""
_ENDS = words_in("ends_of_clauses")
_COMPARATIVES = words_in("comparatives")
_CHANGES = stems_in("changes")
_FRAMING = stems_in("framing")
_FRAMES = stems_in("frames")
_TOWARDS = words_in("purposes")
_FURTHER = words_in("further")
_EACH = words_in("each")
_DAILY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year"}
_TIMES = frozenset(_DAILY.values())
_PLACING = words_in("placing") | {"by", "after", "behind", "during", "since"}


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a text says a figure is for.

    Attributes:
        role: a key of "roles" in `counted.toml`; "" if the text does not tell.
        wished: a key of "wished" there, if the figure is only asked for or offered; "" if not.
        rate: the stem of the time for which it is so many, as in "a day"; "" for so many in all.
        is_further: whether it comes on top of others: "another 23".
        is_change: whether the figure says by how much something differs.
        subject: the stem of the first word that tells something in its clause; "" if nothing stands before the figure.
        objects: for money, the stems of the phrase that says what it is for; in order.
        told: the stems of all words of its clause that tell something, whoever says it left out; in order. That it tells an age
            counts as a word.
    """

    role: str
    wished: str
    rate: str
    is_further: bool
    is_change: bool
    subject: str
    objects: tuple[str, ...]
    told: tuple[str, ...]


def purpose(text: Understood, figure: Figure) -> Purpose:
    """Return what a text says a figure of it is for."""
    return _Clause(text, figure).purpose()


def telling(text: Understood) -> tuple[str, ...]:
    """Return the stems of all words of a text that tell something, those of figures left out; in order."""
    counting = _inside(text.words, text.figures)
    return tuple(
        dict.fromkeys(
            word.stem
            for at, word in enumerate(text.words)
            if at not in counting and _is_telling(word)
        )
    )


def _is_telling(word: Word) -> bool:
    is_frame = word.stem in lists.STOP or word.stem in _FRAMES or word.low in _TOWARDS
    return word.low[0].isalpha() and not is_frame


class _Clause:
    """The clause of a figure, without those who say it: "the minister put the cost at"."""

    def __init__(self, text: Understood, figure: Figure) -> None:
        self._words = words = text.words
        self._figure = figure
        self._counting = _inside(words, text.figures)
        number = len(words)
        self._first = next(at for at, word in enumerate(words) if word.end > figure.start)
        self._behind = next((at for at in range(number) if words[at].start >= figure.end), number)
        before = [at + 1 for at in range(self._first) if words[at].low in _ENDS]
        ends = (at for at in range(self._behind, number) if words[at].low in _ENDS)
        self._start, self._end = before[-1] if before else 0, next(ends, number)
        self._ages = [
            one.kind.value for one in text.figures if one.kind is Kind.AGE and one is not figure
        ]
        self._roles = self._of_kind()
        if not self._telling():
            self._start, self._end = 0, number
            self._roles = self._of_kind()

    def purpose(self) -> Purpose:
        told = self._telling()
        role, place = self._role()
        subject = next((self._words[at].stem for at in told if at < self._first), "")
        objects: tuple[str, ...] = ()
        if self._figure.kind is Kind.MONEY:
            objects = self._behind_it(place) or self._before_cost(place)
        wished = next(
            (one.label for at in self._places() for one in _wished().at(self._words, at)), ""
        )
        stems = tuple(dict.fromkeys([*(self._words[at].stem for at in told), *self._ages]))
        is_further = any(self._words[at].low in _FURTHER for at in self._places())
        return Purpose(
            role, wished, self._rate(), is_further, self._is_change(), subject, objects, stems
        )

    def _places(self) -> list[int]:
        return [*range(self._start, self._first), *range(self._behind, self._end)]

    def _of_kind(self) -> dict[int, str]:
        roles = _roles().get(_table(self._figure))
        if roles is None:
            return {}
        found = ((at, roles.longest(self._words, at)) for at in self._places())
        return {at: one.label for at, one in found if one}

    def _telling(self) -> list[int]:
        places = self._places()
        framed = [at for at in places if at < self._first and self._words[at].stem in _FRAMING]
        return [at for at in places if self._tells(at) and (not framed or at > framed[-1])]

    def _tells(self, at: int) -> bool:
        is_used = at in self._roles or at in self._counting
        return not is_used and _is_telling(self._words[at])

    def _away(self, at: int) -> int:
        return self._first - at if at < self._first else at - self._behind + 1

    def _role(self) -> tuple[str, int]:
        """Return the nearest role and the number of its word; a mere cost only if nothing else is told."""
        near = [
            (label == COST, self._away(at), at)
            for at, label in self._roles.items()
            if self._away(at) <= _FAR
        ]
        at = min(near)[-1] if near else -1
        return self._roles.get(at, ""), at

    def _rate(self) -> str:
        """Return the time in "3,000 a week"; money has it in its unit."""
        if self._figure.kind is Kind.MONEY:
            return ""
        ahead = self._words[self._behind : self._behind + _PHRASE + 2]
        for word, other in pairwise(ahead):
            if word.low in _EACH and other.stem in _TIMES:
                return other.stem
        return next((_DAILY[word.low] for word in ahead if word.low in _DAILY), "")

    def _is_change(self) -> bool:
        words, first = self._words, self._first
        if self._behind < len(words) and words[self._behind].low in _COMPARATIVES:
            return True
        before = words[max(0, first - 7) : first]
        if not before or before[-1].low not in ("by", "of"):
            return False
        changes = [word.stem in _CHANGES for word in before]
        return any(changes if before[-1].low == "by" else changes[-5:])

    def _behind_it(self, role: int) -> tuple[str, ...]:
        """Return what stands behind "for", after the figure or after its role: "3 million for a school", "the cost of repairs"."""
        starts = [role + 1] if role >= 0 and role + 1 < self._first else []
        for at in (*starts, *range(self._behind, self._end)):
            if self._words[at].low in _TOWARDS:
                last = self._first if at < self._first else self._end
                found = self._phrase(at + 1, min(at + 1 + _PHRASE, last))
                if found:
                    return found
        return ()

    def _before_cost(self, role: int) -> tuple[str, ...]:
        """Return what stands before "cost": "a filter would cost 3 million"."""
        if not (0 <= role < self._first and self._words[role].stem in ("cost", "worth")):
            return ()
        return self._phrase(self._start, role, of_one=True)

    def _phrase(self, first: int, behind: int, *, of_one: bool = False) -> tuple[str, ...]:
        phrase: list[str] = []
        for at in range(first, behind):
            low = self._words[at].low
            if phrase and (low in _PLACING or (low == "of" and not of_one)):
                break
            if self._tells(at):
                phrase.append(self._words[at].stem)
        return tuple(phrase)


def _inside(words: Sequence[Word], figures: Iterable[Figure]) -> frozenset[int]:
    """Return the numbers of the words that are part of a figure."""
    spans = [(figure.start, figure.end) for figure in figures]
    return frozenset(
        at for at, word in enumerate(words) if any(a <= word.start < b for a, b in spans)
    )


def _table(figure: Figure) -> str:
    """Return the table of the roles that a figure may have; "12 million" of nothing is money."""
    is_bare = figure.kind is Kind.COUNT and not figure.counted and not figure.measure
    return "money" if is_bare else figure.kind.value


@cache
def _roles() -> dict[str, Phrases]:
    tables = lexicon("counted")["roles"]
    return {kind: _phrases(roles) for kind, roles in tables.items()}


@cache
def _wished() -> Phrases:
    return _phrases(lexicon("counted")["wished"])


def _phrases(lines: Mapping[str, Iterable[str]]) -> Phrases:
    return Phrases((word, label) for label, words in lines.items() for word in words)
