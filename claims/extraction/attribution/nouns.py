"""Finds statements at nouns and adjectives: "his claim that ...", "in a message sent by ...", "is adamant that ..."."""

from collections.abc import Sequence

from spacy.tokens import Token

from claims.extraction.attribution.addressees import told_to
from claims.extraction.attribution.complements import without_that
from claims.extraction.attribution.non_reports import is_nobody, is_non_report
from claims.extraction.attribution.phrases import clause_around
from claims.extraction.attribution.sources import (
    RELATIVES,
    Source,
    agent,
    is_passive,
    noun_phrase,
    source_of,
    subject,
)
from claims.extraction.attribution.types import Attribution
from claims.extraction.lexicons.cues import Cue, lexicon
from claims.extraction.text.parsing import VERBS, Passage

_CLAUSES = frozenset({"acl", "ccomp", "relcl"})
_OWNS = frozenset({"by", "from"})
_TIMES = frozenset({"day", "week", "month", "quarter", "year", "decade", "century"})
_DIGITS_OF_A_YEAR = 4


def of_noun(passage: Passage, noun: Token) -> Attribution | None:
    """Find the statement of a noun: "his claim that ...", "reports that ...", "in a message sent by ...".

    Args:
        passage: a parsed passage.
        noun: a noun in it.

    Returns:
        An attribution whose cue is the noun, with the verb that gives it its source ("expressed the hope that"),
        or None.
    """
    entry = lexicon().nouns.get(noun.lemma_.lower())
    if entry is None:
        return None
    if "by" in entry.takes:
        sent = _sent_by(passage, noun, entry)
        if sent is not None:
            return sent
    for shape in ("clause", "infinitive", *sorted(entry.takes - {"clause", "infinitive", "by"})):
        content = _content(noun, shape) if shape in entry.takes else []
        if content and passage.spans(content):
            return _attributed(passage, noun, entry, shape, content)
    return None


def _content(noun: Token, shape: str) -> Sequence[Token]:
    """Find the words of a noun's statement in one shape."""
    if shape == "clause":
        clause = _clause(noun)
        words = without_that(clause) if clause is not None else []
        return words[1:] if words and words[0].lower_ == "that" else words
    for child in noun.children:
        if child.i < noun.i:
            continue
        if shape == "infinitive" and child.dep_ in {"acl", "xcomp"} and _is_infinitive(child):
            return list(child.subtree)
        if child.dep_ == "prep" and child.lower_ == shape and not _is_date(child):
            return list(child.subtree)[1:]
    return []


def _is_date(preposition: Token) -> bool:
    """Return whether it says of what time a noun is: "the reports of the last ten years", "the report of 2019"."""
    of = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if of is None:
        return False
    return of.lemma_ in _TIMES or (of.is_digit and len(of) == _DIGITS_OF_A_YEAR)


def _clause(noun: Token) -> Token | None:
    """Find the that-clause of a noun, which the parser may have attached to the verb before it."""
    verb = noun.head
    holders = [noun, verb] if noun.dep_ == "dobj" else [noun]
    for holder in holders:
        for child in holder.children:
            if child.dep_ in _CLAUSES and child.i > noun.i and _is_that(child):
                return child
    return None


def _attributed(
    passage: Passage, noun: Token, entry: Cue, shape: str, content: Sequence[Token]
) -> Attribution | None:
    verb = noun.head
    if any(token.dep_ == "neg" for token in verb.children) or is_nobody(noun):
        return None
    cue: tuple[Token, ...] = (noun,)
    source = _owner(noun)
    if source is None and noun.dep_ == "dobj" and verb.lemma_ in lexicon().supporting:
        source = source_of(verb) if not is_non_report(verb) else None
        cue = tuple(noun.doc[verb.i : noun.i + 1])
    if source is None and entry.itself and shape == "clause":
        cue = (noun,)
        own = [token for token in noun.subtree if token.i < content[0].i and not _is_opening(token)]
        source = Source(noun, tuple(token for token in own if not token.is_punct))
    if source is None or source.head in content or not source.tokens:
        return None
    told = tuple(token for token in told_to(verb) if token not in content) if len(cue) > 1 else ()
    clausal = shape == "clause"
    return Attribution(
        passage, entry, cue, tuple(content), source, clausal, told, entry.mood_of(shape)
    )


def _is_opening(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _owner(noun: Token) -> Source | None:
    """Find whose statement it is: "his claim", "a claim by the union", "claims made by the union"."""
    for child in noun.children:
        if child.dep_ == "poss" or (child.i < noun.i and _is_possessive(child)):
            return noun_phrase(child, noun)
        if child.dep_ == "prep" and child.lower_ in _OWNS and child.i > noun.i:
            owner = next((one for one in child.children if one.dep_ == "pobj"), None)
            return noun_phrase(owner, noun)
        if child.dep_ == "acl" and child.lemma_ in lexicon().supporting:
            by = agent(child)
            if by is not None:
                return noun_phrase(by, noun)
    return None


def _is_possessive(noun: Token) -> bool:
    return any(child.dep_ == "case" and child.tag_ == "POS" for child in noun.children)


def of_adjective(passage: Passage, adjective: Token) -> Attribution | None:
    """Find the statement of an adjective: "was adamant that the bridge was shut", "was convinced that ...".

    Args:
        passage: a parsed passage.
        adjective: an adjective in it, or the passive of a verb.

    Returns:
        An attribution whose cue is the verb with the adjective, or None.
    """
    entry = lexicon().adjectives.get(adjective.lower_)
    if entry is None:
        return None
    verb = adjective if is_passive(adjective) else adjective.head
    negated = any(child.dep_ == "neg" for child in adjective.children)
    if verb.pos_ not in VERBS or negated or is_non_report(verb):
        return None
    holders = [adjective, verb] if adjective.dep_ == "acomp" else [adjective]
    behind = [child for holder in holders for child in holder.children if child.i > adjective.i]
    clause = next((child for child in behind if _is_stated(child)), None)
    source = noun_phrase(subject(verb), verb) if verb == adjective else source_of(verb)
    if clause is None or source is None or source.head.lower_ in {"it", "i", "we", "this", "that"}:
        return None
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    cue = tuple(sorted({*helpers, verb, adjective}, key=lambda token: token.i))
    content = tuple(without_that(clause))
    return Attribution(passage, entry, cue, content, source, clausal=True)


def _is_that(clause: Token) -> bool:
    """Return whether "that" opens a clause as a conjunction; it is none in "the claim that he made"."""
    return any(
        child.lower_ == "that"
        and (child.dep_ == "mark" or (child.tag_ == "IN" and clause.dep_ != "relcl"))
        for child in clause.children
    )


def _is_stated(clause: Token) -> bool:
    return clause.dep_ == "ccomp" or (clause.dep_ == "advcl" and _is_that(clause))


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.children)


def _sent_by(passage: Passage, noun: Token, entry: Cue) -> Attribution | None:
    """Find the statement of a whole clause that ends in "in a message sent by X to Y"."""
    opening = noun.head
    if opening.dep_ != "prep" or opening.lower_ not in {"in", "through", "via"}:
        return None
    sent = next((child for child in noun.children if _is_sent(child)), None)
    sender = _sender(sent) if sent is not None else None
    source = noun_phrase(sender, noun)
    if sent is None or source is None:
        return None
    inside = range(opening.i, noun.right_edge.i + 1)
    content = tuple(token for token in clause_around(opening) if token.i not in inside)
    told = tuple(told_to(sent))
    apart = {*source.tokens, *told}
    last = max(sent.i + 1, source.tokens[0].i)
    cue = tuple(token for token in passage.doc[opening.i : last] if token not in apart)
    return Attribution(passage, entry, cue, content, source, clausal=True, told=told)


def _is_sent(clause: Token) -> bool:
    return clause.dep_ in {"acl", "relcl"} and clause.lemma_ in lexicon().sending


def _sender(sent: Token) -> Token | None:
    """Find the sender: "sent by their spokesman", "that their spokesman sent"."""
    sender = subject(sent)
    if is_passive(sent) or sender is None or sender.lower_ in RELATIVES:
        return agent(sent)
    return sender
