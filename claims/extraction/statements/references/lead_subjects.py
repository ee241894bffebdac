"""Whom an article is about: the firm or person that its first sentence is about."""

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Token

from claims.extraction.statements.references.topic_phrases import Look
from claims.extraction.statements.references.voices import is_sure
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FIRMS = frozenset({"company"})
"""Kinds of bodies that an article about them need not name again: "The dividend is safe"."""
_AGAIN = 2
"""How often an article must name whom its headline does not name."""


def lead_subject(
    passage: Passage, headline: Passage | None, look: Look, spoke: Collection[str]
) -> Referent | None:
    """Return the firm, or the person who says nothing, that a lead begins with.

    Args:
        passage: the lead.
        headline: the headline, or None.
        look: tells whom the words at a place of the article stand for.
        spoke: the names of those who speak.

    Returns:
        Who it is, or None where the lead begins with something else, or the article does not come back to it.
    """
    for noun in _nouns(passage):
        found = look(*passage.places[noun.i])
        if not is_sure(found) or not found.named or found.plural:
            continue
        is_firm = not found.person and found.kind in FIRMS
        says_nothing = found.person and found.name not in spoke and " " in found.name
        if is_firm or says_nothing:
            return found if _comes_again(found, passage, headline) else None
    return None


def _comes_again(found: Referent, passage: Passage, headline: Passage | None) -> bool:
    """Return whether the headline names somebody too, or the article often."""
    parts = found.name.split()
    short = parts[-1] if found.person else parts[0]
    named = re.compile(rf"\b{re.escape(short)}\b")
    headed = headline.text[headline.start : headline.end] if headline is not None else ""
    behind = passage.text[passage.start :]
    first = parts[0] if found.person else short
    return bool(named.search(headed)) or max(behind.count(short), behind.count(first)) > _AGAIN


def _nouns(passage: Passage) -> Iterator[Token]:
    """Yield the nouns that may name the first subject of a passage: its own, and whose it is."""
    subject = next((one for one in passage.doc if one.dep_ in _SUBJECTS), None)
    if subject is None or passage.masked[subject.i] is not None:
        return
    yield subject
    yield from (one for one in subject.children if one.dep_ in {"poss", "appos"})
