"""Dates of a text, and what they are counted from."""

import datetime as dt

import pytest

from claims.matching.figures import Kind, figures

DAY = dt.date(2027, 5, 7)
"""A Friday."""


def date(text: str, *, ahead: bool = False):
    (figure,) = (one for one in figures(text, DAY, ahead=ahead) if one.kind is Kind.DATE)
    return figure.date


def days(text: str, *, ahead: bool = False):
    found = date(text, ahead=ahead)
    return dt.date.fromordinal(found.first), dt.date.fromordinal(found.last)


@pytest.mark.parametrize(
    "text",
    [
        "It was on 6 May.",
        "It was on May 6, 2027.",
        "It was on the 6th of May 2027.",
        "It was on 06.05.2027.",
        "It was on 2027-05-06.",
        "It was yesterday.",
        "It was on Thursday.",
        "It was on 2027/05/06.",
        "It was on 06/05/2027.",
    ],
)
def test_a_day_in_many_forms(text):
    assert days(text) == (dt.date(2027, 5, 6),) * 2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It was in 1987.", (1987, 1, 1), (1987, 12, 31)),
        ("It was last year.", (2026, 1, 1), (2026, 12, 31)),
        ("It was in March.", (2027, 3, 1), (2027, 3, 31)),
        ("It was in the first quarter.", (2027, 1, 1), (2027, 3, 31)),
        ("It was in the 1990s.", (1990, 1, 1), (1999, 12, 31)),
        ("It was in November.", (2026, 11, 1), (2026, 11, 30)),
        ("It was in August.", (2027, 8, 1), (2027, 8, 31)),
        ("It was in May 2026.", (2026, 5, 1), (2026, 5, 31)),
        ("It was this month.", (2027, 5, 1), (2027, 5, 31)),
        ("It was last month.", (2027, 4, 1), (2027, 4, 30)),
        ("It was in the second half of 2026.", (2026, 7, 1), (2026, 12, 31)),
        ("It was in the fourth quarter of 2026.", (2026, 10, 1), (2026, 12, 31)),
        ("It was in the fifties.", (1950, 1, 1), (1959, 12, 31)),
        ("It was in 1990-95.", (1990, 1, 1), (1995, 12, 31)),
        ("It was in 1990/91.", (1990, 7, 1), (1991, 6, 30)),
        ("It was in the 2026-27 season.", (2026, 7, 1), (2027, 6, 30)),
        ("It was in Q2 2026.", (2026, 4, 1), (2026, 6, 30)),
        ("It was in H1.", (2027, 1, 1), (2027, 6, 30)),
        ("It was this week.", (2027, 5, 3), (2027, 5, 9)),
        ("It was last week.", (2027, 4, 26), (2027, 5, 2)),
        ("It was in the past 24 hours.", (2027, 5, 7), (2027, 5, 7)),
        ("It was over the last seven days.", (2027, 5, 7), (2027, 5, 7)),
        ("It was on the last day of February.", (2027, 2, 28), (2027, 2, 28)),
        ("It was on the first day of May 2026.", (2026, 5, 1), (2026, 5, 1)),
        ("By 1900, ships came.", (1900, 1, 1), (1900, 12, 31)),
    ],
)
def test_periods(text, first, last):
    assert days(text) == (dt.date(*first), dt.date(*last))


def test_what_is_to_come_is_counted_forwards():
    assert days("It will be on Thursday.", ahead=True) == (dt.date(2027, 5, 13),) * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It was on Friday.", (2027, 5, 7)),
        ("It was last Friday.", (2027, 4, 30)),
        ("It was on Saturday.", (2027, 5, 1)),
        ("It was on 7 August.", (2027, 8, 7)),
        ("It was on 8 August.", (2026, 8, 8)),
        ("It was on Nov. 3.", (2026, 11, 3)),
        ("It was the day before yesterday.", (2027, 5, 5)),
    ],
)
def test_what_has_been_is_the_last_such_day(text, day):
    assert days(text) == (dt.date(*day),) * 2


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It will be next Friday.", (2027, 5, 7)),
        ("It will be on Saturday.", (2027, 5, 8)),
        ("It will be on 7 February.", (2027, 2, 7)),
        ("It will be on 6 February.", (2028, 2, 6)),
    ],
)
def test_what_is_to_come_is_the_next_such_day(text, day):
    assert days(text, ahead=True) == (dt.date(*day),) * 2


def test_before_and_after_leave_one_end_open():
    assert date("It was before 2017.").last == dt.date(2016, 12, 31).toordinal()
    assert date("It was after 2017.").first == dt.date(2018, 1, 1).toordinal()
    assert date("It was not there before 2017.").first == dt.date(2017, 1, 1).toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "They may rest.",
        "They march on.",
        "The Friday Times came.",
        "The Sunday-school came.",
        "He bought 1,987 cars.",
        "In Kalden 1848 rebels rose.",
    ],
)
def test_words_and_numbers_like_dates(text):
    assert all(one.kind is not Kind.DATE for one in figures(text, DAY))


def test_without_a_day_of_publication_only_what_is_told_is_known():
    (figure,) = figures("It was on 6 May.")
    assert (figure.date.year, figure.date.month, figure.date.day) == (None, 5, 6)
    assert figure.date.first is None


@pytest.mark.parametrize(
    ("text", "event"),
    [("Ott was born in 1950.", "born"), ("The film was released in 1950.", "released")],
)
def test_what_happened_then(text, event):
    assert figures(text)[0].measure == event
