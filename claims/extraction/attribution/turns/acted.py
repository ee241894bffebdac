"""Finds who speaks where a sentence tells what somebody did, and the quotation behind it has no cue: "She shrugged. “I left.”"."""

import re

from spacy.tokens import Token

from claims.extraction.attribution.sources import noun_phrase, subject
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.first_names import is_known
from claims.extraction.text.parsing import Passage
from claims.extraction.text.quotations import Quotation

_OWN = re.compile(r"(?i)\b(?:i|me|my|myself|we|us|our)\b")
_PERSONAL = frozenset({"she", "he"})
_MARKS = frozenset(".!?")


def acted(passage: Passage, quotation: Quotation) -> Attribution | None:
    """Read "She shook her head. “I would not go back.”": the subject of the sentence before says "I".

    Args:
        passage: the quotation's passage.
        quotation: one that nothing ties to a source.

    Returns:
        An attribution without a cue, or None if the sentence is not about one person alone, or the quotation does not
        speak of "I" or "we".
    """
    ahead = [one for one in passage.doc if passage.places[one.i][0] < quotation.start]
    words = passage.text[quotation.start : quotation.end]
    if not ahead or ahead[-1].text not in _MARKS or not _OWN.search(words):
        return None
    sentence = ahead[-1].sent
    if any(passage.masked[at] is not None for at in range(sentence.start, ahead[-1].i + 1)):
        return None
    found = subject(sentence.root)
    if found is None or not _is_person(found) or _names_another(sentence.root, found):
        return None
    source = noun_phrase(found, sentence.root)
    if source is None:
        return None
    made = Attribution(passage, None, (), (), source, clausal=True)
    made.joined.append((quotation.start, quotation.end))
    return made


def _is_person(noun: Token) -> bool:
    """Return whether a subject is "she" or "he", or a name without an article."""
    if noun.lower_ in _PERSONAL:
        return True
    determined = any(one.dep_ == "det" for one in noun.lefts)
    return noun.pos_ == "PROPN" and not determined and noun.tag_ != "NNPS"


def _names_another(verb: Token, known: Token) -> bool:
    """Return whether a sentence names somebody besides its subject, who may speak as well."""
    inside = set(known.subtree)
    others = (one for one in verb.sent if one not in inside and one.i != known.i)
    return any(
        one.pos_ == "PROPN" and (is_known(one.text) or one.dep_ in {"dobj", "dative", "nsubj"})
        for one in others
    )
