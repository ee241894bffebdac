"""Whom an article is about: the firm or person that its first sentence is about."""

import re
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.statements.references.topic_phrases import Look
from claims.extraction.statements.references.voices import is_sure
from claims.extraction.statements.references.words import words
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Referent

_FIRST = 2
"""Paragraphs among which the headline stands."""
_HEADLINE = 3, 16
"""Words of a headline."""
_LEADS = 6
"""Paragraphs among which the lead stands, and the fewest words of a lead."""
_LEAD_WORDS = 12
_LISTED = frozenset({"conj", "appos"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_TIMES = words("times")
_BYLINE = re.compile(r"(?i)by\s+[^\W\d_]")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FIRMS = frozenset({"company"})
"""Kinds of bodies that an article about them need not name again: "The dividend is safe"."""
_TIES = frozenset({"in", "of", "at"})
_SHARE = 3
"""An article about a person has the name in one paragraph of this many at least."""
_AGAIN = 2
"""How often an article must name whom its headline does not name."""


def headline_of(passages: Sequence[Passage]) -> Passage | None:
    """Return the paragraph that is an article's headline, or None."""
    first = passages[:_FIRST]
    # Behind a whole paragraph a short line is no headline: "Is that so?" in a hearing.
    if first and _is_lead(first[0]):
        first = first[:1]
    return next((one for one in first if _is_headline(one)), None)


def lead_of(passages: Sequence[Passage]) -> Passage | None:
    """Return the paragraph that opens an article, or None."""
    return next((one for one in passages[:_LEADS] if _is_lead(one)), None)


def _is_lead(passage: Passage) -> bool:
    """Return whether a paragraph consists of sentences."""
    text = passage.text[passage.start : passage.end]
    return len(text.split()) >= _LEAD_WORDS and text[-1] in '.!?”"’'


def _is_headline(passage: Passage) -> bool:
    """Return whether a paragraph is a headline: short, of several words, and no sentence with a full stop."""
    text = passage.text[passage.start : passage.end]
    count = len(text.split())
    closed = text[-1] in ".:;,])" or ". " in text
    # "A raid, a stolen tuba and a goose": each is only a part of what the article is about.
    listed = sum(one.dep_ in _LISTED and one.pos_ in _NOUNS for one in passage.doc) > 1
    plain = not (closed or listed or _BYLINE.match(text) or _is_series(passage))
    return _HEADLINE[0] <= count <= _HEADLINE[1] and plain


def _is_series(passage: Passage) -> bool:
    """Return whether a line names what comes out each week or day: "Harbour notes: week of June 3"."""
    behind = next((passage.doc[one.i + 1 :] for one in passage.doc if one.text == ":"), None)
    if not behind or any(one.pos_ in VERBS for one in passage.doc):
        return False
    return behind[0].lower_ in _TIMES


def lead_subject(
    passages: Sequence[Passage], look: Look, spoke: Collection[str]
) -> Referent | None:
    """Return the firm, or the person who says nothing, that a lead begins with.

    Args:
        passages: the article's passages.
        look: tells whom the words at a place of the article stand for.
        spoke: the names of those who speak.

    Returns:
        Who it is, or None where the lead begins with something else, or the article does not come back to it.
    """
    lead = lead_of(passages)
    if lead is None:
        return None
    for noun, is_subject in _nouns(lead):
        found = look(*lead.places[noun.i])
        if not is_sure(found) or not found.named or found.plural:
            continue
        is_firm = not found.person and found.kind in FIRMS
        says_nothing = found.person and found.name not in spoke and " " in found.name
        if is_firm or (says_nothing and is_subject):
            return found if _comes_again(found, lead, passages) else None
    return None


def _comes_again(found: Referent, lead: Passage, passages: Sequence[Passage]) -> bool:
    """Return whether the headline names somebody too, or the article often; a person all through it."""
    parts = found.name.split()
    short = parts[-1] if found.person else parts[0]
    headline = headline_of(passages)
    headed = headline.text[headline.start : headline.end] if headline is not None else ""
    if re.search(rf"\b{re.escape(short)}\b", headed):
        return True
    behind = [one.text[one.start : one.end] for one in passages if one.start >= lead.start]
    named = [max(one.count(short), one.count(parts[0])) for one in behind]
    everywhere = not found.person or _SHARE * sum(map(bool, named)) >= len(named)
    return sum(named) > _AGAIN and everywhere


def _nouns(passage: Passage) -> Iterator[tuple[Token, bool]]:
    """Yield the nouns that may name the first subject of a passage: its own, and whose it is, as in "shares in Orvo"."""
    subject = next((one for one in passage.doc if one.dep_ in _SUBJECTS), None)
    if subject is None or passage.masked[subject.i] is not None:
        return
    yield subject, True
    yield from ((one, True) for one in subject.children if one.dep_ in {"poss", "appos"})
    tied = (one for one in subject.rights if one.lower_ in _TIES)
    for firm in (one for tie in tied for one in tie.children if one.dep_ == "pobj"):
        yield firm, False
        # "Shares in Orvo Mills plc": the name is before "plc".
        yield from ((one, False) for one in firm.lefts if one.dep_ == "compound")
