"""Relative clauses inside a report that are the article's own: "said the mill, which employs 40, had burned down"."""

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.attribution.types import Attribution
from claims.extraction.statements.heads import AUXILIARIES, is_tail

_PRESENT = frozenset({"VBZ", "VBP"})


def without_reporters_facts(report: Attribution) -> tuple[Token, ...]:
    """Return a report's content without the facts that the article adds in its own voice.

    What somebody said in the past is told in the past ("said it had closed"). A clause in the present beside it,
    set off by commas and with a figure in it, is the reporter's.

    Args:
        report: a report with content.

    Returns:
        The words that are the speaker's, in order.
    """
    if not any(token.tag_ == "VBD" for token in report.cue):
        return report.content
    inside = set(report.content)
    left_out = {word for clause in _facts(report) for word in clause.subtree if word in inside}
    return tuple(token for token in report.content if token not in left_out)


def _facts(report: Attribution) -> Iterator[Token]:
    quotations = report.passage.quotations
    for token in report.content:
        place = report.passage.places[token.i][0]
        quoted = any(one.start <= place < one.end for one in quotations)
        if not quoted and token.tag_ in _PRESENT and is_tail(token) and _is_past(token):
            yield token


def _is_past(clause: Token) -> bool:
    """Return whether the clause that holds the noun is told in the past."""
    verb = clause.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    helpers = [one for one in verb.children if one.dep_ in AUXILIARIES]
    return any(one.tag_ == "VBD" for one in (verb, *helpers))
