"""spaCy's attribute ruler, as exact and several times as fast: it remembers what its rules say of a token.

Nearly all of its rules look at a single token's word, tag and dependency. They name some hundred words, and all others
are alike to them, so the same few combinations come again and again. spaCy compares every token with every rule anew,
which takes a third of the time of a parse. Rules for several tokens are only tried where a token may begin one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs
from spacy.vocab import Vocab

_NAME = "remembering_attribute_ruler"
_REMEMBERED = ("LOWER", "TAG", "DEP", "IS_SPACE")
"""What a rule may look at to be remembered: these decide together whether it applies."""
_LISTS = frozenset({"IN", "NOT_IN"})
_FORMS = "REGEX"
_KEPT = 10_000
"""Words of which it is remembered whether a rule names them."""

_Attributes = dict[Any, Any]
"""Numbers of attributes, and the numbers that they get."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a token.

    Attributes:
        rules: the rules for a single token that apply to it.
        attributes: what they set, and to what.
        opens: a rule for several tokens may begin with it.
    """

    rules: Sequence[int]
    attributes: _Attributes
    opens: bool


class RememberingRuler(AttributeRuler):
    """An attribute ruler that remembers which of its rules apply to a token."""

    def __init__(self, vocab: Vocab, name: str = _NAME) -> None:
        super().__init__(vocab, name)
        self._of_a_token = Matcher(vocab)
        self._others = Matcher(vocab)
        self._openings = Matcher(vocab)
        self._words: set[str] = set()
        self._forms: list[re.Pattern[str]] = []
        self._known: dict[Sequence[int], _Known] = {}
        self._named = lru_cache(_KEPT)(self._is_named)

    def add(
        self,
        patterns: Iterable[list[dict[int | str, Any]]],
        attrs: dict[Any, Any],
        index: int = 0,
    ) -> None:
        """Add a rule, as in the base class."""
        rules = list(patterns)
        number = str(len(self.attrs))
        super().add(rules, attrs, index)
        # The matcher's type names one of the two types of keys that it takes.
        of_a_token: Any = self._of_a_token
        others: Any = self._others
        openings: Any = self._openings
        if all(map(_is_remembered, rules)):
            of_a_token.add(number, rules)
        else:
            others.add(number, rules)
            openings.add(number, [_opening(rule) for rule in rules])
        for rule in rules:
            self._words.update(_words(rule))
            self._forms += map(re.compile, _forms(rule))
        self._known.clear()
        self._named.cache_clear()

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a parsed text's tokens. Of rules that disagree, the last one counts."""
        found = []
        for place, (word, *rest) in enumerate(doc.to_array(list(_REMEMBERED)).tolist()):
            key = (word if self._named(word) else 0, *rest)
            found.append(self._known.get(key) or self._remember(doc, place, key))
        others = self._of_several(doc) if any(one.opens for one in found) else {}
        for place, known in enumerate(found):
            attributes = known.attributes
            if place in others:
                attributes = self._merged([*known.rules, *others[place]])
            if attributes:
                set_token_attrs(doc[place], attributes)
        return doc

    def _of_several(self, doc: Doc) -> dict[int, list[int]]:
        """Return the rules for several tokens that apply to a text, by the token that each is about."""
        found: dict[int, list[int]] = {}
        for name, start, end in self._others(doc, allow_missing=True):
            rule = int(self.vocab.strings[name])
            found.setdefault(doc[start:end][self.indices[rule]].i, []).append(rule)
        return found

    def _is_named(self, word: int) -> bool:
        """Return whether some rule tells a word from others."""
        text = self.vocab.strings[word]
        return text in self._words or any(form.search(text) for form in self._forms)

    def _remember(self, doc: Doc, place: int, key: Sequence[int]) -> _Known:
        token = doc[place : place + 1]
        found = self._of_a_token(token, allow_missing=True)
        rules = [int(self.vocab.strings[name]) for name, _, _ in found]
        opens = bool(self._openings(token, allow_missing=True))
        self._known[key] = _Known(rules, self._merged(rules), opens)
        return self._known[key]

    def _merged(self, rules: Iterable[int]) -> _Attributes:
        start: _Attributes = {}
        return reduce(lambda before, rule: before | self.attrs[rule], sorted(rules), start)


def remember(model: Language) -> None:
    """Let a model's attribute ruler, if it has one, remember what its rules say of a token."""
    if "attribute_ruler" in model.pipe_names:
        ruler: Any = model.get_pipe("attribute_ruler")
        other: Any = model.replace_pipe("attribute_ruler", _NAME)
        other.add_patterns(ruler.patterns)


def _is_remembered(rule: Sequence[Mapping[int | str, Any]]) -> bool:
    """Return whether a rule looks at one token only, and at nothing that is not remembered."""
    return len(rule) == 1 and _is_known(rule[0])


def _is_known(token: Mapping[int | str, Any]) -> bool:
    """Return whether what a rule says of a token is remembered: its tag and so on, and words or their forms."""
    word = token.get("LOWER", "")
    named = isinstance(word, str) or word.keys() <= {*_LISTS, _FORMS}
    return named and token.keys() <= set(_REMEMBERED)


def _opening(rule: Sequence[Mapping[int | str, Any]]) -> list[Mapping[int | str, Any]]:
    """Return what a rule says of its first token, or that it may be any if that is not remembered."""
    return [rule[0] if _is_known(rule[0]) else {}]


def _words(rule: Iterable[Mapping[int | str, Any]]) -> Iterator[str]:
    for token in rule:
        word = token.get("LOWER", {})
        if isinstance(word, str):
            yield word
        else:
            yield from (one for name in _LISTS for one in word.get(name, ()))


def _forms(rule: Iterable[Mapping[int | str, Any]]) -> Iterator[str]:
    for token in rule:
        word = token.get("LOWER", {})
        if not isinstance(word, str) and _FORMS in word:
            yield word[_FORMS]


@Language.factory(_NAME)
def _made(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab, name)
