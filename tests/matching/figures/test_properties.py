"""What holds for the figures of any text."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.matching.figures import figures
from claims.matching.text.words import words_of
from tests.bounds import grows_evenly

PIECES = [
    "at least",
    "more than",
    "3",
    "1,200",
    "4.5",
    "12.13.2027",
    "3-1",
    "a",
    "half",
    "third",
    "quarter",
    "to",
    "and",
    "of",
    "the",
    "in",
    "per cent",
    "%",
    "€",
    "km",
    "degrees",
    "million",
    "dozen",
    "pounds",
    "people",
    "killed",
    "May",
    "3rd",
    "2027",
    "-",
    "/",
    "10",
    "yesterday",
    "Thursday",
    "before",
    "last",
    "year",
    "twenty",
    "hundred",
    "one",
    "no",
    "not",
    "pm",
    "past",
    "four",
    "٣",
    "²",
    "½",
    "99999999999999999999",
    "'s",
    "Kalden",
    "from",
    "between",
    "m",
    "$",
]

texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
days = st.none() | st.dates()


@settings(deadline=None)
@given(texts, days, st.booleans())
def test_they_stand_in_the_text_in_order_and_reach_from_low_to_high(text, day, ahead):
    found = figures(text, day, ahead=ahead)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.low <= one.high for one in found)
    for one in found:
        if one.date and one.date.first is not None and one.date.last is not None:
            assert dt.date.min.toordinal() <= one.date.first
            assert one.date.last <= dt.date.max.toordinal()


@given(st.text())
def test_words_stand_where_they_say(text):
    assert all(text[word.start : word.end] == word.text for word in words_of(text))


def test_a_long_text_takes_no_more_than_its_length():
    assert grows_evenly(lambda size: figures("at least 3 of the 40 people " * size), 100)
