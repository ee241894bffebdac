"""spaCy's attribute ruler, as exact and several times as fast: it remembers what its rules say of a token.

Nearly all of its rules look at a single token's word, tag and dependency. They name some hundred words, and all others
are alike to them, so the same few combinations come again and again. spaCy compares every token with every rule anew,
which takes a third of the time of a parse.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
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

_Attributes = dict[Any, Any]
"""Numbers of attributes, and the numbers that they get."""


class RememberingRuler(AttributeRuler):
    """An attribute ruler that remembers which of its rules apply to a token."""

    def __init__(self, vocab: Vocab, name: str = _NAME) -> None:
        super().__init__(vocab, name)
        self._of_a_token = Matcher(vocab)
        self._others = Matcher(vocab)
        self._words: set[int] = set()
        self._known: dict[Sequence[int], tuple[Sequence[int], _Attributes]] = {}

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
        remembered = all(map(_is_remembered, rules))
        # The matcher's type names one of the two types of keys that it takes.
        matcher: Any = self._of_a_token if remembered else self._others
        matcher.add(number, rules)
        self._words.update(self.vocab.strings.add(word) for rule in rules for word in _words(rule))
        self._known.clear()

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a parsed text's tokens. Of rules that disagree, the last one counts."""
        others: dict[int, list[int]] = {}
        for name, start, end in self._others(doc, allow_missing=True):
            rule = int(self.vocab.strings[name])
            others.setdefault(doc[start:end][self.indices[rule]].i, []).append(rule)
        for place, (word, *rest) in enumerate(doc.to_array(list(_REMEMBERED)).tolist()):
            key = (word if word in self._words else 0, *rest)
            rules, attributes = self._known.get(key) or self._remember(doc, place, key)
            if place in others:
                attributes = self._merged([*rules, *others[place]])
            if attributes:
                set_token_attrs(doc[place], attributes)
        return doc

    def _remember(
        self, doc: Doc, place: int, key: Sequence[int]
    ) -> tuple[Sequence[int], _Attributes]:
        found = self._of_a_token(doc[place : place + 1], allow_missing=True)
        rules = [int(self.vocab.strings[name]) for name, _, _ in found]
        self._known[key] = rules, self._merged(rules)
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
    """Return whether a rule looks at one token only, and names the words that it applies to."""
    word = rule[0].get("LOWER", "")
    named = isinstance(word, str) or word.keys() <= _LISTS
    return len(rule) == 1 and named and rule[0].keys() <= set(_REMEMBERED)


def _words(rule: Iterable[Mapping[int | str, Any]]) -> Iterator[str]:
    for token in rule:
        word = token.get("LOWER", {})
        if isinstance(word, str):
            yield word
        else:
            yield from (one for name in _LISTS for one in word.get(name, ()))


@Language.factory(_NAME)
def _made(nlp: Language, name: str) -> RememberingRuler:
    return RememberingRuler(nlp.vocab, name)
