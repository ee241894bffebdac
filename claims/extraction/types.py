"""What the splitter gives out. Plain data: no Django, no spaCy."""

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
    """Whom a statement belongs to.

    Attributes:
        name: whom the mention resolves to in this article ("Rana Sanaullah" for "he"), or the mention
            itself ("officials") where nobody is named.
        kind: a source kind ("minister"); the values are those of `claims.choices.SourceKind`.
        role: how the article describes the source there and then ("the interior minister"), or "".
        mention: the words of the source in that place ("he").
        named: the name is a proper name of its own, a person's, a body's or a document's title; not a
            description or group ("officials", "a shepherd"), nor a pronoun that nobody is found for.
    """

    name: str
    kind: str
    role: str
    mention: str
    named: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement of an article.

    Attributes:
        content: where its exact words stand.
        statement: the claim in words that read alone.
        quotation: how the article gives the words; "narration" is the article's own voice.
        attribution: claims cut from one statement share this number, with source and cue.
        source: where the source's words stand; empty where there is none.
        cue: where the words stand that tie statement and source ("said"); empty in narration.
        speaker: whom the source resolves to, or None.
        told_to: the outlet or people addressed ("Reuters"), or "".
        mood: what the source, or the article, does with the statement. What is denied, asked or demanded is
            not asserted, and `statement` says so: "The clerk denied that ...".
        checkable: someone can find out whether it is so; questions, greetings and mere opinion are not.
        checkworthiness: 0..1, how much the claim deserves checking first.
        reasons: the codes behind it ("figure", "accusation"), which `checkworthiness.toml` explains.
        language: the code of the article's language as the splitter took it ("fr"), or "und". Other than "en"
            it was split into sentences only, and no source was looked for.
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
    checkable: bool = True
    checkworthiness: float = 0.0
    reasons: tuple[str, ...] = ()
    language: str = "en"
    within: int | None = None
