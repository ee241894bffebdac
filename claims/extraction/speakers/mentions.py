"""Finds who and what a passage mentions: names with what describes them, descriptions alone, and pronouns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.titles import titles
from claims.extraction.speakers.names import proper
from claims.extraction.speakers.names.persons import DEFINITE, is_description, is_person
from claims.extraction.speakers.names.phrases import PARTIES, Phrases
from claims.extraction.speakers.names.proper import Name
from claims.extraction.speakers.predicates.sentences import predicated
from claims.extraction.speakers.roles import DESCRIPTION, Role, read
from claims.extraction.text.parsing import Passage

SHE = frozenset({"she", "her", "hers", "herself"})
HE = frozenset({"he", "him", "his", "himself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
PRONOUNS = {
    word: group
    for group, words in (("she", SHE), ("he", HE), ("it", IT), ("they", THEY))
    for word in words
}
"""The pronouns of the third person, each with the form that it is a case of."""

_AGED = re.compile(r"(?:\w+ )?(\d{1,3})[- ]years?[- ]old", re.IGNORECASE)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INSIDE = frozenset({"compound", "amod", "nmod", "npadvmod"})
_SOME = frozenset({"a", "an", "some", "any", "another", "one", "two", "three", "several", "many"})
_CLAUSES = frozenset({"relcl", "acl", "appos", "advcl"})
_LONG = 20
"""Tokens of the longest description."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a person, body or thing in the article.

    Attributes:
        place: the place of its first word.
        end: one past its last character.
        head: the noun or pronoun that it depends on.
        name: its proper name there, or None.
        text: the name without titles, the description without its article, or the pronoun.
        pronoun: "she", "he", "it" or "they" for a pronoun, else "".
        roles: what it is described as there.
        person: whether it is one or several people; None if nothing tells.
        gender: "she" or "he" if a title or description tells, else "".
        age: its bearer's age, or "".
        alias: other names that brackets give it.
        plural: it refers to several.
        definite: a description that may point back: "the minister", "her brother".
        subject: it is what its clause is about.
        noun: the last word of a description before whom it belongs to.
        sentence: the number of its sentence in the article.
        passage: the number of its passage.
    """

    place: int
    end: int
    head: Token
    name: Name | None
    text: str
    pronoun: str
    roles: tuple[Role, ...]
    person: bool | None
    gender: str
    age: str
    alias: tuple[str, ...]
    plural: bool
    definite: bool
    subject: bool
    noun: str
    sentence: int
    passage: int


class Reading:
    """The mentions of one passage.

    Args:
        passage: the passage, parsed.
        number: its number in the article.
        sentences: how many sentences the article has before it.
        surnames: words that are names in this article even if the parser takes them for others.
        addressed: names, and last words of names, behind a title of address.
    """

    def __init__(
        self,
        passage: Passage,
        number: int,
        sentences: int,
        surnames: frozenset[str] = frozenset(),
        addressed: frozenset[str] = frozenset(),
    ) -> None:
        self.passage = passage
        self._names = proper.find(passage, surnames, addressed)
        self._number = number
        self._sentence: list[int] = []
        self.sentences = sentences
        for sentence in passage.doc.sents:
            # What somebody says in a quotation takes nothing away from the last sentence of the article's own.
            own = any(passage.masked[one.i] is None and one.text.isalnum() for one in sentence)
            self.sentences += own
            self._sentence += [max(self.sentences - 1, sentences)] * len(sentence)
        self.by_token: dict[int, Mention] = {}
        self.mentions = sorted(self._found(), key=lambda one: one.place)

    def _found(self) -> Iterator[Mention]:
        doc = self.passage.doc
        phrases = Phrases(self.passage, self._names)
        for name in self._names:
            mention = self._named(name, phrases)
            if mention is not None:
                yield mention
        yield from self._aged()
        for token, quotation in zip(doc, self.passage.masked, strict=True):
            if quotation is not None or token.i in self.by_token:
                continue
            part = token.pos_
            if part in {"PRON", "DET"} and token.lower_ in PRONOUNS:
                self.by_token[token.i] = self._pronoun(token)
                yield self.by_token[token.i]
            elif part in {"NOUN", "PROPN"} and token.dep_ not in _INSIDE and not _is_verb(token):
                own = _phrase(token)
                text = self.passage.words(own)
                if _tells(text):
                    self.by_token[token.i] = self._described(token, own, text)
                    yield self.by_token[token.i]

    def _aged(self) -> Iterator[Mention]:
        """Read "the 43-year-old", which the parser takes for all sorts of things."""
        doc = self.passage.doc
        for token in doc[3:]:
            if (
                token.lower_.startswith("old")
                and doc[token.i - 2].lower_ in {"year", "years"}
                and doc[token.i - 1].text == "-"
            ):
                first = token.i - 4
                following = doc[token.i + 1] if token.i + 1 < len(doc) else None
                joins = (
                    following is not None
                    and following.pos_ in {"NOUN", "PROPN", "ADJ"}
                    and following.lower_ not in lexicon().forms
                )
                if (
                    first < 1
                    or joins
                    or token.i in self.by_token
                    or (doc[first - 1].pos_ != "DET" and doc[first - 1].tag_ != "PRP$")
                ):
                    continue
                mention = self.describe(token, list(doc[first - 1 : token.i + 1]))
                for place in range(first - 1, token.i + 1):
                    self.by_token.setdefault(place, mention)
                yield mention

    def _named(self, name: Name, phrases: Phrases) -> Mention | None:
        doc, passage = self.passage.doc, self.passage
        head = doc[name.end - 1] if name.kin == "" else doc[name.end - 2]
        head = _top(doc[name.first : name.end]) or head
        after = head.head
        if is_description(doc, name):
            return None
        if (
            name.begins
            and len(name.words) == 1
            and head.dep_ in _INSIDE
            and after.is_lower
            and after.i == head.i + 1
        ):
            return None
        around = phrases.around(name)
        body = name.body_kind(doc)
        roles = tuple(
            one
            for one in around.roles
            if not body or one.what.head is None or one.what.head.may_be_body
        )
        words = [word for one in roles for word in _own_words(one.text)] + list(name.titles)
        told = () if body else tuple(predicated(passage, head))
        person = True if around.age else is_person(doc, name, roles, body)
        mention = Mention(
            place=passage.places[around.start][0],
            end=passage.places[max(name.end, min(around.end, len(doc))) - 1][1],
            head=head,
            name=name,
            text=name.text,
            pronoun="",
            roles=(*roles, *told),
            person=person,
            gender=titles().gender(words) if not body else "",
            age=around.age,
            # What brackets behind a person's name hold is a party, a club or a country.
            alias=name.nicknames() if person or name.is_person() else around.alias,
            plural=False,
            definite=False,
            subject=self._is_subject(head, roles),
            noun="",
            sentence=self._sentence[name.first],
            passage=self._number,
        )
        if name.start and doc[name.start - 1].lower_ in PARTIES:
            # "The opposition Reed Front"
            self.by_token[name.start - 1] = mention
        nouns = [doc[one.noun] for one in roles if one.noun >= 0]
        # "Her husband and co-author, Ada Venn" is one.
        nouns += [one.head for one in nouns if one.dep_ == "conj" and one.i < name.start]
        for place in (*range(name.start, name.end), *(one.i for one in nouns)):
            self.by_token.setdefault(place, mention)
        return mention

    def _is_subject(self, head: Token, roles: Iterable[Role]) -> bool:
        nouns = (self.passage.doc[one.noun] for one in roles if one.noun >= 0)
        own = [one.head if one.dep_ == "appos" else one for one in (head, *nouns)]
        return any(one.dep_ in _SUBJECTS for one in own)

    def _pronoun(self, token: Token) -> Mention:
        start, end = self.passage.places[token.i]
        form = PRONOUNS[token.lower_]
        one = form in {"she", "he"}
        return Mention(
            place=start,
            end=end,
            head=token,
            name=None,
            text=token.text,
            pronoun=form,
            roles=(),
            person=True if one else False if form == "it" else None,
            gender=form if one else "",
            age="",
            alias=(),
            plural=form == "they",
            definite=False,
            subject=token.dep_ in _SUBJECTS,
            noun="",
            sentence=self._sentence[token.i],
            passage=self._number,
        )

    def describe(self, head: Token, tokens: Sequence[Token] = ()) -> Mention:
        """Read a description.

        Args:
            head: its noun.
            tokens: its words; by default those that the parse gives it.
        """
        own = list(tokens) or _phrase(head)
        return self._described(head, own, self.passage.words(own))

    def _described(self, head: Token, own: Sequence[Token], text: str) -> Mention:
        passage = self.passage
        what = read(text)
        bare = without_article(text)
        titled = bare in titles().kinds
        role = Role(text, passage.places[own[0].i][0], DESCRIPTION, what, head.i, own[0].i)
        first = own[0]
        plural = head.tag_ in {"NNS", "NNPS"} or any(one.dep_ == "conj" for one in head.children)
        age = _age(text)
        return Mention(
            place=passage.places[first.i][0],
            end=passage.places[own[-1].i][1],
            head=head,
            name=None,
            text=bare,
            pronoun="",
            roles=(role,),
            person=(not what.head.body)
            if what.head is not None
            else (True if age or titled or bare in titles().peoples else None),
            gender=titles().gender(_own_words(text))
            if what.head is None or not what.head.body
            else "",
            age=age,
            alias=(),
            plural=plural,
            definite=first.lower_ in DEFINITE
            or titled
            or text.isupper()
            or first.tag_ == "PRP$"
            or (first.lower_ not in _SOME and any(one.dep_ == "poss" for one in head.lefts)),
            subject=head.dep_ in _SUBJECTS or bool(age),
            noun=what.noun,
            sentence=self._sentence[head.i],
            passage=self._number,
        )


def _tells(text: str) -> bool:
    """Return whether a description tells whether it is somebody, or a body."""
    known = read(text).head is not None or bool(_age(text))
    bare = without_article(text)
    return known or bare in titles().kinds or bare in titles().peoples


def _is_verb(noun: Token) -> bool:
    """Return whether what the parser calls a noun is a verb, as in "Should the minister resign?": it has an auxiliary."""
    return any(one.dep_ == "aux" for one in noun.lefts)


def _phrase(head: Token) -> list[Token]:
    """Take a noun with its words, up to a clause or an apposition."""
    doc = head.doc
    end = head.i + 1
    right = [one for one in head.rights if one.dep_ in {"prep", "case"}]
    for one in right:
        # "the chamber of commerce of Ostrey", but not "the office in Ostrey on Monday"
        is_first = end == head.i + 1
        if one.left_edge.i != end or one.right_edge.i - head.left_edge.i >= _LONG:
            continue
        if is_first or one.lower_ == "of":
            cut = next(
                (inner.left_edge.i for inner in one.subtree if inner.dep_ in _CLAUSES),
                one.right_edge.i + 1,
            )
            end = max(end, cut)
    own = list(doc[max(head.left_edge.i, head.i - _LONG) : end])
    while own and own[0].i < head.i and (own[0].is_punct or own[0].dep_ in {"cc", "predet"}):
        own.pop(0)
    while own[-1].i > head.i and (own[-1].is_punct or own[-1].pos_ in {"ADP", "PART"}):
        own.pop()
    return own


def _top(words: Iterable[Token]) -> Token | None:
    inside = list(words)
    return next((one for one in inside if one.head not in inside or one.head == one), None)


def _own_words(text: str) -> list[str]:
    """Return a description's words without the one that says whose it is: "her partner" may be a man."""
    words = text.split()
    return words[1:] if text.lower().startswith(("her ", "his ")) else words


def _age(text: str) -> str:
    return found[1] if (found := _AGED.match(text)) is not None else ""


def without_article(words: str) -> str:
    """Leave out "the", "a", "an" and "both" at the start."""
    first, _, rest = words.partition(" ")
    return without_article(rest) if rest and first.lower() in {"the", "a", "an", "both"} else words
