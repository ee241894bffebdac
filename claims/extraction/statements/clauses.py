"""Divides statements into single checkable claims, each with words that can be read on their own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile, pairwise

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES, subject
from claims.extraction.statements.heads import (
    has_subject,
    heads_of,
    helpers,
    is_joint,
    is_tail,
    is_that_clause,
    shares_modal,
)
from claims.extraction.statements.references.antecedents import antecedent, relative_in_full
from claims.extraction.statements.references.rewriting import rewritten
from claims.extraction.statements.references.voices import Voice
from claims.extraction.statements.wording import spelled
from claims.extraction.text.casing import sentence_case
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Spans

_ENDS = frozenset({".", "?", "!", "…", "..."})
_OPENERS = frozenset({"and", "but"})
"""Conjunctions that only tie a sentence to the one before it; "nor" says more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One claim's words.

    Attributes:
        spans: the places of the words.
        statement: the words that can be read on their own.
        own: the places of the words that no other piece of the statement shares.
        unresolved: the words that point outside the statement, and nobody is sure to what.
        weighed: the statement without what others said that it answers, or "" if none of that stands in it.
        spoken: the statement in the speaker's own words, "I" and all, or "" if it is in no others.
        words: the article's words of it, as parsed.
        before: what was said right before and the statement points to, or "".
    """

    spans: Spans
    statement: str
    own: Spans = field(default=())
    unresolved: tuple[Token, ...] = field(default=())
    weighed: str = ""
    spoken: str = ""
    words: tuple[Token, ...] = field(default=())
    before: str = ""


def _any(_own: Spans) -> bool:
    return True


def cut(
    passage: Passage,
    tokens: Sequence[Token],
    voice: Voice,
    *,
    alone: bool = False,
    wanted: Callable[[Spans], bool] = _any,
) -> list[Piece]:
    """Divide parsed words into single clauses.

    Args:
        passage: their passage.
        tokens: the words, in order.
        voice: whose words they are.
        alone: only clauses with a subject of their own are divided.
        wanted: tells from the places of a piece's own words whether it is wanted. A sentence without a wanted piece is left out.

    Returns:
        One piece for each sentence and clause. A clause that needs the words of another one stays with it ("it was
        shut, and that helped"), but not one that was reported by itself ("and that it was shut"); one without a
        subject shares the first clause's.
    """
    return [
        piece
        for sentence in _sentences(tokens)
        for piece in _cut_sentence(passage, sentence, voice, alone=alone, wanted=wanted)
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
    passage: Passage,
    tokens: Sequence[Token],
    voice: Voice,
    *,
    alone: bool,
    wanted: Callable[[Spans], bool],
) -> list[Piece]:
    inside = set(tokens)
    heads = heads_of(tokens, inside, alone=alone)
    owned = _share_out(tokens, heads) if len(heads) > 1 else []
    if not any(wanted(passage.whole(words)) for words in (tokens, *owned)):
        return []
    whole = _piece(passage, voice, tokens, ())
    if (
        not owned
        or _interlaced(heads, owned)
        or any(_splits_quotation(passage, own) for own in owned)
    ):
        return [whole]
    found = []
    for head, own in zip(heads, owned, strict=True):
        shared = _shared(head, heads[0], inside)
        known = antecedent(passage, heads[0], head, inside) if head != heads[0] else {}
        found.append(
            _piece(
                passage,
                replace(voice, known={**voice.known, **known}),
                own,
                shared,
                _missing(head, heads[0]),
            )
        )
    if any(
        token not in whole.unresolved
        for head, one in zip(heads, found, strict=True)
        for token in one.unresolved
        if not is_that_clause(head)
    ):
        return [whole]
    return sorted((one for one in found if one.spans), key=lambda piece: piece.own)


def _share_out(tokens: Sequence[Token], heads: Sequence[Token]) -> list[list[Token]]:
    """Assign each clause the words that depend on it, without the conjunctions between clauses."""
    owned: dict[Token, list[Token]] = {head: [] for head in heads}
    for token in tokens:
        owner = token
        while owner not in owned and owner.head != owner:
            owner = owner.head
        owned.get(owner, owned[heads[0]]).append(token)
    for own in owned.values():
        while own and is_joint(own[0]):
            own.pop(0)
        while own and is_joint(own[-1]) and own[-1].lower_ != "that":
            own.pop()
    return list(owned.values())


def _interlaced(heads: Sequence[Token], owned: Sequence[Sequence[Token]]) -> bool:
    """Return whether words of one clause stand inside another one: the parser has gone wrong."""
    plain = [own for head, own in zip(heads, owned, strict=True) if own and not is_tail(head)]
    return any(
        one[-1].i > other[0].i for one, other in pairwise(sorted(plain, key=lambda own: own[0].i))
    )


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
    if is_tail(head):
        known = head.head
        return [token for token in head.doc[known.left_edge.i : known.i + 1] if token in inside]
    own = subject(first) or next((one for one in first.children if one.dep_ == "csubjpass"), None)
    if head == first or has_subject(head) or own is None:
        return []
    words = [token for token in own.subtree if token in inside]
    if not helpers(head) and (head.tag_ in {"VB", "VBN", "VBG"} or shares_modal(head, first)):
        words += [token for token in helpers(first) if token in inside]
    return words


def _missing(head: Token, first: Token) -> dict[int, str]:
    """Find the auxiliary that a clause with its own subject leaves out; give it with its verb, by number."""
    shared = helpers(first)
    passive = any(helper.dep_ == "auxpass" for helper in shared)
    bare = head != first and has_subject(head) and not helpers(head)
    has_object = any(child.dep_ in {"dobj", "attr", "acomp", "ccomp"} for child in head.children)
    # "Nine wounded", but "nine died": a past form has no auxiliary to leave out.
    if bare and passive and head.pos_ == "VERB" and head.tag_ == "VBN" and not has_object:
        return {head.i: " ".join((*(helper.text for helper in shared), head.text))}
    return {}


def _piece(
    passage: Passage,
    voice: Voice,
    own: Sequence[Token],
    shared: Sequence[Token],
    missing: Mapping[int, str] | None = None,
) -> Piece:
    words = sorted({*own, *shared}, key=lambda token: token.i) if shared else own
    said = [
        token for token in words if not (shared and token.lower_ in RELATIVES and token == own[0])
    ]
    said = _without_opener(said)
    found = rewritten(passage, said, voice)
    added = relative_in_full(passage, said) | dict(missing or {})
    statement = sentence_case(spelled(passage, said, found.changed | added))
    own_words = voice.verbatim and found.changed
    spoken = sentence_case(spelled(passage, said, added)) if own_words else ""
    places = passage.whole(own)
    spans = passage.whole(words) if shared else places
    unresolved = tuple(found.unresolved)
    return Piece(spans, statement, places, unresolved, spoken=spoken, words=tuple(said))


def _without_opener(tokens: list[Token]) -> list[Token]:
    """Leave out "and", "but" or "that" in front, if there are other words."""
    kept = list(dropwhile(_is_opener, tokens))
    return kept if any(token.is_alpha or token.like_num for token in kept) else tokens


def _is_opener(token: Token) -> bool:
    return token.text == "," or (token.tag_ == "CC" and token.lower_ in _OPENERS) or _is_that(token)


def _is_that(token: Token) -> bool:
    """Return whether a "that" only opens a statement, even where the parser took it for an object."""
    is_subject = token.head.dep_ in {"csubj", "csubjpass"}
    return token.lower_ == "that" and token.tag_ == "IN" and not is_subject
