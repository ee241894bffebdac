"""The word lists of relations, which are data: cues, opposites, alternatives and synonyms."""

from collections import defaultdict
from functools import cache

from claims.matching.lexicons import lexicon
from claims.matching.text.groups import stems_in
from claims.matching.text.phrases import Phrases
from claims.matching.text.words import stem, words_of

STOP = stems_in("without_meaning")
"""Stems of words that carry no meaning of their own."""


@cache
def cues() -> Phrases:
    """Return the phrases of `cues.toml`, each with its label."""
    return Phrases(
        (phrase, label) for label, phrases in lexicon("cues").items() for phrase in phrases
    )


@cache
def denies(phrase: str) -> bool:
    """Return whether a phrase denies something by itself: "none", "unable", "lack"."""
    found = cues().longest(words_of(phrase), 0)
    return found is not None and any(
        one.label in ("not", "fails", "fails_before", "none")
        for one in cues().at(words_of(phrase), 0)
    )


@cache
def opposites() -> Phrases:
    """Return the words that have an opposite, each with the label "pair side"."""
    return Phrases(
        (phrase, f"{number} {side}")
        for number, pair in enumerate(lexicon("opposites")["pairs"])
        for side, phrases in enumerate(pair)
        for phrase in phrases
    )


@cache
def prefixes() -> tuple[str, ...]:
    """Return the prefixes that turn a word round: "un"."""
    return tuple(lexicon("opposites")["prefixes"])


@cache
def alternatives() -> Phrases:
    """Return the words that exclude others, each with the label "group entry"."""
    tables = lexicon("alternatives")
    return Phrases(
        (phrase, f"{group} {number}")
        for table in ("exclusive", "object", "period")
        for group, entries in tables[table].items()
        for number, entry in enumerate(entries)
        for phrase in entry.split("|")
    )


@cache
def table_of(group: str) -> str:
    """Return what a group of alternatives tells: what a thing is ("exclusive"), which thing ("object") or when ("period")."""
    tables = lexicon("alternatives")
    return next(table for table in ("exclusive", "object", "period") if group in tables[table])


@cache
def wider() -> dict[str, frozenset[str]]:
    """Return for the stem of a wide word ("musician") those of what it may mean ("singer")."""
    return {
        stem(word.lower()): frozenset(stem(one) for one in narrow)
        for word, narrow in lexicon("alternatives")["also"].items()
    }


@cache
def questions() -> Phrases:
    """Return the words of questions that have one answer, each with the label "table number"."""
    return Phrases(
        (phrase, f"{table} {number}")
        for table, lines in lexicon("single").items()
        for number, phrases in enumerate(lines)
        for phrase in phrases
    )


@cache
def ideas() -> dict[str, frozenset[str]]:
    """Return the ideas that a stem may stand for, by number. Phrases of several words are left to `idea_phrases`."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, words in enumerate(lexicon("synonyms")["ideas"]):
        for word in words:
            if " " not in word:
                found[stem(word)].add(str(number))
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def idea_phrases() -> Phrases:
    """Return the phrases of several words that stand for an idea, each with its number."""
    return Phrases(
        (phrase, str(number))
        for number, words in enumerate(lexicon("synonyms")["ideas"])
        for phrase in words
        if " " in phrase
    )
