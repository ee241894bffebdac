"""Statements that answer one question differently: where, by whom, and what kind of thing."""

from collections.abc import Iterator, Mapping, Sequence

from claims.matching.relations import lexicon
from claims.matching.relations.names import same_name
from claims.matching.relations.types import Kinds, Name, Understood
from claims.matching.text.groups import stems_in, words_in
from claims.matching.text.phrases import Found
from claims.matching.text.words import Word

_NEAR = 8
"""How many words may stand between a question's word and the name that answers it."""
_FAR = 14
"""The same where "is" or "was" stands before the name."""
_CLAUSES = words_in("clauses")
_JOINTS = words_in("joints")
_TELLING = frozenset(("in", "at", "near", "from"))
_TELLING_DOERS = _TELLING | {"by"}
_DOERS = frozenset(("by", "to", "named", "called"))
_BE = words_in("be")
_ENDS = words_in("ends")
_WIDE = stems_in("wide")


def answered(words: Sequence[Word], names: Sequence[Name]) -> Mapping[str, tuple[Name, ...]]:
    """Return for each question that a text answers with names, the names: "born in Kalden"."""
    found: dict[str, list[Name]] = {}
    for asked in lexicon.questions().find(words) if names else ():
        is_passive = any(word.low in _BE for word in words[max(0, asked.first - 3) : asked.first])
        for name in names:
            if _answers(words, asked, name) or _stands_before(
                words, asked, name, is_passive=is_passive
            ):
                found.setdefault(asked.label, []).append(name)
    return {question: tuple(answers) for question, answers in found.items()}


def _answers(words: Sequence[Word], asked: Found, name: Name) -> bool:
    """Whether a name stands behind the words of a question: "written by Orvik", "the author of the memo was Orvik"."""
    between = [word.low for word in words[asked.behind : name.first]]
    if name.first < asked.behind or len(between) > _FAR:
        return False
    if between[-1:] and between[-1] in _BE and not _CLAUSES & set(between):
        return True
    if asked.label.startswith("titles"):
        return bool(_BE & set(between)) and len(between) <= _NEAR and not _CLAUSES & set(between)
    if len(between) > _NEAR:
        return False
    joints = _DOERS if asked.label.startswith("doers") else _JOINTS
    return bool(joints & {*between, words[asked.behind - 1].low})


def _stands_before(words: Sequence[Word], asked: Found, name: Name, *, is_passive: bool) -> bool:
    """Whether a name before the words answers: "Orvik wrote", "Kalden is the largest"."""
    between = [word.low for word in words[name.behind : asked.first]]
    if name.behind > asked.first or len(between) > 3:
        return False
    if asked.label.startswith("titles") or words[asked.behind - 1].low in (
        "blame",
        "responsible",
        "fault",
    ):
        return bool(_BE & set(between))
    return (
        asked.label.startswith("doers")
        and not is_passive
        and len(between) <= 2
        and not _JOINTS & set(between)
    )


def told(words: Sequence[Word]) -> Mapping[str, frozenset[str]]:
    """Return for each question that a text answers without a name, the stems of its answer: "broke out in the kitchen"."""
    found: dict[str, frozenset[str]] = {}
    for asked in lexicon.questions().find(words):
        if asked.label.startswith("titles") or asked.behind >= len(words):
            continue
        before = words[max(0, asked.first - 4) : asked.first]
        is_passive = words[asked.behind].low == "by"
        if (
            asked.label.startswith("doers")
            and before
            and not is_passive
            and not any(word.low in _BE for word in before)
        ):
            nouns = [
                word.stem
                for word in before
                if word.stem not in lexicon.STOP and word.low[0].isalpha()
            ]
            if nouns and asked.first <= 4:
                found[asked.label] = frozenset(nouns)
            continue
        telling = _TELLING_DOERS if asked.label.startswith("doers") else _TELLING
        is_in_phrase = words[asked.behind - 1].low in telling
        first = asked.behind if is_in_phrase else asked.behind + 1
        if not is_in_phrase and words[asked.behind].low not in telling:
            continue
        nouns = []
        for word in words[first : first + 5]:
            if word.low in _ENDS and nouns:
                break
            if word.stem not in lexicon.STOP and word.low[0].isalpha() and not word.is_name_like:
                nouns.append(word.stem)
        if nouns:
            found[asked.label] = frozenset(nouns)
    return found


def other_told(earlier: Understood, later: Understood) -> Iterator[tuple[str, str]]:
    """Yield what two statements answer to one question without names, where they have nothing in common."""
    if any(earlier.has(cue) != later.has(cue) for cue in ("not", "fails")):
        return
    for question in earlier.told.keys() & later.told.keys():
        here, there = earlier.told[question], later.told[question]
        if not _meant(here, earlier) & _meant(there, later):
            yield " ".join(sorted(here)), " ".join(sorted(there))


def _meant(stems: frozenset[str], text: Understood) -> set[str]:
    return {*stems, *(idea for stem in stems for idea in text.ideas.get(stem, ()))}


def other_names(earlier: Understood, later: Understood) -> Iterator[tuple[Name, Name]]:
    """Yield names with which two statements answer one question differently."""
    if any(earlier.has(cue) != later.has(cue) for cue in ("not", "fails")):
        return  # "born in Kalden", "not born in Vossberg"
    for question in earlier.answered.keys() & later.answered.keys():
        here, there = earlier.answered[question], later.answered[question]
        if not any(same_name(one, other) for one in earlier.names for other in there):
            yield here[0], there[0]


def kinds(words: Sequence[Word]) -> Kinds:
    """Return what a text says that its subject is: the nouns behind "is a", the last of them apart."""
    for at, word in enumerate(words[:-2]):
        if word.low in _BE and words[at + 1].low in ("a", "an"):
            nouns = []
            for one in words[at + 2 : at + 8]:
                if one.low in _ENDS:
                    break
                if one.low.isalpha() and not one.is_name_like:
                    nouns.append(one.stem)
            if nouns:
                return Kinds(
                    nouns[-1],
                    any(one.low in ("not", "never", "n't") for one in words[at - 1 : at + 1]),
                )
    return Kinds("", is_denied=False)


def other_kinds(earlier: Understood, later: Understood) -> tuple[str, str] | None:
    """Return what two statements say that one subject is, if they exclude each other: a singer, a dog."""
    here, there = earlier.kinds, later.kinds
    if (
        not here.noun
        or not there.noun
        or here.is_denied
        or there.is_denied
        or there.noun in _WIDE
        or here.noun in _WIDE
    ):
        return None
    said = {here.noun, *earlier.content}
    if there.noun in said or any(
        word.startswith(there.noun) or there.noun.endswith(word) for word in said if len(word) > 3
    ):
        return None
    meant = later.ideas.get(there.noun, frozenset())
    if (
        any(meant & ideas for ideas in earlier.ideas.values())
        or lexicon.wider().get(there.noun, frozenset()) & said
    ):
        return None
    return here.noun, there.noun
