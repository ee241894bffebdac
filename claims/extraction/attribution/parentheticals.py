"""Cues after or within their statement: "the bridge, he said, will open"."""

from collections.abc import Iterator

from spacy.tokens import Token

from claims.extraction.attribution.sources import is_passive, subject
from claims.extraction.lexicons.cues import entry_of, lexicon
from claims.extraction.text.parsing import VERBS

LEADING = frozenset({"but", "and", "yet", "so", "still", "however", "where", "which", ","})
"""Words at the start of a statement that are none of it."""
_RELATIVE = "which"
_APART = frozenset({",", "—", "–", "-", "―", "."})


def leads(token: Token) -> bool:
    """Return whether a word at the start of a statement is none of it; a "which" that opens a sentence is its subject."""
    opens = token.lower_ == _RELATIVE and token.is_sent_start
    return token.lower_ in LEADING and not opens


def boundary(verb: Token) -> int:
    """Find where a cue's own words begin: at its subject, or at the cue if the subject follows.

    For "was quoted as saying", they begin where those of "quoted" do.
    """
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and is_passive(verb.head.head):
        return boundary(verb.head.head)
    found = subject(verb)
    helpers = [child.i for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    return min([verb.i, *helpers, *([found.left_edge.i] if found is not None else [])])


def is_aside(verb: Token) -> bool:
    """Return whether a cue is inside or after its statement: "the bridge, he said, will open"."""
    if verb.dep_ == "parataxis":
        return subject(verb) is not None
    head = verb.head
    if _is_as(verb):
        return subject(verb) is not None and not any(
            child.dep_ == "dobj" and child.lower_ != "it" for child in verb.children
        )
    beside = verb.dep_ == "conj" and not any(child.dep_ == "cc" for child in head.children)
    return (
        (verb.dep_ in {"ccomp", "advcl", "dep"} or beside)
        and head.pos_ in VERBS
        and head.i != verb.i
        and subject(verb) is not None
        and _stands_apart(verb)
        and not any(child.dep_ in {"dobj", "mark", "xcomp"} for child in verb.children)
    )


def _is_as(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in verb.children
    )


def _stands_apart(verb: Token) -> bool:
    left = boundary(verb)
    # What is added after "..., he said, and ..." is not the cue's own.
    own = [child for child in verb.children if child.dep_ not in {"conj", "cc", "punct"}]
    right = max([verb.i, *(child.right_edge.i for child in own)])
    doc = verb.doc
    before = left > verb.sent.start and doc[left - 1].text in _APART
    after = right + 1 < verb.sent.end and doc[right + 1].text in _APART
    return before and after


def before_cue(verb: Token, clause: Token) -> list[Token]:
    """Extend a statement before its cue back to the start of the sentence."""
    doc = verb.doc
    first = clause.left_edge.i
    if verb.dep_ == "ROOT":
        occasions = [child.right_edge.i for child in verb.children if _is_occasion(child, clause)]
        first = max(occasions) + 1 if occasions else verb.sent.start
    marks = [token.i for token in doc[first : clause.i] if token.text in {":", ";"}]
    first = max([first, *(mark + 1 for mark in marks)])
    while first < clause.i and (leads(doc[first]) or doc[first].is_space):
        first += 1
    return list(doc[first : max(boundary(verb), clause.i + 1)])


def _is_occasion(child: Token, clause: Token) -> bool:
    """Return whether words before a statement tell where it was made: "in a letter to the bank, ..."."""
    leads = child.dep_ in {"prep", "advcl"} and child.right_edge.i < clause.left_edge.i
    return leads and _names_occasion(child)


def _names_occasion(phrase: Token) -> bool:
    names = lexicon().messages | lexicon().interviews
    return any(token.lemma_ in names for token in phrase.subtree)


def around_cue(verb: Token) -> list[Token]:
    """Return the words of a statement around its cue, without other reports beside it."""
    own = set(verb.subtree) - set(resumed(verb))
    head = verb.head
    rest = list(head.sent if head.dep_ == "ROOT" else head.subtree)
    marks = [token.i for token in rest if token.text == ";"]
    first = max((mark for mark in marks if mark < verb.i), default=-1) + 1
    last = min((mark for mark in marks if mark > verb.i), default=len(verb.doc))
    elsewhere = [child for child in head.children if child.i > verb.i and _speaks_itself(child)]
    last = min([last, *(child.left_edge.i for child in elsewhere)])
    rest = [token for token in rest if first <= token.i < last]
    while elsewhere and rest and (rest[-1].dep_ == "cc" or rest[-1].is_punct):
        rest.pop()
    aside = {
        token
        for child in head.children
        if child.dep_ == "advcl" and child.tag_ == "VBG" and child.i > verb.i and entry_of(child)
        for token in child.subtree
    }
    content = [token for token in rest if token not in own and token not in aside]
    while content and leads(content[0]):
        content.pop(0)
    return content


def _speaks_itself(clause: Token) -> bool:
    """Return whether a clause after a cue has its own source: "..., she said, but he put it at nine"."""
    return clause.dep_ == "conj" and subject(clause) is not None and entry_of(clause) is not None


def resumed(verb: Token) -> Iterator[Token]:
    """Yield the words that continue a statement after its cue, and that the parser attached to the cue.

    "It is shut, she added, and nobody may pass"; "it was corrected, as she noted in her letter, in
    May".
    """
    doc = verb.doc
    for child in verb.children:
        first = child.left_edge.i - (1 if child.dep_ == "conj" else 0)
        if child.i < verb.i or doc[first - 1].text != ",":
            continue
        clause = child.dep_ == "conj" and subject(child) is not None and entry_of(child) is None
        if clause or (child.dep_ == "prep" and not _names_occasion(child)):
            yield from doc[first : child.right_edge.i + 1]
