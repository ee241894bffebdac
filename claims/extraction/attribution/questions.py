"""Finds questions that the parser hung on whom they are put to: "asked the chairman, Tom Lind, when he had read it"."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import direct_object
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import entry_of
from claims.extraction.text.parsing import VERBS

_OPENERS = frozenset({"when", "where", "why", "how", "whether", "if", "what", "who", "which"})

_ASKING = frozenset({"who", "what", "which"})
_EMPTY = frozenset({"DET", "PUNCT", "SPACE", "CCONJ"})


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


def sifted(here: Sequence[Attribution]) -> list[Attribution]:
    """Leave out what asks its reader and is nobody's statement: "Who will pay? Nobody would say", "Who says so?".

    Args:
        here: a passage's attributions; the words of one that a question parts from its cue are cut to those behind it.

    Returns:
        Those that still tell something.
    """
    kept = []
    for one in here:
        if one.entry is not None and one.cue and one.content:
            one.content = _behind_question(one)
            if not _tells(one):
                continue
        kept.append(one)
    return kept


def _behind_question(report: Attribution) -> tuple[Token, ...]:
    """Return a report's words without the article's own question before its cue."""
    content, masked, cue = report.content, report.passage.masked, report.cue[0].i
    if report.mood == "asked" or content[0].i > cue:
        return content
    marks = [
        one.i
        for one in report.passage.doc[content[0].i : cue]
        if one.text == "?" and masked[one.i] is None
    ]
    return tuple(one for one in content if not marks or one.i > marks[-1])


def _tells(report: Attribution) -> bool:
    """Return whether a report has words that say something, and no "who" of a question for its source."""
    masked = report.passage.masked
    # "So I asked, and he said:" leaves "so" and "and".
    joins = any(one.pos_ == "CCONJ" for one in report.content)
    empty = _EMPTY | {"ADV", "SCONJ"} if joins else _EMPTY
    telling = any(masked[one.i] is not None or one.pos_ not in empty for one in report.content)
    head = report.source.head if report.source is not None else None
    asks = head is not None and head.lower_ in _ASKING and head.sent[-1].text == "?"
    return telling and not (asks and head is not None and head.is_sent_start)
