"""The output of the splitter. Plain data: no Django, no spaCy."""

from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
"""`[start, end)` in code points of the article's text."""

Spans = tuple[Span, ...]
"""Sorted, not overlapping."""

Quotation = Literal["direct", "mixed", "indirect", "narration"]

Mood = Literal["asserted", "denied", "asked", "demanded", "promised"]
"""What is done with a statement: said to be so, denied, asked, demanded ("told not to drink it"), promised."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """The speaker of a statement.

    Attributes:
        name: the name that the mention resolves to in this article ("Rana Sanaullah" for "he"), or
            the mention itself ("officials") if nobody is named.
        kind: a source kind ("minister"); the values are those of `claims.choices.SourceKind`.
        role: the description of the source at this point ("the interior minister"), or "".
        mention: the words that stand for the source at this point ("he").
        named: the name is a proper name of its own, a person's, a body's or a document's title; not a
            description or group ("officials", "a shepherd"), nor a pronoun that nobody is found for.
        confidence: 0..1, how likely `name` is right; 1 where the article itself gives the name at this point.
    """

    name: str
    kind: str
    role: str
    mention: str
    named: bool
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what some words of an article refer to.

    Attributes:
        name: the full name, without titles and articles ("Ada Venn"), or the best noun phrase ("ferry operator").
        named: `name` is a proper name.
        person: a person or several, not a body or thing.
        gender: the pronoun it takes: "she", "he", "it" or "they", or "" if nothing indicates it.
        plural: it is several.
        role: the fullest description of it up to there ("the interior minister"), or "".
        kind: a source kind.
        confidence: 0..1, how likely this is right.
        article: a sentence puts "the" before `name` ("the Petroleum Agency").
    """

    name: str
    named: bool
    person: bool
    gender: str
    plural: bool
    role: str
    kind: str
    confidence: float
    article: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of an article.

    Attributes:
        content: the places of its exact words.
        statement: the claim in words that can be read on their own.
        quotation: how the article presents the words; "narration" is the article's own voice.
        attribution: claims taken from one statement share this number, with source and cue.
        source: the places of the source's words; empty if there is none.
        cue: the places of the words that tie statement and source ("said"); empty in narration.
        speaker: the speaker that the source resolves to, or None.
        told_to: the outlet or people addressed ("Reuters"), or "".
        mood: how the source, or the article, presents the statement. What is denied, asked or demanded is not
            asserted, and `statement` says so: "The clerk denied that ...".
        unresolved: the words of `statement` that point outside it ("it", "those", "here") and for which nothing
            sure was found; empty if it reads alone.
        checkable: whether it can be checked; questions, greetings and mere opinion cannot.
        checkworthiness: 0..1, how much the claim deserves checking first: the share of desks that would.
        reasons: the codes of the reasons ("figure", "accusation"), explained in `checkworthiness.toml`.
        language: the detected language code of the article ("fr"), or "und". Except for "en", the article was
            only split into sentences, without sources.
        within: the attribution number of the outer report, for a report inside a report.
    """

    content: Spans
    statement: str
    quotation: Quotation
    attribution: int
    source: Spans = ()
    cue: Spans = ()
    speaker: Speaker | None = None
    told_to: str = ""
    mood: Mood = "asserted"
    unresolved: tuple[str, ...] = ()
    checkable: bool = True
    checkworthiness: float = 0.0
    reasons: tuple[str, ...] = ()
    language: str = "en"
    within: int | None = None
