"""The word lists of relations, which are data: cues, opposites, alternatives and synonyms."""

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from claims.matching.text.phrases import Phrases
from claims.matching.text.words import stem, words_of

_HERE = Path(__file__).parent

STOP = frozenset(
    stem(word)
    for word in (
        "a an the this that these those and or but nor if than then so as at by for from in into of off on onto out over to up with without under until upon via about "
        "after before between during through against among around he she it they we you i him her them us me his its their our your my hers theirs himself herself itself themselves "
        "who whom whose which what when where why how be is are was were been being am have has had having do does did doing done will would shall should can could may might must "
        "now not n't no never there here also too very just only even still already yet ever again more most less least much many few some any all both each every other another such own same "
        "one two said say says saying told tell according because while though although however since due per 's s t d ll re ve m both either neither whether been new "
        "mr mrs ms dr get got make made take took come came go went"
    ).split()
)
"""Stems of words that carry no meaning of their own."""


@cache
def cues() -> Phrases:
    """Return the phrases of `cues.toml`, each with its label."""
    return Phrases((phrase, label) for label, phrases in _data("cues").items() for phrase in phrases)


@cache
def denies(phrase: str) -> bool:
    """Return whether a phrase denies something by itself: "none", "unable", "lack"."""
    found = cues().longest(words_of(phrase), 0)
    return found is not None and any(one.label in ("not", "fails", "fails_before", "none") for one in cues().at(words_of(phrase), 0))


@cache
def opposites() -> Phrases:
    """Return the words that have an opposite, each with the label "pair side"."""
    return Phrases(
        (phrase, f"{number} {side}")
        for number, pair in enumerate(_data("opposites")["pairs"])
        for side, phrases in enumerate(pair)
        for phrase in phrases
    )


@cache
def prefixes() -> tuple[str, ...]:
    """Return the prefixes that turn a word round: "un"."""
    return tuple(_data("opposites")["prefixes"])


@cache
def alternatives() -> Phrases:
    """Return the words that exclude others, each with the label "group entry"."""
    tables = _data("alternatives")
    return Phrases(
        (phrase, f"{group} {number}")
        for table in ("exclusive", "object")
        for group, entries in tables[table].items()
        for number, entry in enumerate(entries)
        for phrase in entry.split("|")
    )


@cache
def is_exclusive(group: str) -> bool:
    """Return whether a group of alternatives says what a thing is, so that it can be only one of them."""
    return group in _data("alternatives")["exclusive"]


@cache
def wider() -> dict[str, frozenset[str]]:
    """Return for the stem of a wide word ("musician") those of what it may mean ("singer")."""
    return {
        stem(word.lower()): frozenset(stem(one) for one in narrow)
        for word, narrow in _data("alternatives")["also"].items()
    }


@cache
def questions() -> Phrases:
    """Return the words of questions that have one answer, each with the label "table number"."""
    return Phrases(
        (phrase, f"{table} {number}")
        for table, lines in _data("single").items()
        for number, phrases in enumerate(lines)
        for phrase in phrases
    )


@cache
def ideas() -> dict[str, frozenset[str]]:
    """Return the ideas that a stem may stand for, by number. Phrases of several words are left to `idea_phrases`."""
    found: dict[str, set[str]] = defaultdict(set)
    for number, words in enumerate(_data("synonyms")["ideas"]):
        for word in words:
            if " " not in word:
                found[stem(word)].add(str(number))
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def idea_phrases() -> Phrases:
    """Return the phrases of several words that stand for an idea, each with its number."""
    return Phrases(
        (phrase, str(number))
        for number, words in enumerate(_data("synonyms")["ideas"])
        for phrase in words
        if " " in phrase
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text("utf-8"))
