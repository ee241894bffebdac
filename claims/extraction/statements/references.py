"""Replaces the words of a statement that point outside it, where it is sure whom they stand for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.extraction.statements.agreement import agreeing
from claims.extraction.statements.pointing import (
    Pronoun,
    is_empty_it,
    is_pointing_adverb,
    is_pointing_demonstrative,
    pronoun_of,
)
from claims.extraction.statements.voices import Voice
from claims.extraction.text.parsing import Passage
from claims.extraction.types import Referent

SURE = 0.75
"""The confidence from which a name is put in."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
_SHE = {"subject": "she", "object": "her", "owner": "her", "self": "herself"}
_HE = {"subject": "he", "object": "him", "owner": "his", "self": "himself"}
_AGAIN = {"she": _SHE, "he": _HE}


@dataclass(slots=True)
class Rewriting:
    """What is written in place of some of a statement's words.

    Attributes:
        changed: the new words for tokens, by number.
        unresolved: the words that point outside and for which nobody is sure.
    """

    changed: dict[int, str] = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)


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
            self._found.unresolved.append(token.text)

    def _follows_clause(self, token: Token) -> bool:
        """Return whether a "that" may stand for the clause before it: "it was shut, and that helped"."""
        clause = token.head
        return clause.dep_ in {"conj", "ccomp"} and self._tokens[0].i <= clause.head.i < token.i

    def _pronoun(self, token: Token, pronoun: Pronoun) -> None:
        if pronoun.person == "third":
            self._third(token, pronoun)
        elif pronoun.person == "second":
            if self._asks:
                self._found.unresolved.append(token.text)
        else:
            name = self._voice.called if pronoun.person == "first" else self._voice.body
            plural = bool(self._voice.speaker and self._voice.gender == "they")
            if name:
                self._first(token, pronoun, name, plural=plural)
            elif pronoun.case != "self":
                self._found.unresolved.append(token.text)

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
        found = self._referent(token, pronoun)
        if found is None:
            if not self._is_bound(token, pronoun):
                self._found.unresolved.append(token.text)
            return
        if found in self._shown or self._is_spelled(found):
            return
        words = _named(found, pronoun.case)
        self._put(token, f"[{words}]" if self._is_verbatim(token) else words, plural=False)
        self._shown.add(found)

    def _referent(self, token: Token, pronoun: Pronoun) -> str | None:
        """Return the name for a pronoun of the third person, if it is sure."""
        found = self._voice.look(*self._passage.places[token.i])
        verbatim = self._is_verbatim(token)
        if found is not None and found.confidence >= SURE:
            name = _with_article(found)
            is_own = self._voice.speaker is not None and found.name == self._voice.speaker.name
            return None if verbatim and is_own else name
        if not verbatim and pronoun.gender == self._voice.gender and self._is_topmost(token):
            return self._voice.called
        return None

    def _is_topmost(self, token: Token) -> bool:
        """Return whether a pronoun opens what a body says: "the union said it would appeal"."""
        first = next((one for one in self._tokens if one.pos_ in {"NOUN", "PROPN", "PRON"}), None)
        return self._voice.gender in {"it", "they"} and token == first and token.dep_ in _SUBJECTS

    def _is_bound(self, token: Token, pronoun: Pronoun) -> bool:
        """Return whether a noun that the pronoun may stand for comes before it in the statement."""
        plural = {"NNS", "NNPS"}
        for one in self._tokens:
            if one.i >= token.i:
                return False
            if one.pos_ not in {"NOUN", "PROPN"}:
                continue
            joined = any(child.dep_ == "conj" for child in one.children)
            if pronoun.gender == "they" and (one.tag_ in plural or joined):
                return True
            if pronoun.gender == "it" and one.tag_ not in plural and one.dep_ != "compound":
                return True
            if pronoun.gender in _AGAIN and one.pos_ == "PROPN":
                return True
        return False

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
    return token.pos_ == "PROPN" or (len(token) > 1 and token.is_upper and not token.doc[0].is_upper)


def _named(name: str, case: str) -> str:
    if case != "owner":
        return name
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _short(name: str) -> str:
    return name.rsplit(None, 1)[-1]


def _with_article(found: Referent) -> str:
    return f"the {found.name}" if found.article or not found.named else found.name
