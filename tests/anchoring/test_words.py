"""The exact words of a claim in several places, and how their offsets map to the text."""

import pytest

from claims.anchoring.words import exact_words, offset_in_text

TEXT = "“The bridge,” she said, “is safe.” It is  old."
BRIDGE, SAFE, OLD = [1, 11], [25, 32], [35, 46]


@pytest.mark.parametrize(
    ("spans", "words"),
    [
        ([BRIDGE], "The bridge"),
        ([BRIDGE, SAFE], "The bridge … is safe"),
        ([[35, 40], [42, 46]], "It is old."),
    ],
    ids=["one place", "text between", "white space between"],
)
def test_a_mark_stands_where_text_is_left_out(spans, words):
    assert exact_words(TEXT, spans) == words


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, 1), (4, 5), (10, 11), (11, 25), (13, 25), (16, 28), (20, 32), (99, 32)],
)
def test_an_offset_in_the_words_is_found_in_the_text(offset, place):
    assert offset_in_text(TEXT, [BRIDGE, SAFE], offset) == place
