"""The figures of a text: how much, of what, and how far it reaches."""

import math

import pytest

from claims.matching.figures import Figure, Kind, figures

INF = math.inf


def only(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Twenty-four demonstrators came.", 24),
        ("24 demonstrators came.", 24),
        ("1,200 jobs went.", 1200),
        ("Three hundred and five thousand voters came.", 305_000),
        ("A dozen patients came.", 12),
        ("Half a dozen patients came.", 6),
        ("1.2 million people came.", 1_200_000),
        ("A hundred people came.", 100),
        ("None of the prisoners escaped.", 0),
        ("The video was watched 122 million times.", 122_000_000),
    ],
)
def test_numbers_in_words_and_digits(text, value):
    figure = only(text)
    assert figure.kind is Kind.COUNT
    assert figure.low == figure.high == value


@pytest.mark.parametrize(
    ("text", "low", "high", "is_low_open", "is_high_open"),
    [
        ("At least 300 people came.", 300, INF, False, False),
        ("No fewer than 300 people came.", 300, INF, False, False),
        ("More than 300 people came.", 300, INF, True, False),
        ("Up to 300 people came.", -INF, 300, False, False),
        ("Fewer than ten people came.", -INF, 10, False, True),
        ("300 or more people came.", 300, INF, False, False),
        ("Between 40 and 50 farms closed.", 40, 50, False, False),
        ("40 to 50 farms closed.", 40, 50, False, False),
        ("Dozens of patients came.", 24, 100, False, False),
    ],
)
def test_bounds_and_ranges(text, low, high, is_low_open, is_high_open):
    figure = only(text)
    assert (figure.low, figure.high) == (low, high)
    assert (figure.is_low_open, figure.is_high_open) == (is_low_open, is_high_open)


@pytest.mark.parametrize("words", ["around", "about", "nearly", "some", "roughly", "almost"])
def test_a_rounded_number_says_so(words):
    assert only(f"It was {words} 400 people.").is_about
    assert not only("It was 400 people.").is_about


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("It is 1.2 kilometres long.", Kind.MEASURE, 1200, "[length]"),
        ("It is 1,200 m long.", Kind.MEASURE, 1200, "[length]"),
        ("20 square kilometres burned.", Kind.MEASURE, 20e6, "[length]^2"),
        ("2,000 hectares burned.", Kind.MEASURE, 20e6, "[length]^2"),
        ("Half a tonne was seized.", Kind.MEASURE, 500, "[mass]"),
        ("The child weighed 12 pounds.", Kind.MEASURE, 5.443, "[mass]"),
        ("It was 41 degrees.", Kind.MEASURE, 314.15, "[temperature]"),
        ("It was 106F.", Kind.MEASURE, 314.26, "[temperature]"),
        ("It went at 100 km/h.", Kind.MEASURE, 27.78, "[length] [time]^-1"),
        ("It lasts 48 hours.", Kind.TIME, 172_800, ""),
        ("It lasts a week.", Kind.TIME, 604_800, ""),
        ("A 28-year-old came.", Kind.AGE, 28, ""),
        ("It cost 85m crowns.", Kind.MONEY, 85e6, "crown"),
        ("It cost $1.5 billion.", Kind.MONEY, 1.5e9, "dollar"),
        ("She earns 2,000 francs a month.", Kind.MONEY, 24_000, "franc a year"),
        ("61 per cent came.", Kind.SHARE, 0.61, ""),
        ("A quarter of the teachers came.", Kind.SHARE, 0.25, ""),
        ("One in four teachers came.", Kind.SHARE, 0.25, ""),
        ("Every third pupil came.", Kind.SHARE, 1 / 3, ""),
        ("It rose by two percentage points.", Kind.POINTS, 0.02, ""),
        ("They won 3-1.", Kind.SCORE, 3001, ""),
        ("They won by three goals to one.", Kind.SCORE, 3001, ""),
        ("She was the second woman there.", Kind.ORDINAL, 2, ""),
        ("It began at 3.15 pm.", Kind.CLOCK, 915, ""),
        ("It began at half past four in the afternoon.", Kind.CLOCK, 990, ""),
        ("It began at a quarter to eight in the evening.", Kind.CLOCK, 1185, ""),
    ],
)
def test_units_money_parts_and_places(text, kind, value, unit):
    figure = only(text)
    assert (figure.kind, figure.unit) == (kind, unit)
    assert figure.low == figure.high == pytest.approx(value, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "noun", "measure"),
    [
        ("Two police officers were killed.", "officer", "dead"),
        ("The crash cost three lives.", "life", "dead"),
        ("The toll has risen to five.", "", "dead"),
        ("Eleven people were injured.", "person", "injured"),
        ("Nine passengers are still missing.", "passenger", "missing"),
        ("Police arrested 24 demonstrators.", "demonstrator", "arrested"),
    ],
)
def test_what_is_counted(text, noun, measure):
    figure = only(text)
    assert figure.measure == measure
    assert any(stem.startswith(noun[:4]) for stem in figure.counted) if noun else not figure.counted


@pytest.mark.parametrize(
    "text",
    [
        "Agent 47 is here.",
        "They waited for Agent 47",
        "Agent 47, a spy, came.",
        "Agent 47 Orvik came.",
        "Somebody saw The 47",
        "The 49ers won.",
        "They read One of the Boys there.",
        "Nobody came.",
    ],
)
def test_a_number_in_a_name_counts_nothing(text):
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Outside Kalden 47 farms closed.", Kind.COUNT),
        ("In Kalden 47% came.", Kind.SHARE),
        ("Only 47 are here.", Kind.COUNT),
        ("In Kalden dozens are here.", Kind.COUNT),
        ("A coastal 47 are here.", Kind.COUNT),
    ],
)
def test_a_number_behind_a_name_may_count_what_stands_behind_it(text, kind):
    assert only(text).kind is kind


def test_how_things_were_is_told_apart_from_how_they_are():
    before, now = figures("The rate rose from 3 per cent to 5 per cent.")
    assert before.is_earlier
    assert not now.is_earlier


def test_a_part_of_a_known_number_says_so():
    assert figures("Eight of the demonstrators were beaten.")[0].is_part
    assert not figures("Dozens of demonstrators were beaten.")[0].is_part


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("All of the army's 11 boats are in use.", 1),
        ("All 12 schools are open.", 1),
        ("Every one of the interior ministry's 40 inspectors came.", 1),
        ("None of the 24 pumps worked.", 0),
        ("Not one of its 24 pumps worked.", 0),
        ("Not all of the 11 boats arrived.", None),
        ("In all, 11 boats arrived.", None),
        ("All boats arrived.", None),
    ],
)
def test_all_or_none_of_a_counted_whole_is_a_share_of_it(text, share):
    found = [one for one in figures(text) if one.kind is Kind.SHARE]
    assert [(one.low, one.is_of_whole) for one in found] == (
        [] if share is None else [(share, True)]
    )


def test_it_stands_where_it_says():
    text = "In Kalden, at least 300 people and more than €5 million were there on 3 May 2027."
    assert [text[one.start : one.end] for one in figures(text)] == [
        "at least 300",
        "more than €5 million",
        "3 May 2027",
    ]
