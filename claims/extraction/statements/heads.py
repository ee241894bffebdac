"""Finds the verbs that head a statement's clauses, so that each clause can be a claim."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES, subject
from claims.extraction.text.parsing import VERBS

_JOINTS = frozenset({"and", "that", "but", "while", "although", "though", "whereas", ",", ";"})
_CONCESSIVE = frozenset({"although", "though", "whereas", "while"})
_HELPING = frozenset({"be", "have", "do"})
_LIKEWISE = frozenset({"too", "either", "also", "neither"})
AUXILIARIES = frozenset({"aux", "auxpass"})
"""spaCy's dependencies of helping verbs."""
_COUNTS = frozenset({"JJ", "JJR", "CD", "DT"})
"""Tags of words that count people and things and may stand for them: "several", "more", "nine"."""


def heads_of(tokens: Sequence[Token], inside: set[Token], *, alone: bool) -> list[Token]:
    """Return the verbs of the clauses to divide words into.

    Args:
        tokens: the words, in order.
        inside: the same words.
        alone: only clauses with a subject of their own are divided.
    """
    tops = [one for one in tokens if (head := one.head) not in inside or head == one]
    if sum(top.pos_ in VERBS for top in tops) > 1 and any(_is_reduced(top) for top in tops):
        return []
    heads = [head for top in tops if top.pos_ in VERBS for head in _clauses(top, inside)]
    if alone:
        return [head for head in heads if head in tops or _stands_alone(head)]
    return heads + [token for token in tokens if heads and token not in heads and is_tail(token)]


def _is_reduced(top: Token) -> bool:
    """Return whether a participle was torn from its noun: "no case linked to it, he said, has been found"."""
    return top.pos_ in VERBS and top.tag_ in {"VBN", "VBG"} and not _is_finite(top)


def _stands_alone(head: Token) -> bool:
    """Return whether a clause has its own subject, and is not one of "either ... or"."""
    return _own_subject(head) and not any(one.lower_ == "either" for one in head.head.subtree)


def _clauses(top: Token, inside: set[Token]) -> Iterator[Token]:
    """Yield the verbs of the clauses that can stand alone, the first one first, each once."""
    yield top
    for child in top.children:
        if child not in inside or child.pos_ not in VERBS:
            continue
        is_behind = child.i > top.i
        if child.dep_ == "conj" and is_behind and _is_added(child, top):
            yield from _clauses(child, inside)
        elif child.dep_ == "ccomp" and is_behind:
            yield from _there_is(child)
        elif child.dep_ == "advcl" and (is_that_clause(child) or (is_behind and _concedes(child))):
            yield child


def _there_is(clause: Token) -> Iterator[Token]:
    """Yield what the parser joined to an inner clause: "can't say who is inside, but there are nine"."""
    for child in clause.children:
        if child.dep_ == "conj" and any(one.dep_ == "expl" for one in child.children):
            yield child


def _own_subject(verb: Token) -> bool:
    return subject(verb) is not None or any(one.dep_ == "expl" for one in verb.children)


def is_that_clause(clause: Token) -> bool:
    """Return whether a clause is one of several after one cue: "said that A, that B and that C"."""
    opened = any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    return opened and subject(clause) is not None


def _is_added(clause: Token, top: Token) -> bool:
    """Return whether a clause adds a statement to the one before it."""
    linked = _own_subject(clause) or any(
        child.dep_ == "cc" for verb in (top, clause) for child in verb.children
    )
    return (
        linked
        and _is_joined(top)
        and not _is_subordinate(clause)
        and not _is_elliptic(clause)
        and (_is_finite(clause) or _is_gapped(clause, top) or _is_misread_past(clause, top))
    )


def _is_elliptic(clause: Token) -> bool:
    """Return whether a clause ends with its auxiliary, and only the one before it tells the rest: "but the road wasn't"."""
    behind = (child for child in clause.children if child.i > clause.i)
    return (clause.lemma_ in _HELPING or clause.tag_ == "MD") and all(
        child.dep_ in {"neg", "punct"} or child.lower_ in _LIKEWISE for child in behind
    )


def _is_misread_past(verb: Token, top: Token) -> bool:
    """Return whether the parser took a past form for a participle: "killed four and injured eleven"."""
    has_object = any(child.dep_ == "dobj" for child in verb.children)
    return verb.tag_ == "VBN" and top.tag_ == "VBD" and has_object and not helpers(top)


def is_tail(clause: Token) -> bool:
    """Return whether a clause adds a fact with a figure in it: ", which killed 80 people"."""
    if clause.dep_ != "relcl":
        return False
    start = clause.left_edge.i
    own = subject(clause)
    return (
        own is not None
        and own.i == start
        and own.lower_ in RELATIVES
        and start > 0
        and clause.doc[start - 1].text == ","
        and any(token.like_num for token in clause.subtree)
    )


def _is_joined(top: Token) -> bool:
    """Return whether clauses are coordinated; "either ... or" is one statement."""
    return not any(child.dep_ == "cc" and child.lower_ in {"or", "nor"} for child in top.children)


def _is_subordinate(clause: Token) -> bool:
    """Return whether a clause opens with "after" or "whom", although the parser coordinated it."""
    first = next((token for token in clause.subtree if not is_joint(token)), clause)
    relative = first.tag_ in {"WDT", "WP", "WP$", "WRB"}
    return relative or (first.dep_ == "mark" and first.lower_ not in _CONCESSIVE)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(
        child.dep_ in AUXILIARIES for child in verb.children
    )


def _is_gapped(verb: Token, top: Token) -> bool:
    """Return whether a clause leaves out the first one's auxiliary: "two were killed and nine wounded"."""
    if shares_modal(verb, top):
        return True
    return verb.tag_ in {"VBN", "VBD", "VB", "VBG"} and bool(helpers(top))


def shares_modal(verb: Token, top: Token) -> bool:
    """Return whether a form that equals its past tense continues after "would": "would close and cut jobs"."""
    modal = any(helper.tag_ == "MD" for helper in helpers(top))
    return modal and verb.tag_ == "VBD" and verb.lower_ == verb.lemma_ and not helpers(verb)


def _concedes(clause: Token) -> bool:
    """Return whether a clause concedes something by itself: "although fighting went on"."""
    opened = any(child.dep_ == "mark" and child.lower_ in _CONCESSIVE for child in clause.children)
    return opened and subject(clause) is not None


def helpers(verb: Token) -> list[Token]:
    """Return a verb's auxiliaries: "had been" of "had been shut"."""
    return [child for child in verb.children if child.dep_ in AUXILIARIES and child.lower_ != "to"]


def is_joint(token: Token) -> bool:
    """Return whether a word or mark only joins clauses."""
    if token.lower_ == "that" and token.dep_ != "mark":
        # A pronoun ("that is false"), unless the parser took the "that" between clauses for one.
        return token.dep_ == "det" and token.i != token.sent.start
    return token.lower_ in _JOINTS or (token.is_punct and not token.is_quote)


def has_subject(head: Token) -> bool:
    """Return whether a clause has its own subject; the parser mistakes "several more" for one."""
    counted = any(child.tag_ in _COUNTS and child.i < head.i for child in head.children)
    return counted or _own_subject(head)
