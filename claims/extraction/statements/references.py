"""Replaces the words of a statement that point outside it, where it is sure whom they stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.attribution.sources import subject
from claims.extraction.statements.agreement import agreeing
from claims.extraction.statements.pointing import (
    Pronoun,
    is_empty_it,
    is_pointing_adverb,
    is_pointing_demonstrative,
    pronoun_of,
)
from claims.extraction.statements.voices import Voice, definite
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

SURE = 0.75
"""The confidence from which a name is put in."""
_MARKED = ("the ", "this ", "that ", "his ", "her ", "its ", "their ", "our ")
_INNER = frozenset({"compound", "nmod", "appos"})
_TELLING = frozenset({"prep", "relcl", "acl", "appos"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PLURAL = frozenset({"NNS", "NNPS"})
_NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
_SHE = {"subject": "she", "object": "her", "owner": "her", "self": "herself"}
_HE = {"subject": "he", "object": "him", "owner": "his", "self": "himself"}
_AGAIN = {"she": _SHE, "he": _HE}


@dataclass(slots=True)
class Rewriting:
    """What is written in place of some of a statement's words.

    Attributes:
        changed: the new words for tokens, by number.
        unresolved: the words that point outside, and nobody is sure to what.
    """

    changed: dict[int, str] = field(default_factory=dict)
    unresolved: list[Token] = field(default_factory=list)


def rewritten(
    passage: Passage, tokens: Sequence[Token], voice: Voice, *, before: str = ""
) -> Rewriting:
    """Find the words that point outside a statement, and what to write for them.

    "I" is the speaker, and "we" the body that he or she speaks for; the others are looked up. The first "I"
    becomes the name, and the next one a pronoun.

    Args:
        passage: the words' passage.
        tokens: the statement's words, in order.
        voice: who speaks.
        before: a name that the statement already begins with, or "".
    """
    return _Rewriter(passage, tokens, voice, before).run()


def antecedent(passage: Passage, first: Token, clause: Token) -> dict[int, str]:
    """Find what a clause's subject stands for if it is the first clause's: "the men fled, and they are armed".

    Args:
        passage: their passage.
        first: the first clause's verb.
        clause: the later clause's verb.

    Returns:
        The first clause's subject in words, by the place of the pronoun; nothing where that is not sure.
    """
    known, here = subject(first), subject(clause)
    pronoun = pronoun_of(here) if here is not None else None
    if known is None or here is None or pronoun is None or pronoun.person != "third":
        return {}
    if known.pos_ not in {"NOUN", "PROPN"} or not _may_be(known, pronoun) or is_empty_it(here):
        return {}
    if pronoun.gender == "it" and any(_may_be(one, pronoun) for one in _rivals(first, known, here)):
        return {}
    words = first.doc[known.left_edge.i : known.right_edge.i + 1]
    if any(pronoun_of(one) for one in words):
        return {}
    return {passage.places[here.i][0]: definite(passage.words(words))}


def _rivals(first: Token, known: Token, here: Token) -> Iterator[Token]:
    """Yield the nouns before a pronoun that it may stand for in place of the subject; what the subject is, is none."""
    same = {token for child in first.children if child.dep_ == "attr" for token in child.subtree}
    for token in first.doc[first.left_edge.i : here.i]:
        if token.pos_ in {"NOUN", "PROPN"} and token.dep_ != "compound" and token != known:
            if token not in same:
                yield token


def _may_be(noun: Token, pronoun: Pronoun) -> bool:
    """Return whether a noun agrees with a pronoun."""
    plural = noun.tag_ in _PLURAL or any(child.dep_ == "conj" for child in noun.children)
    if pronoun.gender in _AGAIN:
        return noun.pos_ == "PROPN" and not plural
    return plural == (pronoun.gender == "they")


class _Rewriter:
    def __init__(
        self, passage: Passage, tokens: Sequence[Token], voice: Voice, before: str
    ) -> None:
        self._passage = passage
        self._tokens = tokens
        self._voice = voice
        self._found = Rewriting()
        self._shown: set[str] = set()
        self._spelled = set(before.lower().split())
        self._is_told = False
        self._unclear: set[str] = set()
        self._asks = bool(tokens) and any(token.text == "?" for token in tokens[-2:])

    def run(self) -> Rewriting:
        for token in self._tokens:
            if token.i not in self._found.changed and self._passage.masked[token.i] is None:
                self._see(token)
            self._spelled.add(token.lower_)
        return self._found

    def _see(self, token: Token) -> None:
        pronoun = pronoun_of(token)
        if pronoun is not None and not _is_acronym(token):
            self._pronoun(token, pronoun)
        elif is_pointing_adverb(token) or (
            is_pointing_demonstrative(token) and not self._follows_clause(token)
        ):
            self._found.unresolved.append(token)
        elif token.pos_ == "NOUN":
            self._noun(token)

    def _noun(self, noun: Token) -> None:
        """Name what "the company" is, or tell what "the levy" is a levy on."""
        article = next(noun.lefts, noun)
        following = noun.doc[noun.i + 1 : noun.i + 2]
        if article.lower_ != "the" or article not in self._tokens or noun.dep_ in _INNER:
            return
        if any(one.pos_ == "PROPN" or one.tag_ == "POS" for one in following):
            return
        found = self._named_one(noun, article)
        if found is not None:
            name = _with_article(found)
            if not self._is_spelled(name):
                self._name(noun, article, name)
            return
        fuller = self._voice.described(self._passage, noun)
        if (
            fuller is None
            or self._is_told
            or fuller.told & {one.lemma_.lower() for one in self._tokens}
        ):
            return
        marked = "[{}]" if self._is_verbatim(noun) else "{}"
        before = marked.format(fuller.before) + " " if not fuller.behind else ""
        behind = " " + marked.format(fuller.behind) if fuller.behind else ""
        self._found.changed[noun.i] = f"{before}{noun.text}{behind}"
        self._is_told = True

    def _named_one(self, noun: Token, article: Token) -> Referent | None:
        """Return whose description a noun with its article is, if that is sure and has a name."""
        if noun.i - article.i > 1 or any(one.dep_ in _TELLING for one in noun.rights):
            return None
        places = self._passage.places
        found = self._voice.look(places[article.i][0], places[noun.i][1])
        own = (
            self._voice.speaker is not None
            and found is not None
            and found.name == self._voice.speaker.name
        )
        return (
            found
            if found is not None and found.named and found.confidence >= SURE and not own
            else None
        )

    def _name(self, noun: Token, article: Token, name: str) -> None:
        if self._is_verbatim(noun):
            self._found.changed[noun.i] = f"{noun.text} [{name}]"
        else:
            self._found.changed |= {one.i: "" for one in noun.doc[article.i : noun.i]}
            self._found.changed[noun.i] = name
        self._shown.add(name)

    def _follows_clause(self, token: Token) -> bool:
        """Return whether a "that" may stand for the clause before it: "it was shut, and that helped"."""
        clause = token.head
        return clause.dep_ in {"conj", "ccomp"} and self._tokens[0].i <= clause.head.i < token.i

    def _pronoun(self, token: Token, pronoun: Pronoun) -> None:
        if pronoun.person == "third":
            self._third(token, pronoun)
        elif pronoun.person == "second":
            if self._asks:
                self._found.unresolved.append(token)
        else:
            name = self._voice.called if pronoun.person == "first" else self._voice.body
            plural = bool(self._voice.speaker and self._voice.gender == "they")
            if name:
                self._first(token, pronoun, name, plural=plural)
            elif pronoun.case != "self":
                self._found.unresolved.append(token)

    def _first(self, token: Token, pronoun: Pronoun, name: str, *, plural: bool) -> None:
        """Write the speaker's name for the first "I" or "we", and a pronoun or surname for the next ones."""
        again = name in self._shown or self._is_spelled(name)
        gender = self._voice.gender if name == self._voice.called else "it"
        words = _named(name, pronoun.case)
        if pronoun.case == "self":
            words = _AGAIN.get(gender, {}).get("self", "itself" if gender == "it" else "")
        elif again and gender in _AGAIN and not self._rivals(gender):
            words = _AGAIN[gender][pronoun.case]
        elif again and self._voice.speaker is not None and self._voice.speaker.named:
            words = _named(_short(name) if gender != "it" else name, pronoun.case)
        if words:
            self._put(token, f"[{words}]", plural=plural)
            self._shown.add(name)

    def _rivals(self, gender: str) -> bool:
        """Return whether the same pronoun stands for somebody else in the statement."""
        return any(token.lower_ in _AGAIN[gender].values() for token in self._tokens)

    def _third(self, token: Token, pronoun: Pronoun) -> None:
        if pronoun.case == "self" or (pronoun.gender == "it" and is_empty_it(token)):
            return
        found = self._referent(token, pronoun) if pronoun.gender not in self._unclear else None
        if found is None:
            self._unclear.add(pronoun.gender)
            if not self._is_bound(token, pronoun):
                self._found.unresolved.append(token)
            return
        if found in self._shown or self._is_spelled(found):
            return
        words = _named(found, pronoun.case)
        several = pronoun.gender == "they"
        self._put(token, f"[{words}]" if self._is_verbatim(token) else words, plural=several)
        self._shown.add(found)

    def _referent(self, token: Token, pronoun: Pronoun) -> str | None:
        """Return the name for a pronoun of the third person, if it is sure."""
        place = self._passage.places[token.i][0]
        if place in self._voice.known:
            return self._voice.known[place]
        found = self._voice.look(*self._passage.places[token.i])
        verbatim = self._is_verbatim(token)
        if found is not None and found.confidence >= SURE:
            name = _with_article(found)
            is_own = self._voice.speaker is not None and found.name == self._voice.speaker.name
            if verbatim:
                return None if is_own else name
            return name if is_own or not self._is_topmost(token) or not self._may_be_speaker(pronoun) else None
        own = pronoun.gender == self._voice.gender and pronoun.gender in {"it", "they"}
        return self._voice.called if own and not verbatim and self._is_topmost(token) else None

    def _may_be_speaker(self, pronoun: Pronoun) -> bool:
        """Return whether a pronoun may stand for the speaker: "Venn said she"."""
        gender = self._voice.gender
        return bool(self._voice.called) and (gender == pronoun.gender or gender == "")

    def _is_topmost(self, token: Token) -> bool:
        """Return whether a pronoun opens the statement: "the union said it would appeal"."""
        first = next((one for one in self._tokens if one.pos_ in {"NOUN", "PROPN", "PRON"}), None)
        return token == first and token.dep_ in _SUBJECTS

    def _is_bound(self, token: Token, pronoun: Pronoun) -> bool:
        """Return whether a noun that the pronoun may stand for comes before it in the statement."""
        return any(
            one.i < token.i and one.pos_ in {"NOUN", "PROPN"} and _may_be(one, pronoun)
            for one in self._tokens
        )

    def _is_verbatim(self, token: Token) -> bool:
        start = self._passage.places[token.i][0]
        return self._voice.verbatim or any(
            one.start <= start < one.end for one in self._passage.quotations
        )

    def _is_spelled(self, name: str) -> bool:
        return _short(name).lower() in self._spelled

    def _put(self, token: Token, words: str, *, plural: bool) -> None:
        self._found.changed[token.i] = words
        if token.lower_ in _NOMINATIVE or token.dep_ in _SUBJECTS:
            for verb, word in agreeing(token, plural=plural):
                close = verb.i == token.i + 1 and not token.whitespace_
                self._found.changed[verb.i] = f" {word}" if close else word


def _is_acronym(token: Token) -> bool:
    """Return whether "US" or "IT" is a name."""
    return token.pos_ == "PROPN" or (
        len(token) > 1 and token.is_upper and not token.doc[0].is_upper
    )


def _named(name: str, case: str) -> str:
    if case != "owner":
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _short(name: str) -> str:
    return name.rsplit(None, 1)[-1]


def _with_article(found: Referent) -> str:
    if found.named:
        return f"the {found.name}" if found.article and not found.person else found.name
    name = definite(found.name)
    is_marked = name.startswith(_MARKED) or found.plural
    return name if is_marked else f"the {name}"
