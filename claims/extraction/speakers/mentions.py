"""Analyses a noun phrase: its name, role, kind, and the pronoun that may refer to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.attribution.sources import RELATIVES
from claims.extraction.lexicons.source_kinds import OTHER, kinds
from claims.extraction.text.parsing import Passage

_SKIPPED = frozenset({"compound", "appos", "amod", "nmod", "npadvmod"})
"""Where a noun stands inside another one's phrase."""
_PARTITIVE = re.compile(
    r"(?i)^(?:one|two|three|another|some|several|many|most|both|either|each) of (?:the |these |those |its )?"
    r"(?:two |three |four )?"
)
_CORE_END = re.compile(
    r"\s(?:of|for|with|in|at|from|on|to|about|by|who|that|which|whose)\s|[,(]", re.IGNORECASE
)
_PARTICLES = frozenset({"e", "al", "de", "bin", "van", "von"})
_LONGEST_TITLE = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person, organisation or thing in the article.

    Attributes:
        place: the place of its first word.
        name: its proper name there, without titles, or "".
        role: its description there, or "".
        kind: the kind indicated by the description, titles and name.
        plural: it refers to several.
        subject: it is what its clause is about, or the source of a statement.
        speaks: it is the source of a statement.
        gender: the pronoun it takes: "she", "he", "it", or "" if nothing indicates it.
    """

    place: int
    name: str
    role: str
    kind: str
    plural: bool
    subject: bool
    speaks: bool
    gender: str


def mentions(passage: Passage) -> Iterator[tuple[Token, Mention]]:
    """Find the mentions in a passage, outside whole quotations.

    Args:
        passage: a parsed passage.

    Yields:
        The noun that each one depends on, and the mention.
    """
    for token in passage.doc:
        if passage.masked[token.i] is not None or token.pos_ not in {"PROPN", "NOUN"}:
            continue
        if token.dep_ in _SKIPPED and not _is_titled(token):
            continue
        mention = describe(passage, token, tuple(token.subtree))
        if mention.name or mention.kind != OTHER:
            yield token, mention


def _is_titled(token: Token) -> bool:
    """Return whether a name with a title stands where the parser saw a time: "the driver, Mr Voss, to ..."."""
    titles = kinds().titles
    return token.dep_ == "npadvmod" and any(one.text in titles for one in token.lefts)


def describe(passage: Passage, head: Token, tokens: Sequence[Token]) -> Mention:
    """Analyse a noun phrase.

    Args:
        passage: its passage.
        head: the noun it depends on.
        tokens: all its words.

    Returns:
        The mention, from these words alone.
    """
    inside = {token for token in tokens if token.lower_ not in RELATIVES}
    beside = _appositions(head, inside)
    parts = [head, *beside]
    bearer = next((one for one in parts if _is_proper(one)), None)
    if bearer is head and beside and kinds().is_title(head.text) and _is_proper(beside[0]):
        return _titled(passage, head, beside[0])
    title, name = _split_titles(_name_run(bearer)) if bearer is not None else ("", [])
    described = _described(parts, named=bearer is not None)
    if described is not None:
        role = passage.words(_own_words(described, inside, beside))
    else:
        role = _role_before(passage, bearer, title) if bearer is not None else ""
    return _mention(passage, head, name, role, title)


def _titled(passage: Passage, title: Token, bearer: Token) -> Mention:
    """Analyse a title that the parser took for the noun, with the name as its apposition."""
    words = passage.words(title.doc[title.left_edge.i : title.i + 1])
    return _mention(passage, title, _name_run(bearer), words, title.text)


def core(role: str) -> str:
    """Return a description's noun with the words before it: "friend" of "friend of the minister".

    "One of the officials" is an official.
    """
    return _CORE_END.split(_PARTITIVE.sub("", role))[0]


def _appositions(head: Token, inside: set[Token]) -> list[Token]:
    """Find the other descriptions in the phrase; the parser may attach a name elsewhere."""
    own = [token for token in head.children if token.dep_ == "appos" and token in inside]
    if head.pos_ in {"NUM", "PRON", "DET"}:
        # "One of them, Ada Venn, a baker": the baker depends on the name.
        own += [below for one in own for below in one.children if below.dep_ == "appos"]
    strays = [
        token
        for token in sorted(inside, key=lambda one: one.i)
        if token != head and token.head not in inside and _is_proper(token)
    ]
    return [*own, *strays]


def _described(parts: Sequence[Token], *, named: bool) -> Token | None:
    """Choose the noun that describes: "baker" in "one of them, a baker" and "one of them, Ada Venn, a baker"."""
    # A number beside a name is its bearer's age.
    plain = [one for one in parts if not _is_proper(one) and not (named and one.text.isdigit())]
    if len(plain) > 1 and plain[0].pos_ in {"NUM", "PRON", "DET"}:
        return plain[1]
    return next(iter(plain), None)


def _own_words(described: Token, inside: set[Token], beside: Sequence[Token]) -> Iterator[Token]:
    clauses = [
        token
        for token in described.children
        if token.dep_ == "relcl" or (token.dep_ == "acl" and _is_set_off(token))
    ]
    apart = [
        one for one in (*beside, *clauses) if one != described and not one.is_ancestor(described)
    ]
    for token in described.subtree:
        if token in inside and not any(_below(token, one) for one in apart):
            yield token


def _is_set_off(clause: Token) -> bool:
    """Return whether a participle after a comma tells more than what its noun is: ", published in May,"."""
    before = clause.left_edge.i - 1
    return before > 0 and clause.doc[before].text == ","


def _role_before(passage: Passage, bearer: Token, title: str) -> str:
    """Find the role before a name: "interior minister Ilse Brandt", "Dep Insp Gen Tarek Voss"."""
    run = _name_run(bearer)
    start = run[0].i
    before = [
        token.left_edge.i
        for part in run
        for token in part.lefts
        if token.i < start and token.dep_ in {"compound", "amod", "nmod", "poss"}
    ]
    role = passage.words(bearer.doc[min(before) : start]) if before else ""
    telling = title if kinds().titles.get(title, title) else ""
    return " ".join(filter(None, (role, telling)))


def _below(token: Token, top: Token) -> bool:
    return top == token or top.is_ancestor(token)


def _mention(
    passage: Passage, head: Token, name: Sequence[Token], role: str, title: str
) -> Mention:
    lexicon = kinds()
    words = [word.strip(",") for word in f"{role} {title}".split()]
    titled = (lexicon.titles[word] for word in reversed(words) if lexicon.titles.get(word))
    called = passage.words(name)
    kind = lexicon.of(core(role), called)
    if kind == OTHER:
        kind = next(titled, "") or lexicon.of(role)
    if name and kind == "unnamed":
        kind = OTHER
    return Mention(
        place=passage.places[head.left_edge.i][0],
        name=called,
        role=role,
        kind=kind,
        plural=head.tag_ in {"NNS", "NNPS"} or any(token.dep_ == "conj" for token in head.children),
        subject=head.dep_ in {"nsubj", "nsubjpass"},
        speaks=False,
        gender=_gender(name, called, role, set(words)),
    )


def _gender(name: Sequence[Token], called: str, role: str, words: set[str]) -> str:
    """Return the pronoun for a mention; for organisations and things it is "it" ("the Star of Aldmere")."""
    lexicon = kinds()
    if lexicon.female & words:
        return "she"
    if lexicon.male & words:
        return "he"
    start = name[0].i if name else 0
    if start and name[0].doc[start - 1].lower_ == "the":
        return "it"
    body = lexicon.is_body(core(role)) if role else lexicon.of("", called) != OTHER
    return "it" if body else ""


def _name_run(bearer: Token) -> list[Token]:
    doc = bearer.doc
    first = last = bearer.i
    while first > 0 and _in_name(doc[first - 1], doc[first]) and first - 1 >= bearer.left_edge.i:
        first -= 1
    while (
        last + 1 <= bearer.right_edge.i
        and _is_proper(doc[last + 1])
        and doc[last + 1].dep_ != "appos"
    ):
        last += 1
    for child in doc[last].children:
        if child.lower_ == "of" and child.i == last + 1 and _is_proper(doc[child.right_edge.i]):
            last = child.right_edge.i
    return list(doc[first : last + 1])


def _is_proper(token: Token) -> bool:
    return token.pos_ == "PROPN" and not token.is_lower


def _in_name(token: Token, following: Token) -> bool:
    if _is_proper(token):
        return token.dep_ in {"compound", "nmod", "amod", "poss"} or token.head == following
    return token.text == "-" or (token.lower_ in _PARTICLES and token.i > 0)


def _split_titles(run: list[Token]) -> tuple[str, list[Token]]:
    """Split titles from the name after them, one title of one or more words after another."""
    start = 0
    while start < len(run) - 1:
        for end in range(min(start + _LONGEST_TITLE, len(run) - 1), start, -1):
            if kinds().is_title(" ".join(token.text for token in run[start:end])):
                start = end
                break
        else:
            break
    return " ".join(token.text for token in run[:start]), run[start:]
