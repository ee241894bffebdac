"""The cue lexicon: which words tie a statement to its source, and the grammar each of them takes.

The lexicon is data, `cues.toml`; that file says how to read and extend it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claims.extraction.types import Mood

if TYPE_CHECKING:
    from spacy.tokens import Token

_SINGLE = Path(__file__).with_name("cues.toml")
_GROUPED = Path(__file__).with_name("cues_by_frame.toml")

_DOUBLES = re.compile(r"[^aeiou]*[aeiou][bdgmnprt]")
"""A verb of one syllable whose last letter is written twice: "slammed", "planned"."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with {the source} and [the statement] marked, and one in which the word is not a cue."""

    marked: str
    counter: str


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon.

    Attributes:
        words: the entry's lemma, with its particle where it has one ("point out"), or its phrase.
        takes: the shapes of complement that this cue can take, as explained in `cues.toml`.
        examples: sentences that show it.
        mood: how the source presents the statement.
        moods: the shapes in which the source presents it otherwise ("told residents to leave").
        spoken: it is a cue of speech and may stand beside a quotation; else one of thought.
        thought: what it ties may be a mere belief ("think").
        heard: others make the statement to its subject ("the court heard that").
        itself: the noun is its own source if nobody else is named ("there were reports that").
        makes: the kind of a body that is its source ("claimed responsibility": an armed group), "other" if people who
            are its source are no witnesses ("pleaded guilty"), or "".
        unless: nouns that are not sources of this phrase ("according to plan").
        apart: the phrase stands at the start of its sentence or behind a mark (", per the council").
    """

    words: str
    takes: frozenset[str]
    examples: tuple[Example, ...]
    mood: Mood = "asserted"
    moods: Mapping[str, Mood] = field(default_factory=dict, hash=False)
    spoken: bool = True
    heard: bool = False
    itself: bool = False
    makes: str = ""
    unless: tuple[str, ...] = ()
    apart: bool = False
    thought: bool = False

    def mood_of(self, shape: str) -> Mood:
        """Return how the source presents a statement of a shape."""
        return self.moods.get(shape, self.mood)

    def joined(self, other: "Cue") -> "Cue":
        """Add the shapes that another entry of the same words takes, each with its mood."""
        added = {shape: other.mood_of(shape) for shape in other.takes - self.takes}
        return replace(
            self,
            takes=self.takes | other.takes,
            examples=(*self.examples, *other.examples),
            moods={**self.moods, **added},
            spoken=self.spoken or other.spoken,
            thought=self.thought or other.thought,
            itself=self.itself or other.itself,
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues, by part of speech and words.

    Attributes:
        verbs: by lemma, or lemma and particle.
        nouns: by lemma.
        adjectives: by lemma ("is adamant that").
        phrases: by the first of their lower-case words.
        forms: the inflected forms of the verbs of speech ("says", "said"), for text that is not parsed.
        longer: the verbs that an entry of several words begins with ("point" of "point out").
        lemmas: the lemma of each of the verbs' inflected forms; the parser gives "hop" for "hoped".
        past: the past form of each verb.
        refusals: verbs that make a cue below them a non-report ("declined to say").
        telling: verbs whose object is the addressee.
        talking: verbs whose "to ..." names the addressee.
        asking: verbs whose "by ..." names the addressee, in a participle.
        listeners: nouns of those who hear what others say.
        interviews: nouns whose "with ..." names the addressee.
        messages: nouns for what a statement stands in ("in a letter to parents").
        sending: verbs whose subject is the source of a message.
        supporting: verbs that give a noun its source ("expressed the hope that").
        receiving: verbs whose subject is the target of what others say ("faced questions").
        attitudes: words of belief, wish and plan ("wants", "hopeful").
        naming: verbs that give a thing its name.
        labels: words before a colon that are not speakers ("Photo: ...").
        headline_speakers: nouns at the end of a headline's label that names who says it.
        addressing: verbs whose "to ..." names the addressee.
        commands: verbs that begin an order where a word such as "the" follows.
        commanded: what follows a command's verb; a statement seldom begins so.
        orders: words that begin an order ("Stop ...").
    """

    verbs: Mapping[str, Cue]
    nouns: Mapping[str, Cue]
    adjectives: Mapping[str, Cue]
    phrases: Mapping[str, tuple[Cue, ...]]
    forms: frozenset[str]
    longer: frozenset[str]
    lemmas: Mapping[str, str]
    past: Mapping[str, str]
    refusals: frozenset[str]
    telling: frozenset[str]
    talking: frozenset[str]
    asking: frozenset[str]
    listeners: frozenset[str]
    interviews: frozenset[str]
    messages: frozenset[str]
    sending: frozenset[str]
    supporting: frozenset[str]
    receiving: frozenset[str]
    attitudes: frozenset[str]
    naming: frozenset[str]
    labels: frozenset[str]
    headline_speakers: frozenset[str]
    addressing: frozenset[str]
    commands: frozenset[str]
    commanded: frozenset[str]
    orders: frozenset[str]

    def entries(self) -> Iterator[tuple[str, Cue]]:
        """Yield every entry with the name of its table."""
        for table in ("verbs", "nouns", "adjectives"):
            for cue in getattr(self, table).values():
                yield table, cue
        for found in self.phrases.values():
            for cue in found:
                yield "phrases", cue


@cache
def lexicon() -> Lexicon:
    """Read the lexicon, once per process.

    Raises:
        TypeError: an entry has an unknown key or lacks one.
    """
    data = tomllib.loads(_SINGLE.read_text("utf-8"))
    groups = tomllib.loads(_GROUPED.read_text("utf-8"))
    irregular: dict[str, list[str]] = data["irregular"]
    verbs = _table([*_single(data["verb"]), *_members(groups["verbs"], irregular)])
    spoken = {words.split()[0] for words, cue in verbs.items() if cue.spoken}
    return Lexicon(
        verbs=verbs,
        nouns=_table([*_single(data["noun"]), *_members(groups["nouns"], irregular)]),
        adjectives=_table(_members(groups["adjectives"], irregular)),
        phrases=_by_first_word(
            _table([*_single(data["phrase"]), *_members(groups["phrases"], irregular)])
        ),
        forms=frozenset(form for verb in spoken for form in _forms(verb, irregular)),
        longer=frozenset(words.split()[0] for words in verbs if " " in words),
        lemmas={
            form: verb
            for words in verbs
            for verb in words.split()[:1]
            for form in _forms(verb, irregular)
        },
        past={words: _past(words.split()[0], irregular) for words in verbs},
        refusals=frozenset(data["refusals"]),
        telling=frozenset(data["telling"]),
        talking=frozenset(data["talking"]),
        asking=frozenset(data["asking"]),
        listeners=frozenset(data["listeners"]),
        interviews=frozenset(data["interviews"]),
        messages=frozenset(data["messages"]),
        sending=frozenset(data["sending"]),
        supporting=frozenset(data["supporting"]),
        receiving=frozenset(data["receiving"]),
        attitudes=frozenset(data["attitudes"]),
        naming=frozenset(data["naming"]),
        labels=frozenset(data["labels"]),
        headline_speakers=frozenset(data["headline_speakers"]),
        addressing=frozenset(data["addressing"]),
        commands=frozenset(data["commands"]),
        commanded=frozenset(data["commanded"]),
        orders=frozenset(data["orders"]),
    )


def entry_of(verb: "Token") -> Cue | None:
    """Look a verb up in the lexicon, with its particle or object first."""
    verbs = lexicon().verbs
    lemma = lexicon().lemmas.get(verb.lower_) or verb.lemma_.lower()
    for child in verb.children if lemma in lexicon().longer else ():
        beside = child.dep_ in {"prep", "advmod"} and child.i == verb.i + 1
        if beside or child.dep_ in {"prt", "dobj", "nsubjpass"}:
            longer = verbs.get(f"{lemma} {child.lower_}")
            if longer is not None:
                return longer
    return verbs.get(lemma)


def _single(entries: list[dict[str, Any]]) -> Iterator[Cue]:
    """Read entries that stand alone; `demands` names the shapes in which one demands."""
    for entry in entries:
        told = dict(entry)
        shown = Example(told.pop("example"), told.pop("counter"))
        demands: dict[str, Mood] = dict.fromkeys(told.pop("demands", ()), "demanded")
        yield Cue(**told | {"takes": frozenset(told["takes"])}, moods=demands, examples=(shown,))


def _members(groups: list[dict[str, Any]], irregular: Mapping[str, list[str]]) -> Iterator[Cue]:
    """Read the entries of groups, each with the group's example in its own words."""
    for group in groups:
        told = dict(group)
        example, counter = told.pop("example"), told.pop("counter")
        takes = frozenset(told.pop("takes"))
        for words in told.pop("words"):
            verb, _, particle = words.partition(" ")
            past = f"{_past(verb, irregular)} {particle}".strip()
            first, second = (
                text.replace("BASE", words).replace("PAST", past) for text in (example, counter)
            )
            shown = Example(first[:1].upper() + first[1:], second[:1].upper() + second[1:])
            yield Cue(words, takes, (shown,), **told)


def _table(entries: Iterable[Cue]) -> dict[str, Cue]:
    """Sort entries by their words; several of the same words are one that takes all their shapes."""
    table: dict[str, Cue] = {}
    for cue in entries:
        known = table.get(cue.words)
        table[cue.words] = cue if known is None else known.joined(cue)
    return table


def _by_first_word(table: Mapping[str, Cue]) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, tuple[Cue, ...]] = {}
    for words, cue in table.items():
        first = words.split()[0]
        found[first] = (*found.get(first, ()), cue)
    return found


def _past(verb: str, irregular: Mapping[str, list[str]]) -> str:
    if verb in irregular:
        return irregular[verb][0]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return _stem(verb) + "ed"


def _forms(verb: str, irregular: Mapping[str, list[str]]) -> Iterator[str]:
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    if verb in irregular:
        yield from irregular[verb]
        return
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield verb[:-1] + "ies"
    yield _past(verb, irregular)
    yield _stem(verb) + "ing"


def _stem(verb: str) -> str:
    """Return what "ed" and "ing" are added to: "slamm", "hop" of "hope"."""
    return verb + verb[-1] if _DOUBLES.fullmatch(verb) else verb.removesuffix("e")
