"""The cue lexicon: which words tie a statement to its source, and the grammar each of them takes.

The lexicon is data, `cues.toml`; that file says how to read and extend it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.extraction.types import Mood

if TYPE_CHECKING:
    from spacy.tokens import Token

_DATA = Path(__file__).with_name("cues.toml")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon.

    Attributes:
        words: the entry's lemma, with its particle where it has one ("point out"), or its phrase.
        takes: the shapes of complement that this cue can take, as explained in `cues.toml`.
        mood: how the source presents the statement.
        demands: the shapes in which it demands the statement ("told residents to leave").
        heard: others make the statement to its subject ("the court heard that").
        itself: the noun is its own source if nobody else is named ("there were reports that").
        makes: the kind of a group that is its source ("claimed responsibility": an armed one), or "".
        unless: nouns that are not sources of this phrase ("according to plan").
        example: a sentence with {the source} and [the statement] marked.
        counter: a sentence in which the word is not a cue.
    """

    words: str
    takes: frozenset[str]
    example: str
    counter: str
    mood: Mood = "asserted"
    demands: tuple[str, ...] = ()
    heard: bool = False
    itself: bool = False
    makes: str = ""
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, by part of speech and words.

    Attributes:
        verbs: by lemma, or lemma and particle.
        nouns: by lemma.
        phrases: by their lower-case words.
        forms: the verbs' inflected forms ("says", "said"), for text that is not parsed.
        past: the past form of each verb.
        refusals: verbs that make a cue below them a non-report ("declined to say").
        telling: verbs whose object is the addressee.
        talking: verbs whose "to ..." names the addressee.
        listeners: nouns of those who hear what others say.
        interviews: nouns whose "with ..." names the addressee.
        sending: verbs whose subject is the source of a message.
        receiving: verbs whose subject is the target of what others say ("faced questions").
        naming: verbs that give a thing its name.
        labels: words before a colon that are not speakers ("Photo: ...").
        orders: words that begin an order ("Stop ...").
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    phrases: Mapping[str, Cue]
    forms: frozenset[str]
    past: Mapping[str, str]
    refusals: frozenset[str]
    telling: frozenset[str]
    talking: frozenset[str]
    listeners: frozenset[str]
    interviews: frozenset[str]
    sending: frozenset[str]
    receiving: frozenset[str]
    naming: frozenset[str]
    labels: frozenset[str]
    orders: frozenset[str]

    def entries(self) -> Iterator[tuple[str, Cue]]:
        """Yield every entry with the name of its table."""
        for table in ("verbs", "nouns", "phrases"):
            for cue in getattr(self, table).values():
                yield table, cue


@cache
def lexicon() -> Lexicon:
    """Read the lexicon, once per process.

    Raises:
        TypeError: an entry has an unknown key or lacks one.
    """
    data = tomllib.loads(_DATA.read_text("utf-8"))
    irregular: dict[str, list[str]] = data["irregular"]
    verbs = _table(data["verb"])
    return Lexicon(
        verbs=verbs,
        nouns=_table(data["noun"]),
        phrases=_table(data["phrase"]),
        forms=frozenset(form for words in verbs for form in _forms(words.split()[0], irregular)),
        past={words: _past(words.split()[0], irregular) for words in verbs},
        refusals=frozenset(data["refusals"]),
        telling=frozenset(data["telling"]),
        talking=frozenset(data["talking"]),
        listeners=frozenset(data["listeners"]),
        interviews=frozenset(data["interviews"]),
        sending=frozenset(data["sending"]),
        receiving=frozenset(data["receiving"]),
        naming=frozenset(data["naming"]),
        labels=frozenset(data["labels"]),
        orders=frozenset(data["orders"]),
    )


def entry_of(verb: "Token") -> Cue | None:
    """Look a verb up in the lexicon, with its particle or object first."""
    verbs = lexicon().verbs
    lemma = verb.lemma_.lower()
    for child in verb.children:
        beside = child.dep_ in {"prep", "advmod"} and child.i == verb.i + 1
        if beside or child.dep_ in {"prt", "dobj", "nsubjpass"}:
            longer = verbs.get(f"{lemma} {child.lower_}")
            if longer is not None:
                return longer
    return verbs.get(lemma)


def _table(entries: list[dict[str, Any]]) -> dict[str, Cue]:
    cues = (Cue(**entry | {"takes": frozenset(entry["takes"])}) for entry in entries)
    return {cue.words: cue for cue in cues}


def _past(verb: str, irregular: Mapping[str, list[str]]) -> str:
    if verb in irregular:
        return irregular[verb][0]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb.removesuffix("e") + "ed"


def _forms(verb: str, irregular: Mapping[str, list[str]]) -> Iterator[str]:
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if verb in irregular:
        yield from irregular[verb]
        return
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield verb[:-1] + "ies"
    yield _past(verb, irregular)
    yield verb.removesuffix("e") + "ing"
