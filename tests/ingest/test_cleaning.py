"""What cleaning removes, what it leaves alone, and what it refuses."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import NotTextError
from claims.ingest.cleaning import clean, clean_line

bounded = settings(max_examples=300, deadline=None, derandomize=True)

# Weighted towards what the cleaning is about; few enough of the bad for most texts to pass.
_PIECES = st.lists(
    st.one_of(
        st.sampled_from(["\r\n", "\r", "\n", "\n\n\n", "\v", "\f", "\x85", "\u2028", "\u2029"]),
        st.sampled_from([" ", "\t", "\u00a0", "\u3000", "\ufeff"]),
        st.text(max_size=12),
        st.sampled_from(
            ["the minister said ", "é", "e\u0301", "👩🏽‍🚀", "קול", "\x07", "\ufffd", "\ud83d"]
        ),
    ),
    max_size=30,
)
TEXTS = _PIECES.map("".join)


def cleaned(text: str) -> str | None:
    try:
        return clean(text)
    except NotTextError:
        return None


@pytest.mark.parametrize(
    ("raw", "clean_text"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("one\u2028two\u2029three\x85four\vfive\fsix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("\n\n  one  \t\n\n\n\n two\u00a0\n\u00a0\nthree\n\n", "one\n\n two\n\nthree"),
        ("\ufeffone", "one"),
        (" \ufeff \ufeffone", "one"),
        ("one\x07 two\x00", "one two"),
        ("half a smile \ud83d here", "half a smile  here"),
        ("one\ttwo", "one\ttwo"),
        ("", ""),
        (" \r\n\u2028 ", ""),
    ],
)
def test_line_ends_and_white_space_are_brought_into_one_form(raw, clean_text):
    assert clean(raw) == clean_text


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301 and é are two spellings",
        "ﬁne ligature, ½ and ² kept",
        "👩🏽‍🚀 has a joiner inside",
        "zero\u200bwidth and soft\u00adhyphen",
        "no\ufeffbreak inside",
        "\u200fשבת\u200e and “curly” quotes…",
        "one private \uf8ff sign and one lost \ufffd",
        "non-breaking\u00a0space inside",
    ],
)
def test_other_characters_stay_as_they_are(text):
    assert clean(text) == text


@given(TEXTS)
@bounded
def test_cleaning_a_clean_text_changes_nothing(text):
    result = cleaned(text)
    if result is not None:
        assert clean(result) == result


@given(TEXTS)
@bounded
def test_a_clean_text_can_be_saved_and_has_one_kind_of_line_end(text):
    result = cleaned(text)
    if result is not None:
        controls = {c for c in result if unicodedata.category(c) == "Cc"}
        assert controls <= {"\n", "\t"}
        assert not {"\r", "\u2028", "\u2029"} & set(result)
        assert "\n\n\n" not in result
        assert result == result.strip()
        assert not any(line != line.rstrip() for line in result.split("\n"))
        assert result.encode().decode() == result


@given(TEXTS)
@bounded
def test_every_visible_character_survives_in_order(text):
    result = cleaned(text)
    if result is not None:

        def visible(s):
            return [
                c for c in s if unicodedata.category(c)[0] in "LMNPS" and c not in "\ufffe\uffff"
            ]

        assert visible(result) == visible(text)


@given(TEXTS)
@bounded
def test_a_line_has_no_line_end_and_single_spaces(text):
    if cleaned(text) is not None:
        line = clean_line(text)
        assert line == " ".join(line.split())


@pytest.mark.parametrize(
    ("junk", "why"),
    [
        ("A bridge closed.".encode("utf-16-le").decode(), "control characters"),
        ("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01", "control characters"),
        ("\ue000\ue001\ue002\ue003 only icons", "private font"),
        ("caf\ufffd, na\ufffdve, \ufffdmile, pi\ufffdata", "lost"),
        ("\ud83d\ude00" * 4, "control characters"),
    ],
)
def test_a_flood_of_junk_is_refused_and_named(junk, why):
    with pytest.raises(NotTextError, match=why):
        clean(junk)


def test_a_long_text_may_have_a_flaw_in_fifty_characters_but_no_more():
    sentence = "The bridge at Sellow is closed, the mayor of the town says\x01"
    assert clean(sentence * 100).count("\x01") == 0
    with pytest.raises(NotTextError):
        clean("The bridge at Sellow is shut\x01" * 100)


def test_a_long_run_of_spaces_is_cleaned_like_a_short_one():
    assert (
        clean("a" + " " * 200_000 + "b\n" + " " * 200_000 + "\nc") == "a" + " " * 200_000 + "b\n\nc"
    )
