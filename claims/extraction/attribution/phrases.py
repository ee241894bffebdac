"""Finds statements beside a phrase that names their source: "according to police, ..."."""

from itertools import takewhile

from spacy.tokens import Token

from claims.extraction.attribution.parentheticals import leads
from claims.extraction.attribution.sources import Source, noun_phrase
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import Cue, lexicon
from claims.extraction.text.parsing import Passage


def clause_around(token: Token) -> list[Token]:
    """Return the words of the clause that a word stands in."""
    while token.dep_ not in {"ROOT", "ccomp", "conj", "advcl", "relcl"} and token.head != token:
        token = token.head
    return list(token.sent if token.dep_ == "ROOT" else token.subtree)


def _to_comma(source: Source | None) -> Source | None:
    """End a source that runs on into the statement at its last comma: "according to police, 14 of the ..."."""
    if source is None or source.tokens[-1].i + 1 == len(source.head.doc):
        return source
    following = source.head.doc[source.tokens[-1].i + 1]
    commas = [token.i for token in source.tokens if token.text == "," and token.i > source.head.i]
    if following.is_punct or following.is_space or not commas:
        return source
    return Source(source.head, tuple(token for token in source.tokens if token.i < commas[-1]))


def _with_apposition(source: Source | None) -> Source | None:
    """Take the name after a source, which the parser attached to the statement: "the engineer, Oona Harl, "."""
    if source is None or source.head.pos_ == "PROPN":
        return source
    following = source.head.doc[source.tokens[-1].i + 1 :]
    if not following or following[0].text != ",":
        return source
    name = tuple(takewhile(lambda token: token.pos_ == "PROPN", following[1:]))
    if len(name) < 2 or following[len(name) + 1 :].text[:1] != ",":
        return source
    return Source(source.head, (*source.tokens, following[0], *name))


def behind_phrase(passage: Passage, token: Token) -> Attribution | None:
    """Find the statement of a phrase before the source, "according to police": it is the rest of the clause.

    Args:
        passage: a parsed passage.
        token: a word in it.

    Returns:
        An attribution whose cue is the phrase that begins with this word, or None.
    """
    for entry in lexicon().phrases.get(token.lower_, ()):
        phrase = token.doc[token.i : token.i + entry.words.count(" ") + 1]
        if (not entry.apart or _stands_apart(token)) and phrase.text.lower() == entry.words:
            made = _attribution(passage, tuple(phrase), entry)
            if made is not None:
                return made
    return None


def _stands_apart(token: Token) -> bool:
    return token.is_sent_start or token.nbor(-1).is_punct


def _attribution(passage: Passage, phrase: tuple[Token, ...], entry: Cue) -> Attribution | None:
    noun = next((child for child in phrase[-1].children if child.dep_ == "pobj"), None)
    source = _with_apposition(_to_comma(noun_phrase(noun, phrase[0])))
    if source is None or source.head.lemma_ in entry.unless:
        return None
    clauses = [child for child in source.head.children if child.dep_ == "relcl"]
    group = {*phrase, *source.tokens, *(word for one in clauses for word in one.subtree)}
    content = [word for word in clause_around(phrase[0]) if word not in group]
    while content and (leads(content[0]) or content[0].is_punct):
        content.pop(0)
    return (
        Attribution(passage, entry, phrase, tuple(content), source, clausal=True)
        if content
        else None
    )
