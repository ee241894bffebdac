"""Texts about the same thing, found in a collection in memory."""

import numpy as np
import pytest

from claims.matching.candidates.collection import Collection
from claims.matching.candidates.ranking import Frequencies, features, likely, scores

TEXTS = [
    ("The bridge over the Olm will stay closed until May.", ""),
    ("Unemployment in Ostrey fell to four percent.", "Jobs"),
    ("The lighthouse keeper of Kröna has retired.", ""),
    ("He never said so.", "Did the mayor promise free ferries?"),
    ("Nobody was hurt in the flood.", ""),
]


@pytest.fixture(scope="module")
def collection():
    return Collection(TEXTS)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Closing the Olm bridges took until May", 0),
        ("The jobless rate dropped to 4 percent", 1),
        ("Kronas lighthouse has no keeper", 2),
        ("Free ferries, promised the mayor", 3),
        ("The flood injured no one", 4),
    ],
)
def test_what_is_about_the_same_thing_is_first(collection, text, place):
    assert collection.nearest(text)[0].number == place


def test_best_first_and_no_more_than_asked_for(collection):
    found = collection.nearest("The bridge in Ostrey", 3)
    assert len(found) == 3
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_who_shares_the_rare_words_is_found_among_many_that_share_a_common_one():
    ferries = [(f"The ferry sank at pier {number} in the storm.", "") for number in range(150)]
    collection = Collection([*ferries, ("A tax on Brundtholm honey pays for the ferry.", "")])
    found = collection.nearest("A Brundtholm ferry sank in the storm.", len(collection.vectors))
    assert len(found) < len(ferries)
    assert len(ferries) in [one.number for one in found]


def test_nothing_in_an_empty_collection_and_no_text_is_an_error(collection):
    assert Collection([]).nearest("The bridge") == []
    assert len(collection.nearest("")) == len(TEXTS)


class TestRanking:
    def test_a_rare_word_counts_more_than_a_common_one(self):
        known = Frequencies(1000, {"bridg": 2, "said": 400})
        common, rare = scores(features(["bridg", "said"], [["said"], ["bridg"]], [0.5, 0.5], known))
        assert rare > common

    def test_a_closer_vector_counts_more(self):
        far, near = scores(features(["a"], [["b"], ["b"]], [0.2, 0.8], Frequencies(10, {})))
        assert near > far

    def test_the_same_words_are_likely_the_same_thing_and_others_are_not(self):
        known = Frequencies(1000, {"bridg": 2, "olm": 3, "close": 40})
        text = ["bridg", "olm", "close"]
        same, other = scores(features(text, [text, ["flood"]], [1.0, 0.1], known))
        assert same > 0.9
        assert other < 0.01

    def test_it_looks_for_the_rarest_that_others_hold_too(self):
        known = Frequencies(1000, {"said": 900, "olm": 3, "bridg": 20, "close": 40})
        assert known.rarest(["said", "close", "unheard", "bridg", "olm"], 100) == [
            "olm",
            "bridg",
            "close",
        ]

    def test_of_equally_rare_ones_always_the_same_come_first(self):
        known = Frequencies(1000, {"olm": 3, "bridg": 3, "close": 3})
        assert known.rarest(["olm", "close", "bridg"], 100) == ["bridg", "close", "olm"]

    def test_of_two_equally_close_ones_that_like_the_best_is_likelier(self):
        # The best, one on its side of the text, one on the other side, and one that has not been encoded.
        text, *others = _vectors([1, 0, 0], [0.9, 0.4, 0], [0.6, 0.4, 0.69], [0.6, -0.4, 0.69])
        vectors = np.array([*others, np.zeros(384)], np.int8)
        close = [0.9, 0.6, 0.6, 0.6]
        described = features(["a"], [["a"], ["b"], ["b"], ["b"]], close, Frequencies(10, {"a": 1}))
        best, like, unlike, unknown = likely(described, text, vectors)
        assert best > like > unlike
        assert unknown == scores(described)[3]

    def test_without_vectors_only_the_features_count(self):
        described = features(["a"], [["a"], ["b"]], [0.4, 0.4], Frequencies(10, {"a": 1}))
        text = _vectors([1, 0, 0])[0]
        assert (
            likely(described, text, np.zeros((2, 384), np.int8)).tolist()
            == scores(described).tolist()
        )


def _vectors(*directions):
    """Vectors of the encoder's size, of which all but three numbers are zero."""
    vectors = np.zeros((len(directions), 384), np.float32)
    vectors[:, :3] = directions
    return np.rint(vectors * 127).astype(np.int8)
