"""What one statement says, as far as its words tell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from claims.matching.figures.reading import read
from claims.matching.figures.types import Figure
from claims.matching.relations import lexicon
from claims.matching.relations.answers import answered, kinds, told
from claims.matching.relations.names import names_of
from claims.matching.relations.types import Answer, Name, Side, Understood
from claims.matching.text.groups import stems_in, words_in
from claims.matching.text.phrases import Found
from claims.matching.text.superlatives import is_superlative
from claims.matching.text.words import Word, root, words_of
from claims.matching.topics import without_topic
from claims.matching.types import Statement

MOST_WORDS = 120
"""A statement is read as far as this word: more are not a claim, and each costs time."""
_MOST_LETTERS = 2000
_SCOPE = 7
"""How many words behind a negation it still turns round."""
_AUXILIARIES = words_in("auxiliaries")
_LEANING = stems_in("leaning")
_LITTLE = ("less", "fewer", "little", "lower")
"""Before a word they turn it round: "less rain" is drier."""
_COMPARED = 10_000
"""Added to the number of a pair of opposites that a text compares with each other."""
_DETERMINERS = words_in("determiners")
_PLACING = words_in("placing")
_OF_NOUNS = frozenset(("no", "none", "nobody", "nowhere", "neither", "nothing", "nor"))
_BARRIERS = words_in("barriers")


def understand(statement: Statement) -> Understood:
    """Return all that can be known of a statement alone. It is cheap to keep, and used for each comparison again."""
    statement = replace(statement, text=without_topic(statement.text))
    words = words_of(statement.text[:_MOST_LETTERS])[:MOST_WORDS]
    found = tuple(lexicon.cues().find(words))
    figures = read(words, statement.day, ahead=any(one.label == "plan" for one in found))
    counting = _counting(words, figures)
    found = tuple(
        one
        for one in found
        if one.label == "base"
        or words[one.first].low == "today"
        or counting.isdisjoint(range(one.first, one.behind))
    )
    cues = _cues(words, found)
    names = names_of(words) + _speaker(words, statement.source)
    negated = _negated(words, found)
    content = _content(words, names, negated, counting)
    return Understood(
        statement,
        words,
        figures,
        names,
        content,
        _ideas(words, content),
        cues,
        _sides(words, negated, counting | _named(names)),
        _answers(words, negated),
        answered(words, names),
        told(words),
        kinds(words),
        _denials(words, found),
        tuple(name for name in names if name.first in negated),
    )


def _counting(words: Sequence[Word], figures: Sequence[Figure]) -> frozenset[int]:
    """Return the numbers of the words that are part of a figure: "no" in "no fewer than 300" denies nothing."""
    inside, at = set(), 0
    for figure in figures:
        while at < len(words) and words[at].start < figure.start:
            at += 1
        while at < len(words) and words[at].start < figure.end:
            if not (figure.low == figure.high == 0):
                inside.add(at)
            at += 1
    return frozenset(inside)


def _cues(words: Sequence[Word], found: Sequence[Found]) -> dict[str, str]:
    cues: dict[str, str] = {}
    for one in found:
        if one.label == "pending" and words[one.first].low in ("was", "were"):
            continue  # who was injured is a count of the past
        if one.label == "hedge" and (_is_turned(words, one) or _is_compared(words, one)):
            continue  # "no car could use it" is certain
        if (
            words[one.first].low == "may"
            and words[one.first].text[0] == "M"
            and (one.first or _is_month(words))
        ):
            continue
        if one.label not in cues:
            cues[one.label] = " ".join(word.low for word in words[one.first : one.behind])
    if "superlative" not in cues:
        most = next((word.low for word in words if is_superlative(word)), "")
        cues |= {"superlative": most} if most else {}
    return cues


def _is_month(words: Sequence[Word]) -> bool:
    """Whether "May" at the beginning is the month: "May was the wettest"."""
    return len(words) > 1 and words[1].low in _AFTER_MAY


_AFTER_MAY = words_in("after_may")


def _is_compared(words: Sequence[Word], hedge: Found) -> bool:
    """Tell "twice as likely" from "likely"."""
    return hedge.first > 0 and words[hedge.first - 1].low in ("as", "more", "less", "most", "least")


def _is_turned(words: Sequence[Word], hedge: Found) -> bool:
    ahead = words[hedge.behind].low if hedge.behind < len(words) else ""
    return words[hedge.first].low == "could" and (
        ahead in ("not", "n't") or any(word.low in _OF_NOUNS for word in words[: hedge.first])
    )


def _negated(words: Sequence[Word], found: Sequence[Found]) -> frozenset[int]:
    """Return the numbers of the words that are turned round an odd number of times."""
    turned: dict[int, int] = {}
    seen: set[int] = set()
    for one in found:
        if one.label == "fails_before" and not _is_about_what_follows(words, one, seen):
            seen.update(range(one.first, one.behind))
            for at in range(one.first):
                turned[at] = turned.get(at, 0) + 1
        if one.label not in ("not", "fails") or one.first in seen or one.behind - 1 in seen:
            continue
        seen.update(range(one.first, one.behind))
        for at in _targets(words, one):
            turned[at] = turned.get(at, 0) + 1
    return frozenset(at for at, times in turned.items() if times % 2)


def _speaker(words: Sequence[Word], source: str) -> tuple[Name, ...]:
    """Return who says "I", where the source is a person's name."""
    if not source or not any(
        word.text == "I" or word.low in ("my", "me", "we", "our", "us") for word in words
    ):
        return ()
    behind = len(words)
    return tuple(
        replace(name, first=behind, behind=behind, is_speaker=True)
        for name in names_of(words_of(source)[:12])
    )


def _is_about_what_follows(words: Sequence[Word], denial: Found, seen: set[int]) -> bool:
    """Tell "it is not true that …" from "… is not true"."""
    ahead = words[denial.behind].low if denial.behind < len(words) else ""
    return ahead == "that" or denial.behind - 1 in seen


def _denials(words: Sequence[Word], found: Sequence[Found]) -> int:
    """Return how many times a text denies something: twice is not at all."""
    if _is_comparison(words):
        return 0
    denying, behind = 0, 0
    for one in found:
        is_aside = _is_aside(words, one.first)
        if one.label in _DENYING and one.first >= behind and not is_aside:
            denying, behind = denying + 1, one.behind
    return denying


_DENYING = ("not", "fails", "fails_before")
_ASIDE = ("without", "instead", "rather")


def _is_aside(words: Sequence[Word], at: int) -> bool:
    """Tell "seen without a telescope" from "they are without water": the first denies no statement."""
    before = words[at - 1].low if at else ""
    return words[at].low in _ASIDE and before not in _AUXILIARIES and before not in _LEFT


_LEFT = ("go", "going", "still", "left", "remain", "remains")


def _is_comparison(words: Sequence[Word]) -> bool:
    """Whether "no" only begins a comparison: "no speaker ever spent more than she", "no ship had crossed it before"."""
    lows = [word.low for word in words]
    if "since" in lows and any(low[:1].isdecimal() for low in lows[lows.index("since") :]):
        return True  # "it has not erupted since 1783" says when it did
    if not lows or lows[0] not in _OF_NOUNS:
        return False
    return "than" in lows or any(
        ends in lows and ("ever" in lows or "did" in lows)
        for ends in ("before", "until", "but", "except")
    )


def _targets(words: Sequence[Word], negation: Found) -> Iterator[int]:
    """Yield the words that a negation turns round: the next one that carries meaning, or what "no one" does."""
    if _is_comparison(words):
        return
    at, left = negation.behind, _REACH.get(words[negation.behind - 1].low, 1)
    is_first = negation.first == 0 or words[negation.first - 1].low in _BARRIERS
    if is_first and _is_of_noun(words, negation):
        yield from _nouns(words, at)
        at = _predicate(words, at)  # "no car could use it": neither the car nor the use
    for place in range(at, min(at + _SCOPE, len(words))):
        word = words[place]
        if word.low in _BARRIERS or not left:
            return
        if word.low in ("not", "n't", "never"):
            yield place
        elif word.low[0].isalpha() and word.stem not in lexicon.STOP:
            yield place
            # "not a Merovian citizen", "does not intend to stand": what follows is denied as well
            leans = word.stem in _LEANING
            left += leans - (not leans and not word.is_name_like)


_REACH = {"that": 9, "for": 2}
"""How many words a phrase with this end turns round: "it is not true that …" all that follows."""


def _is_of_noun(words: Sequence[Word], negation: Found) -> bool:
    """Whether a negation belongs to a noun: "no car", "not a single one"."""
    return words[negation.first].low in _OF_NOUNS or words[negation.behind - 1].low == "single"


def _nouns(words: Sequence[Word], at: int) -> Iterator[int]:
    for place in range(at, min(at + 4, len(words))):
        if words[place].stem not in lexicon.STOP and words[place].low[0].isalpha():
            yield place
            return


def _predicate(words: Sequence[Word], at: int) -> int:
    """Return the number of the verb behind a subject, as far as an auxiliary tells; else of the second word that means something."""
    for place in range(at, min(at + 9, len(words))):
        if words[place].low in _AUXILIARIES:
            return place + 1
    meaning = [
        place
        for place in range(at, min(at + 9, len(words)))
        if words[place].stem not in lexicon.STOP
    ]
    return meaning[1] if len(meaning) > 1 else at


def _content(
    words: Sequence[Word], names: Sequence[Name], negated: frozenset[int], counting: frozenset[int]
) -> dict[str, bool]:
    named = _named(names) | counting
    content: dict[str, bool] = {}
    for at, word in enumerate(words):
        if at in named or not word.low[0].isalpha() or word.stem in lexicon.STOP:
            continue
        content[word.stem] = at in negated or content.get(word.stem, False)
    return content


def _named(names: Sequence[Name]) -> frozenset[int]:
    """Return the numbers of the words that are part of a name."""
    return frozenset(at for name in names if name.is_sure for at in range(name.first, name.behind))


def _ideas(words: Sequence[Word], content: Mapping[str, bool]) -> dict[str, frozenset[str]]:
    known = lexicon.ideas()
    ideas = {word: known.get(word, frozenset()) | {f"={root(word)}"} for word in content}
    for found in lexicon.idea_phrases().find(words):
        for word in words[found.first : found.behind]:
            if word.stem in ideas:
                ideas[word.stem] |= {found.label}
    return ideas


def _trend(words: Sequence[Word]) -> Iterator[Side]:
    """Yield "more … than last year" as a rise, "fewer … than" as a fall: the first pair of opposites."""
    lows = [word.low for word in words]
    if "than" in lows and lows[0] != "no":
        for side, those in enumerate((("more", "higher", "larger"), ("fewer", "less", "lower"))):
            for at, low in enumerate(lows):
                if low in those and "than" in lows[at + 2 : at + 9]:
                    yield Side(0, side, is_negated=False, word=low)


def _greater(words: Sequence[Word], sides: Sequence[Side]) -> Iterator[Side]:
    """Yield which of two opposites is the greater: imports in "it imports more than it exports"."""
    lows = [word.low for word in words]
    if "than" not in lows or not sides:
        return
    is_less = any(low in ("less", "fewer", "lower", "smaller") for low in lows)
    for pair in {side.pair for side in sides}:
        both = [side.side for side in sides if side.pair == pair]
        if len(set(both)) == 2:
            yield Side(_COMPARED + pair, both[1 if is_less else 0], is_negated=False, word="than")


def _sides(
    words: Sequence[Word], negated: frozenset[int], counting: frozenset[int]
) -> tuple[Side, ...]:
    sides, covered = [], 0
    for found in lexicon.opposites().find(words):
        if found.first in counting:
            continue
        if found.behind - found.first > 1:
            covered = max(covered, found.behind)
        elif found.first < covered:
            continue  # "a green light" is not light
        pair, side = map(int, found.label.split())
        text = " ".join(word.low for word in words[found.first : found.behind])
        if text.endswith("ing") and found.first and words[found.first - 1].low in _DETERMINERS:
            continue  # "its remaining troops" do not remain
        is_less = found.first > 0 and words[found.first - 1].low in _LITTLE
        sides.append(Side(pair, side, (found.behind - 1 in negated) != is_less, text))
    return (*sides, *_trend(words), *_greater(words, sides))


def _answers(words: Sequence[Word], negated: frozenset[int]) -> tuple[Answer, ...]:
    answers, covered = [], 0
    for found in lexicon.alternatives().find(words):
        is_half = found.first > 0 and words[found.first - 1].low == "-"  # a semi-final is no final
        if is_half or (found.first < covered and found.behind < covered):
            continue
        covered = max(covered, found.behind)
        group, entry = found.label.split()
        if group == "nationality" and found.first and words[found.first - 1].low in _PLACING:
            group = "country"  # "won in Russia" and "the German squad" are two questions
        text = " ".join(word.low for word in words[found.first : found.behind])
        answers.append(
            Answer(group, int(entry), text, found.behind - 1 in negated or found.first in negated)
        )
    return tuple(answers)
