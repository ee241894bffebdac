"""Whom a source's words mean in this article: names, roles, kinds, and what pronouns stand for."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from claims.extraction.grammar import Passage
from claims.extraction.kinds import OTHER, kinds
from claims.extraction.sources import RELATIVES, Source
from claims.extraction.types import Speaker

_GROUPS = frozenset(
    {"armed-group", "organisation", "company", "media", "official", "police-military"}
)
_THINGS = _GROUPS | {"document", "court"}
_BODIES = frozenset({"armed-group", "organisation", "company"})
_NOT_PEOPLE = frozenset({"armed-group", "organisation", "company", "media", "document", "unnamed"})
_ARTICLES = frozenset({"the", "a", "an"})
_SHE = frozenset({"she", "her", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_ACRONYM = re.compile(
    r"((?:[A-Z][\w’'-]*)(?:[ -](?:[A-Z][\w’'-]*|of|for|and|the|e|de)){0,8}) \(([A-Z]{2,8})\)"
)
_LOOK_BACK = 200
"""Mentions; what a pronoun or description stands for is no further off."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, body or thing where the article speaks of it.

    Attributes:
        place: where its first word stands.
        name: its proper name there, without titles, or "".
        role: its description there, or "".
        kind: what the description, titles and name make of it.
        plural: it is described as several.
        subject: it is what its clause is about.
        gender: the pronoun it takes: "she", "he", "it", or "" where nothing tells.
    """

    place: int
    name: str
    role: str
    kind: str
    plural: bool
    subject: bool
    gender: str


class Cast:
    """Everybody and everything an article has named so far and later on.

    Args:
        passages: the article's parsed passages, in order.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._mentions = sorted(
            (mention for passage in passages for mention in _mentions(passage)),
            key=lambda one: one.place,
        )
        self._names = _full_names(self._mentions)
        self._kinds = {
            self._names.get(one.name, one.name): one.kind
            for one in reversed(self._mentions)
            if one.name and one.kind != OTHER
        }
        text = passages[0].text if passages else ""
        self._acronyms = {match[2]: _without_article(match[1]) for match in _ACRONYM.finditer(text)}

    def speaker(self, passage: Passage, source: Source) -> Speaker:
        """Tell whom a source's words mean.

        Args:
            passage: where they stand.
            source: the words.

        Returns:
            The speaker: the named one where a pronoun, surname or description stands for one, else the
            words themselves.
        """
        words = passage.words(source.tokens)
        here = describe(passage, source.head, source.tokens)
        if source.head.text in self._names and not here.name:
            # The parser takes a rare surname for a common noun.
            here = replace(here, name=source.head.text, role="")
        joints = {token.lower_ for token in source.head.children if token.dep_ == "cc"}
        if "and" in joints and any(token.dep_ == "conj" for token in source.head.children):
            return Speaker(_without_article(words), kinds().of(source.head.lower_), "", words)
        if here.name:
            return self._named(here, words)
        found = self._stands_for(source.head, here)
        if found is not None:
            name = self._names.get(found.name, found.name) or found.role
            known = self._kinds.get(name, found.kind)
            kind = known if known != OTHER else here.kind
            role = "" if source.head.pos_ == "PRON" else here.role
            return Speaker(_without_article(name), kind, role, words)
        name = self._with_owner(source, here) or _without_article(here.role) or words
        return Speaker(name, here.kind, "", words)

    def _named(self, here: Mention, words: str) -> Speaker:
        name = self._acronyms.get(here.name) or self._names.get(here.name, here.name)
        kind = here.kind if here.kind != OTHER else self._kinds.get(name, kinds().of("", name))
        return Speaker(name, kind, here.role, words)

    def _with_owner(self, source: Source, here: Mention) -> str:
        """Put a name in the place of "their" in "their spokesperson"."""
        for token in source.head.children:
            if token.dep_ == "poss" and token.tag_ == "PRP$":
                owner = self._pronoun(token.lower_, here.place)
                if owner is not None and owner.name:
                    rest = [word.text for word in source.tokens if word.i > token.i]
                    return f"{self._names.get(owner.name, owner.name)}’s {' '.join(rest)}"
        return ""

    def _stands_for(self, head: Token, here: Mention) -> Mention | None:
        if head.pos_ == "PRON" or head.lower_ in RELATIVES:
            return self._pronoun(head.lower_, here.place)
        if any(token.lower_ in {"the", "this", "that"} for token in head.children):
            return self._description(head, here)
        return None

    def _pronoun(self, word: str, place: int) -> Mention | None:
        if word in _SHE | _HE:
            gender = "she" if word in _SHE else "he"
            return self._nearest(place, lambda one: _is_person(one) and one.gender in {gender, ""})
        if word in _IT:
            found = self._nearest(place, lambda one: one.kind in _THINGS and not one.plural)
            return found or self._nearest(place, _may_be_group)
        if word in _THEY:
            found = self._nearest(place, lambda one: one.plural or one.kind in _GROUPS)
            return found or self._nearest(place, _may_be_group)
        return None

    def _nearest(self, place: int, fits: Callable[[Mention], bool]) -> Mention | None:
        before = [one for one in self._before(place) if fits(one)]
        return next((one for one in before if one.subject), None) or next(iter(before), None)

    def _before(self, place: int) -> Iterator[Mention]:
        """Give the mentions before a place, the nearest first, as far back as readers remember."""
        end = bisect_left(self._mentions, place, key=lambda one: one.place)
        return reversed(self._mentions[max(0, end - _LOOK_BACK) : end])

    def _description(self, head: Token, here: Mention) -> Mention | None:
        """Find the named one whom "the minister" or "the group" describes again."""
        noun = re.compile(rf"(?<!\w){re.escape(head.lemma_.lower())}(?:s|es)?(?!\w)")
        earlier = [one for one in self._before(here.place) if one.name]
        described = (one for one in earlier if one.role and noun.search(one.role.lower()))
        found = next(described, None)
        if found is None and here.kind in _BODIES and not here.plural:
            bodies = {here.kind, "armed-group"} if here.kind == "organisation" else {here.kind}
            found = next((one for one in earlier if one.kind in bodies), None)
        return found


def _is_person(mention: Mention) -> bool:
    if mention.plural or mention.kind in _NOT_PEOPLE or not mention.name:
        return False
    return (
        bool(mention.role) or " " in mention.name or bool(mention.gender) or mention.kind != OTHER
    )


def _may_be_group(mention: Mention) -> bool:
    """Say whether a name may be a body's: nothing describes its bearer as a person."""
    return (
        bool(mention.name) and mention.subject and mention.gender in {"", "it"} and not mention.role
    )


def _full_names(mentions: Iterable[Mention]) -> dict[str, str]:
    """Tie each surname or short name to the first longer name that ends in it."""
    full: dict[str, str] = {}
    for mention in mentions:
        words = mention.name.split()
        if len(words) > 1:
            full.setdefault(words[-1], mention.name)
    return full


def _mentions(passage: Passage) -> Iterator[Mention]:
    for token in passage.doc:
        if passage.masked[token.i] is not None or token.pos_ not in {"PROPN", "NOUN"}:
            continue
        if token.dep_ in {"compound", "appos", "amod", "nmod", "npadvmod"}:
            continue
        mention = describe(passage, token, tuple(token.subtree))
        if mention.name or mention.kind != OTHER:
            yield mention


def describe(passage: Passage, head: Token, tokens: Sequence[Token]) -> Mention:
    """Read a noun phrase: the name in it, the role, the kind.

    Args:
        passage: where it stands.
        head: the noun it hangs on.
        tokens: all its words.

    Returns:
        What it says, without looking anywhere else.
    """
    inside = [token for token in tokens if token.lower_ not in RELATIVES]
    beside = [token for token in head.children if token.dep_ == "appos" and token in inside]
    bearer = next((one for one in (head, *beside) if _is_proper(one)), None)
    if bearer is None:
        own = [token for token in inside if not any(_below(token, one) for one in beside)]
        return _mention(passage, head, [], passage.words(own), "")
    title, name = _split_titles(_name_run(bearer))
    described = next((one for one in (head, *beside) if not _is_proper(one)), None)
    if described is None:
        return _mention(passage, head, name, _role_before(passage, bearer, title), title)
    apart = beside if described == head else []
    own = [
        token
        for token in described.subtree
        if token in inside and not any(_below(token, one) for one in apart)
    ]
    return _mention(passage, head, name, passage.words(own), title)


def _role_before(passage: Passage, bearer: Token, title: str) -> str:
    """Read the role before a name: "interior minister Ilse Brandt", "Dep Insp Gen Tarek Voss"."""
    start = _name_run(bearer)[0].i
    before = [
        token.left_edge.i
        for token in bearer.lefts
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
    kind = lexicon.of(_core(role), called)
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
        gender=_gender(name, set(words)),
    )


def _gender(name: Sequence[Token], words: set[str]) -> str:
    """Tell what pronoun a name takes: one behind "the" is a thing's ("the Star of Aldmere")."""
    if kinds().female & words:
        return "she"
    if kinds().male & words:
        return "he"
    start = name[0].i if name else 0
    return "it" if start and name[0].doc[start - 1].lower_ == "the" else ""


def _core(role: str) -> str:
    """Cut a description before its first preposition: "a friend of the minister" is a friend."""
    return re.split(r"\s(?:of|for|with|in|at|from|on|who|to|about|by)\s|,", role)[0]


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
    return token.text == "-" or (
        token.lower_ in {"e", "al", "de", "bin", "van", "von"} and token.i > 0
    )


def _split_titles(run: list[Token]) -> tuple[str, list[Token]]:
    """Part titles from the name behind them, one title of one or more words after another."""
    titles = kinds().titles
    start = 0
    while start < len(run) - 1:
        for end in range(min(start + 4, len(run) - 1), start, -1):
            if " ".join(token.text for token in run[start:end]) in titles:
                start = end
                break
        else:
            break
    return " ".join(token.text for token in run[:start]), run[start:]


def _without_article(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else words
