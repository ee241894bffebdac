"""Divides statements into single checkable claims, each with words that can be read on their own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, pairwise

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES, subject
from claims.extraction.statements.references.antecedents import antecedent
from claims.extraction.statements.references.rewriting import rewritten
from claims.extraction.statements.references.voices import Voice
from claims.extraction.statements.wording import spelled
from claims.extraction.text.casing import sentence_case
from claims.extraction.text.parsing import VERBS, Passage
from claims.extraction.types import Spans

AUXILIARIES = frozenset({"aux", "auxpass"})
_CONCESSIVE = frozenset({"although", "though", "whereas", "while"})
_JOINTS = frozenset({"and", "that", "but", "while", "although", "though", "whereas", ",", ";"})
_ENDS = frozenset({".", "?", "!", "…", "..."})
_OPENERS = frozenset({"and", "but"})
"""Conjunctions that only tie a sentence to the one before it; "nor" says more."""
_COUNTS = frozenset({"JJ", "JJR", "CD", "DT"})
"""Tags of words that count people and things and may stand for them: "several", "more", "nine"."""
_NEVER_PASSIVE = frozenset(
    [
        "appear",
        "arrive",
        "come",
        "die",
        "disappear",
        "drown",
        "escape",
        "fall",
        "flee",
        "go",
        "happen",
        "leave",
        "live",
        "remain",
        "return",
        "rise",
        "stay",
        "survive",
        "vanish",
    ]
)
"""Verbs that leave out no auxiliary: "two were killed and nine died"."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One claim's words.

    Attributes:
        spans: the places of the words.
        statement: the words that can be read on their own.
        own: the places of the words that no other piece of the statement shares.
        unresolved: the words that point outside the statement, and nobody is sure to what.
    """

    spans: Spans
    statement: str
    own: Spans = field(default=())
    unresolved: tuple[Token, ...] = field(default=())


def cut(
    passage: Passage, tokens: Sequence[Token], voice: Voice, *, alone: bool = False
) -> list[Piece]:
    """Divide parsed words into single clauses.

    Args:
        passage: their passage.
        tokens: the words, in order.
        voice: whose words they are.
        alone: only clauses with a subject of their own are divided.

    Returns:
        One piece for each sentence and clause. A clause that needs the words of another one stays with it ("it was
        shut, and that helped"); one without a subject shares the first clause's.
    """
    return [
        piece
        for sentence in _sentences(tokens)
        for piece in _cut_sentence(passage, sentence, voice, alone=alone)
    ]


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Divide words into sentences, after their closing marks."""
    begun = 0
    for number, (token, following) in enumerate(pairwise(tokens), start=1):
        if following.is_sent_start and (token.text in _ENDS or token.is_quote):
            yield list(tokens[begun:number])
            begun = number
    yield list(tokens[begun:])


def _cut_sentence(
    passage: Passage, tokens: Sequence[Token], voice: Voice, *, alone: bool
) -> list[Piece]:
    whole = _piece(passage, voice, tokens, ())
    inside = set(tokens)
    heads = _heads(tokens, inside, alone=alone)
    owned = _share_out(tokens, heads) if len(heads) > 1 else []
    if (
        not owned
        or _interlaced(heads, owned)
        or any(_splits_quotation(passage, own) for own in owned)
    ):
        return [whole]
    found = []
    for head, own in zip(heads, owned, strict=True):
        shared = _shared(head, heads[0], inside)
        known = antecedent(passage, heads[0], head) if head != heads[0] else {}
        found.append(
            _piece(passage, replace(voice, known=known), own, shared, _missing(head, heads[0]))
        )
    if any(token not in whole.unresolved for one in found for token in one.unresolved):
        return [whole]
    return sorted((one for one in found if one.spans), key=lambda piece: piece.own)


def _heads(tokens: Sequence[Token], inside: set[Token], *, alone: bool) -> list[Token]:
    """Return the verbs of the clauses to divide words into."""
    tops = [token for token in tokens if token.head not in inside or token.head == token]
    if sum(top.pos_ in VERBS for top in tops) > 1 and any(_is_reduced(top) for top in tops):
        return []
    heads = [head for top in tops if top.pos_ in VERBS for head in _clauses(top, inside)]
    if alone:
        return [head for head in heads if head in tops or _stands_alone(head)]
    return heads + [token for token in tokens if heads and token not in heads and _is_tail(token)]


def _is_reduced(top: Token) -> bool:
    """Return whether a participle was torn from its noun: "no case linked to it, he said, has been found"."""
    return top.pos_ in VERBS and top.tag_ in {"VBN", "VBG"} and not _is_finite(top)


def _stands_alone(head: Token) -> bool:
    """Return whether a clause has its own subject, and is not one of "either ... or"."""
    return subject(head) is not None and not any(
        one.lower_ == "either" for one in head.head.subtree
    )


def _clauses(top: Token, inside: set[Token]) -> Iterator[Token]:
    """Yield the verbs of the clauses that can stand alone, the first one first, each once."""
    yield top
    for child in top.children:
        if child not in inside or child.pos_ not in VERBS:
            continue
        is_behind = child.i > top.i
        if child.dep_ == "conj" and is_behind and _is_added(child, top):
            yield from _clauses(child, inside)
        elif child.dep_ == "advcl" and (_is_that_clause(child) or (is_behind and _concedes(child))):
            yield child


def _is_that_clause(clause: Token) -> bool:
    """Return whether a clause is one of several after one cue: "said that A, that B and that C"."""
    opened = any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    return opened and subject(clause) is not None


def _is_added(clause: Token, top: Token) -> bool:
    """Return whether a clause adds a statement to the one before it."""
    linked = subject(clause) is not None or any(
        child.dep_ == "cc" for verb in (top, clause) for child in verb.children
    )
    return (
        linked
        and _is_joined(top)
        and not _is_subordinate(clause)
        and (_is_finite(clause) or _is_gapped(clause, top) or _is_misread_past(clause, top))
    )


def _is_misread_past(verb: Token, top: Token) -> bool:
    """Return whether the parser took a past form for a participle: "killed four and injured eleven"."""
    has_object = any(child.dep_ == "dobj" for child in verb.children)
    return verb.tag_ == "VBN" and top.tag_ == "VBD" and has_object and not _helpers(top)


def _is_tail(clause: Token) -> bool:
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
    first = next((token for token in clause.subtree if not _is_joint(token)), clause)
    relative = first.tag_ in {"WDT", "WP", "WP$", "WRB"}
    return relative or (first.dep_ == "mark" and first.lower_ not in _CONCESSIVE)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in {"VBD", "VBZ", "VBP", "MD"} or any(
        child.dep_ in AUXILIARIES for child in verb.children
    )


def _is_gapped(verb: Token, top: Token) -> bool:
    """Return whether a clause leaves out the first one's auxiliary: "two were killed and nine wounded"."""
    if _shares_modal(verb, top):
        return True
    return verb.tag_ in {"VBN", "VBD", "VB", "VBG"} and bool(_helpers(top))


def _shares_modal(verb: Token, top: Token) -> bool:
    """Return whether a form that equals its past tense continues after "would": "would close and cut jobs"."""
    modal = any(helper.tag_ == "MD" for helper in _helpers(top))
    return modal and verb.tag_ == "VBD" and verb.lower_ == verb.lemma_ and not _helpers(verb)


def _concedes(clause: Token) -> bool:
    """Return whether a clause concedes something by itself: "although fighting went on"."""
    opened = any(child.dep_ == "mark" and child.lower_ in _CONCESSIVE for child in clause.children)
    return opened and subject(clause) is not None


def _helpers(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in AUXILIARIES and child.lower_ != "to"]


def _share_out(tokens: Sequence[Token], heads: Sequence[Token]) -> list[list[Token]]:
    """Assign each clause the words that depend on it, without the conjunctions between clauses."""
    owned: dict[Token, list[Token]] = {head: [] for head in heads}
    for token in tokens:
        owner = token
        while owner not in owned and owner.head != owner:
            owner = owner.head
        owned.get(owner, owned[heads[0]]).append(token)
    for own in owned.values():
        while own and _is_joint(own[0]):
            own.pop(0)
        while own and _is_joint(own[-1]) and own[-1].lower_ != "that":
            own.pop()
    return list(owned.values())


def _interlaced(heads: Sequence[Token], owned: Sequence[Sequence[Token]]) -> bool:
    """Return whether words of one clause stand inside another one: the parser has gone wrong."""
    plain = [own for head, own in zip(heads, owned, strict=True) if own and not _is_tail(head)]
    return any(
        one[-1].i > other[0].i for one, other in pairwise(sorted(plain, key=lambda own: own[0].i))
    )


def _is_joint(token: Token) -> bool:
    if token.lower_ == "that" and token.dep_ != "mark":
        # A pronoun ("that is false"), unless the parser took the "that" between clauses for one.
        return token.dep_ == "det" and token.i != token.sent.start
    return token.lower_ in _JOINTS or (token.is_punct and not token.is_quote)


def _splits_quotation(passage: Passage, own: Sequence[Token]) -> bool:
    """Return whether a clause would contain only a part of some quoted words."""
    places = [passage.places[token.i] for token in own]
    for quotation in passage.quotations:
        within = [place for place in places if quotation.start <= place[0] < quotation.end]
        if within and (within[0][0] > quotation.start + 1 or within[-1][1] < quotation.end - 2):
            return True
    return False


def _shared(head: Token, first: Token, inside: set[Token]) -> list[Token]:
    """Take the first clause's subject for a clause that has none, with its auxiliary if that lacks too.

    A tail's subject is the noun before it.
    """
    if _is_tail(head):
        known = head.head
        return [token for token in head.doc[known.left_edge.i : known.i + 1] if token in inside]
    own = subject(first) or next((one for one in first.children if one.dep_ == "csubjpass"), None)
    if head == first or _has_subject(head) or own is None:
        return []
    words = [token for token in own.subtree if token in inside]
    if not _helpers(head) and (head.tag_ in {"VB", "VBN", "VBG"} or _shares_modal(head, first)):
        words += [token for token in _helpers(first) if token in inside]
    return words


def _has_subject(head: Token) -> bool:
    """Return whether a clause has its own subject; the parser mistakes "several more" for one."""
    counted = any(child.tag_ in _COUNTS and child.i < head.i for child in head.children)
    return counted or subject(head) is not None


def _missing(head: Token, first: Token) -> dict[int, str]:
    """Find the auxiliary that a clause with its own subject leaves out; give it with its verb, by number."""
    helpers = _helpers(first)
    passive = any(helper.dep_ == "auxpass" for helper in helpers)
    bare = head != first and _has_subject(head) and not _helpers(head)
    has_object = any(child.dep_ in {"dobj", "attr", "acomp", "ccomp"} for child in head.children)
    wounded = head.pos_ == "VERB" and head.lemma_ not in _NEVER_PASSIVE
    if bare and passive and wounded and head.tag_ in {"VBN", "VBD"} and not has_object:
        return {head.i: " ".join((*(helper.text for helper in helpers), head.text))}
    return {}


def _piece(
    passage: Passage,
    voice: Voice,
    own: Sequence[Token],
    shared: Sequence[Token],
    missing: Mapping[int, str] | None = None,
) -> Piece:
    words = sorted({*own, *shared}, key=lambda token: token.i)
    said = [
        token for token in words if not (shared and token.lower_ in RELATIVES and token == own[0])
    ]
    said = _without_opener(said)
    found = rewritten(passage, said, voice)
    statement = sentence_case(spelled(passage, said, found.changed | dict(missing or {})))
    return Piece(passage.whole(words), statement, passage.whole(own), tuple(found.unresolved))


def _without_opener(tokens: list[Token]) -> list[Token]:
    """Leave out "and" or "but" in front, if there are other words."""
    kept = list(dropwhile(_is_opener, tokens))
    return kept if any(token.is_alpha or token.like_num for token in kept) else tokens


def _is_opener(token: Token) -> bool:
    return token.text == "," or (token.tag_ == "CC" and token.lower_ in _OPENERS)
