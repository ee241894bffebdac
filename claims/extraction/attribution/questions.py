"""Finds questions that the parser hung on whom they are put to: "asked the chairman, Tom Lind, when he had read it"."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import direct_object
from claims.extraction.lexicons.cues import entry_of
from claims.extraction.text.parsing import VERBS

_OPENERS = frozenset({"when", "where", "why", "how", "whether", "if", "what", "who", "which"})


def asked(verb: Token) -> Sequence[Token]:
    """Return the clause that a verb of asking puts to its object, or nothing.

    Args:
        verb: a cue.
    """
    entry, target = entry_of(verb), direct_object(verb)
    if entry is None or entry.mood != "asked" or target is None or target.i < verb.i:
        return []
    for token in verb.doc[target.i + 1 : verb.right_edge.i + 1]:
        clause = token.head
        opens = token.lower_ in _OPENERS and clause.i > token.i and clause.pos_ in VERBS
        if opens and verb in clause.ancestors:
            return list(verb.doc[token.i : clause.right_edge.i + 1])
    return []
