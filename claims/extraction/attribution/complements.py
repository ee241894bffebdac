"""Finds the complement of a cue in the parse: the statement after or before it, in all its shapes.

There is one function per shape; each gets the parsed passage and the cue's verb and returns the
statement's words, or nothing. Which shapes a cue takes is data, in `cues.toml`.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial

from spacy.tokens import Token

from claims.extraction.attribution.non_reports import is_nobody, is_person
from claims.extraction.attribution.parentheticals import (
    around_cue,
    before_cue,
    boundary,
    is_aside,
    resumed,
)
from claims.extraction.attribution.prepositions import (
    figure,
    passive_subject,
    preposition,
    prepositional_object,
)
from claims.extraction.attribution.questions import asked
from claims.extraction.attribution.sources import (
    agent,
    direct_object,
    is_passive,
    is_taken_over,
    subject,
)
from claims.extraction.lexicons.cues import Cue, entry_of, lexicon
from claims.extraction.text.parsing import VERBS, Passage

Shape = Callable[[Passage, Token], Sequence[Token]]

_ORIGINS = frozenset({"from", "of", "against", "by", "within"})
"""Prepositions right after an object that tell of it, wherever the parser attached them."""
_POINTING = frozenset({"it", "this", "that"})
_AGAINST = frozenset({"while", "whereas", "although", "though"})


def shapes(entry: Cue) -> Sequence[tuple[str, Shape, bool]]:
    """Return the functions for the shapes that a cue takes, in the order in which they are tried.

    Args:
        entry: the cue; a shape of it that is not in the table is a preposition.

    Returns:
        Each shape's name, its function, and whether it finds a clause or sentence of its own.
    """
    return _ranked(entry.takes, spoken=entry.spoken)


@cache
def _ranked(takes: frozenset[str], *, spoken: bool) -> Sequence[tuple[str, Shape, bool]]:
    wanted = {*_QUOTED, *takes} if spoken else takes
    ranked = sorted(
        wanted, key=lambda name: (_ORDER.index(name) if name in _SHAPES else _PREPOSITIONS, name)
    )
    return [
        (name, _SHAPES.get(name) or partial(preposition, name), name in _CLAUSAL) for name in ranked
    ]


def _clause(_: Passage, verb: Token) -> Sequence[Token]:
    """A clause of its own: "said the bridge was shut", "the bridge is shut, he said"."""
    if verb.dep_ == "pcomp" and boundary(verb) != verb.i:
        # "..., the governor was quoted as saying": what was said depends on "quoted".
        clauses = [child for child in verb.head.head.children if child.dep_ == "ccomp"]
        return before_cue(verb.head.head, clauses[0]) if clauses else _behind(verb)
    return _behind(verb)


def _behind(verb: Token) -> Sequence[Token]:
    """Read a clause at a cue of its own: after it, before it, or around it."""
    clauses = [child for child in verb.children if child.dep_ == "ccomp"]
    behind = [clause for clause in clauses if clause.right_edge.i > verb.i]
    if behind:
        further = [child for child in verb.children if _is_second_that(child)]
        return without_that(behind[0], [*behind, *further][-1])
    if clauses:
        return [*before_cue(verb, clauses[0]), *resumed(verb)]
    if is_aside(verb):
        return around_cue(verb)
    return _misread_before(verb) or _misread_clause(verb) or asked(verb)


def _impersonal(_: Passage, verb: Token) -> Sequence[Token]:
    """A clause that nobody is named for: "it is understood that the vote was void"."""
    own = subject(verb)
    named = own is not None and own.lower_ == "it" and is_passive(verb)
    return _behind(verb) if named else []


def _it(_: Passage, verb: Token) -> Sequence[Token]:
    """A clause behind a verb with "it" for its subject: "it emerged that the vote was void"."""
    own = subject(verb)
    return _behind(verb) if own is not None and own.lower_ == "it" else []


def _that_clause(passage: Passage, verb: Token) -> Sequence[Token]:
    """A clause after its cue that opens with "that": "held that the sale was void"."""
    found = _clause(passage, verb)
    opened = bool(found) and found[0].i > verb.i and verb.doc[found[0].i - 1].lower_ == "that"
    return found if opened else []


def _is_second_that(clause: Token) -> bool:
    """Return whether a clause continues a cue's complement: "said it was shut, but that it was safe"."""
    return (
        clause.dep_ == "conj"
        and subject(clause) is not None
        and any(_is_that(child) for child in clause.children)
    )


def _misread_before(verb: Token) -> Sequence[Token]:
    """Take what is before a cue at its sentence's end, where the parser saw one clause with two subjects."""
    own = subject(verb)
    others = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if verb.dep_ != "ROOT" or own is None or not others or own == others[0]:
        return []
    before = verb.doc[verb.sent.start : min(own.left_edge.i, verb.i)]
    finite = any(token.pos_ in VERBS for token in before)
    return list(before) if finite and before[-1].text == "," else []


def _misread_clause(verb: Token) -> Sequence[Token]:
    """Take what follows a "that" which the parser took for a pronoun or an article, or gave to the addressee."""
    told = direct_object(verb) if verb.lemma_ in lexicon().telling else None
    for child in told.children if told is not None else ():
        if child.dep_ in {"relcl", "acl"} and any(_is_that(mark) for mark in child.children):
            return without_that(child)
    doc, end = verb.doc, verb.right_edge.i + 1
    for token in doc[verb.i + 1 : end]:
        if token.lower_ == "that" and token.dep_ != "mark":
            subjects = sum(child.dep_ == "nsubj" for child in token.head.children)
            other = subjects and token.dep_ not in {"nsubj", "det"}
            joins = token.tag_ == "IN" and (token.i == verb.i + 1 or other)
            return list(doc[token.i + 1 : end]) if joins or subjects > 1 else []
    return []


def without_that(clause: Token, to: Token | None = None) -> Sequence[Token]:
    """Take a clause after its cue, or several up to `to`, from the first word after "that".

    A cue that the parser attached to the clause by mistake is left out with all that follows.
    """
    doc = clause.doc
    first, last = clause.left_edge.i, (to or clause).right_edge.i
    taken = next(
        (child for child in clause.children if is_taken_over(child) or _answers(child)), None
    )
    if taken is not None:
        last = taken.left_edge.i - 1
        while doc[last].dep_ == "cc" or doc[last].is_punct:
            last -= 1
    first = _behind_aside(clause, first)
    while first <= last and (_is_that(doc[first]) or _is_loose(doc[first])):
        first += 1
    return list(doc[first : last + 1])


def _behind_aside(clause: Token, first: int) -> int:
    """Skip "citing records," before "that", which the parser attached to the clause and is the cue's own."""
    opened = next((child for child in clause.children if _is_that(child)), None)
    if opened is None or opened.i == first or clause.doc[opened.i - 1].text != ",":
        return first
    return opened.i if clause.doc[first].tag_ == "VBG" else first


def _answers(clause: Token) -> bool:
    """Return whether a clause is another report: "said it would flood, while Oram insisted that ..."."""
    marks = {child.lower_ for child in clause.children if child.dep_ == "mark"}
    beside = clause.dep_ == "conj" or (clause.dep_ == "advcl" and bool(marks & _AGAINST))
    return (
        beside
        and clause.i > clause.head.i
        and subject(clause) is not None
        and entry_of(clause) is not None
        and any(child.dep_ == "ccomp" for child in clause.children)
    )


def _is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _is_loose(token: Token) -> bool:
    return token.is_punct and not token.is_quote


def _quotation_before(passage: Passage, verb: Token) -> Sequence[Token]:
    """A whole quotation right before the cue: "“...,” he said"."""
    doc, sentence = verb.doc, verb.sent
    left = boundary(verb) - 1
    while left >= sentence.start and (doc[left].is_punct or doc[left].is_space):
        left -= 1
    if left < sentence.start or passage.masked[left] is None:
        return []
    content = _stand_in(passage, left)
    before = doc[sentence.start : content[0].i]
    return [] if any(token.is_alpha for token in before) else content


def _quotation_after(passage: Passage, verb: Token) -> Sequence[Token]:
    """A whole quotation after the cue, where the parser saw no clause."""
    doc, sentence = verb.doc, verb.sent
    right = verb.i + 1
    while right < sentence.end and passage.masked[right] is None:
        if doc[right].pos_ in VERBS:
            return []
        right += 1
    return _stand_in(passage, right) if right < sentence.end else []


def _stand_in(passage: Passage, index: int) -> list[Token]:
    hidden = passage.masked[index]
    return [token for token in passage.doc if passage.masked[token.i] == hidden]


def _infinitive(_: Passage, verb: Token) -> Sequence[Token]:
    """An infinitive or gerund: "vowed to rebuild", "denied taking bribes"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.i > verb.i:
            return without_that(child)
    return []


def _object_infinitive(_: Passage, verb: Token) -> Sequence[Token]:
    """Someone and what they are to do: "urged voters to wait", "voters were told to wait"."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"ccomp", "xcomp"}:
            to = [token for token in child.children if token.lower_ == "to" and token.dep_ == "aux"]
            target = direct_object(verb) or subject(child) or prepositional_object(verb)
            if to and is_passive(verb) and subject(verb) is not None:
                return [*passive_subject(verb), *child.subtree]
            if to and target is not None and verb.i < target.i < child.i:
                return list(verb.doc[target.left_edge.i : child.right_edge.i + 1])
    return []


def _passive_infinitive(_: Passage, verb: Token) -> Sequence[Token]:
    """Someone and what they are said to do: "the men were said to have fled"."""
    behind = [child for child in verb.children if child.dep_ == "xcomp" and child.i > verb.i]
    if not behind or not is_passive(verb):
        return []
    return [*passive_subject(verb), *behind[0].subtree]


def _object_predicate(_: Passage, verb: Token) -> Sequence[Token]:
    """Someone and what they are called: "called the plan a disaster"."""
    names = [child for child in verb.children if child.dep_ == "oprd" and child.i > verb.i]
    target = direct_object(verb) or (names[0] if len(names) > 1 else None)
    for child in verb.children:
        second = child.dep_ == "dobj" and child != target
        if (child.dep_ == "oprd" or second) and child.i > verb.i and child != target:
            if target is None:
                return [*passive_subject(verb), *child.subtree] if is_passive(verb) else []
            first = min(target.left_edge.i, child.left_edge.i)
            return list(verb.doc[first : child.right_edge.i + 1])
        if child.dep_ == "ccomp" and child.i > verb.i and child.pos_ not in VERBS:
            return list(child.subtree)
    return []


def _predicate(_: Passage, verb: Token) -> Sequence[Token]:
    """What the source says it is: "pleaded not guilty"."""
    for child in verb.children:
        if child.dep_ in {"acomp", "oprd"} and child.i > verb.i:
            return list(child.subtree)
    return []


def _aside(_: Passage, verb: Token) -> Sequence[Token]:
    """A clause before its cue: "the bridge is shut, the Gazette understands"."""
    found = _behind(verb)
    return found if found and found[0].i < verb.i else []


def _object_alone(_: Passage, verb: Token) -> Sequence[Token]:
    """A thing: "announced a new tax"."""
    target = direct_object(verb) or _misread_object(verb)
    if target is None and _is_denying(verb) and agent(verb) is not None:
        # "That account was contradicted by two officials"
        return passive_subject(verb)
    if target is None or target.i < verb.i:
        return []
    if target.pos_ not in {"NOUN", "PROPN"}:
        return [target] if target.lower_ in _POINTING and _is_denying(verb) else []
    if is_nobody(target) or _states(verb, target) or (_is_denying(verb) and is_person(target)):
        return []
    last = target.right_edge.i
    behind = verb.doc[last + 1 : last + 2]
    if verb.doc[last].is_title and any(token.like_num for token in behind):
        last += 1  # "Rs 50,000", whose figure the parser attached elsewhere
    for child in verb.children:
        if child.i == last + 1 and child.lower_ in _ORIGINS:
            last = child.right_edge.i
    return list(verb.doc[target.left_edge.i : last + 1])


def _is_denying(verb: Token) -> bool:
    entry = entry_of(verb)
    return entry is not None and entry.mood == "denied"


def _misread_object(verb: Token) -> Token | None:
    """Find the noun of "debunked that claim", which the parser takes for a clause."""
    clauses = (child for child in verb.children if child.dep_ == "ccomp" and child.pos_ == "NOUN")
    return next((one for one in clauses if _is_determined(one)), None)


def _is_determined(noun: Token) -> bool:
    """Return whether a noun has no subject but a "that" before it."""
    own = subject(noun)
    return own is None or (own.lower_ == "that" and own.i == noun.i - 1)


def _states(verb: Token, target: Token) -> bool:
    """Return whether the object holds the statement itself: "expressed the hope that", "made a promise to"."""
    cue = target.lemma_ in lexicon().nouns and verb.lemma_ in lexicon().supporting
    return cue and any(child.dep_ in {"acl", "ccomp"} for child in target.children)


_SHAPES: dict[str, Shape] = {
    "quotation before": _quotation_before,
    "object infinitive": _object_infinitive,
    "clause": _clause,
    "impersonal": _impersonal,
    "it": _it,
    "aside": _aside,
    "that": _that_clause,
    "quotation": _quotation_after,
    "passive infinitive": _passive_infinitive,
    "infinitive": _infinitive,
    "object predicate": _object_predicate,
    "predicate": _predicate,
    "figure": figure,
    "object": _object_alone,
}
_QUOTED = ("quotation before", "quotation")
_ORDER = list(_SHAPES)
_PREPOSITIONS = _ORDER.index("infinitive")
_CLAUSAL = frozenset(
    {"quotation before", "clause", "impersonal", "it", "aside", "that", "quotation"}
)
