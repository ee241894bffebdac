"""A parse that remembers what rules say of a token is the parse of plain spaCy."""

import pytest
import spacy
from spacy.tokens import Doc

from claims.extraction.text import attribute_rules
from claims.extraction.text.parsing import MODEL, load
from tests.extraction.expected import passages

TEXTS = [
    "Let's go, y'all gonna say it ain't so; she doesn't, he got it and they'd gotta do it.",
    "There are four piers. It was me who did that, and that is why these have been nothin' but sunk.",
    *(passage.text for passage in passages()),
]


@pytest.fixture(scope="module")
def plain() -> list[list[tuple]]:
    return [told(doc) for doc in spacy.load(MODEL, exclude=["ner"]).pipe(TEXTS)]


def told(doc: Doc) -> list[tuple]:
    return [(str(one), one.tag_, one.pos_, one.lemma_, str(one.morph), one.dep_) for one in doc]


def test_a_parse_is_that_of_plain_spacy(plain):
    assert [told(doc) for doc in load(MODEL).pipe(TEXTS)] == plain


def test_words_that_no_rule_names_are_remembered_as_one():
    model = spacy.load(MODEL, exclude=["ner"])
    attribute_rules.remember(model)
    model("The minister resigned.")
    known = model.get_pipe("attribute_ruler")._known
    before = dict(known)
    model("The neighbour objected.")
    assert before == known


def test_of_rules_that_disagree_the_last_one_counts():
    model = spacy.blank("en")
    model.add_pipe("attribute_ruler")
    attribute_rules.remember(model)
    ruler = model.get_pipe("attribute_ruler")
    ruler.add([[{"LOWER": "pier"}]], {"LEMMA": "one"})
    ruler.add([[{"LOWER": "the"}, {"LOWER": "pier"}]], {"LEMMA": "two", "POS": "NOUN"}, index=-1)
    ruler.add([[{"ORTH": "Pier"}]], {"LEMMA": "three"})
    ruler.add([[{"LOWER": {"REGEX": "^qu[ae]y$"}}]], {"LEMMA": "quay"})
    ruler.add([[{"LOWER": {"NOT_IN": ["a", "pier", "the", "quey", ","]}}]], {"LEMMA": "other"})
    doc = model("A pier, the pier, the Pier, the quey, the quay, the dyke")
    lemmas = ["one", "two", "three", "quay", "other", "other"]
    assert [one.lemma_ for one in doc if one.lower_ not in {"a", "the", ","}] == lemmas
    assert [one.pos_ for one in doc if one.lower_ == "pier"] == ["", "NOUN", "NOUN"]


def test_a_model_without_such_rules_stays_as_it_is():
    model = spacy.blank("en")
    attribute_rules.remember(model)
    assert model.pipe_names == []
