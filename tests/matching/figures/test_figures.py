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
    ("text", "piece", "place", "series"),
    [
        ("In week 3 the lake froze.", "week 3", 3, "week"),
        ("In the third week the lake froze.", "third week", 3, "week"),
        ("On day two the lake froze.", "day two", 2, "day"),
        ("Phase II began.", "Phase II", 2, "phase"),
        ("Terminal Two is full.", "Terminal Two", 2, "terminal"),
        ("Bulletin No. 12: the lake froze.", "Bulletin No. 12", 12, "bulletin"),
        ("The house at No. 12 fell.", "No. 12", 12, "number"),
        ("The under-17 team won.", "under-17", 17, "under"),
        ("Group B won.", "Group B", 1002, "group"),
        ("The tablet A was white.", "tablet A", 1001, "tablet"),
        ("Pupils of class 5b came.", "class 5b", 5.002, "class"),
        ("The 14th edition began.", "14th edition", 14, "edition"),
        ("The second cold spell began.", "second cold spell", 2, "spell"),
        ("The last week of April was wet.", "last week", -1, "week"),
        ("She was elected for a second term.", "second term", 2, "term"),
        ("The second thief ran.", "second", 2, "thief"),
        ("Kalden's second thief ran.", "second", 2, "thief"),
    ],
)
def test_one_of_several_by_its_number(text, piece, place, series):
    figure = next(one for one in figures(text) if one.kind is Kind.OF_SEVERAL)
    assert text[figure.start : figure.end] == piece
    assert figure.low == figure.high == pytest.approx(place)
    assert series in figure.counted


@pytest.mark.parametrize(
    "text",
    [
        "Every day 40 trains stop.",
        "On the first day two people died.",  # "first day" is, "day two" is not
        "The year 986 people left was wet.",
        "A fifth victim died.",
        "She was the second woman there.",
        "It is a category 2 storm.",
        "He won for the second time.",
        "The second highest wave came.",
        "Day 40 per cent stayed.",
        "No two cases are alike.",
        "They led the division seven times.",
        "The road 12 people took is closed.",
    ],
)
def test_numbers_that_count_or_say_what_something_is_are_not_one_of_several(text):
    found = [text[one.start : one.end] for one in figures(text) if one.kind is Kind.OF_SEVERAL]
    assert found in ([], ["first day"])


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
        ("He is older than 28.", 28, INF, True, False),
        ("It cost between $5 and $10.", 5, 10, False, False),
        ("It cost 5 to 10 million crowns.", 5e6, 10e6, False, False),
        ("It has 900 to 1,200 jobs.", 900, 1200, False, False),
        ("It lasted over five years.", 157_788_000, 157_788_000, False, False),
        ("It began at seven o'clock.", 420, 1140, False, False),
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
        ("It is 85m long.", Kind.MEASURE, 85, "[length]"),
        ("It cost €85m long ago.", Kind.MONEY, 85e6, "euro"),
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
        ("They lost 1-3.", Kind.SCORE, 3001, ""),
        ("They drew 2-2.", Kind.SCORE, 2002, ""),
        ("They won by three goals to one.", Kind.SCORE, 3001, ""),
        ("She was the second woman there.", Kind.ORDINAL, 2, ""),
        ("It began at 3.15 pm.", Kind.CLOCK, 915, ""),
        ("It began at half past four in the afternoon.", Kind.CLOCK, 990, ""),
        ("It began at a quarter to eight in the evening.", Kind.CLOCK, 1185, ""),
        ("It began at 7 a.m.", Kind.CLOCK, 420, ""),
        ("It began at 12 am.", Kind.CLOCK, 0, ""),
        ("It began at 12 pm.", Kind.CLOCK, 720, ""),
        ("It began at nine at night.", Kind.CLOCK, 1260, ""),
        ("It began at 23:59.", Kind.CLOCK, 1439, ""),
        ("It was rated 6.5/10.", Kind.MEASURE, 6.5, "/10"),
        ("It was minus 3 degrees.", Kind.MEASURE, 270.15, "[temperature]"),
        ("It lasted for an hour.", Kind.TIME, 3600, ""),
        ("It grew by a metre.", Kind.MEASURE, 1, "[length]"),
        ("It was two years ago.", Kind.TIME, 63_115_200, "ago"),
        ("500 pounds of cocaine were seized.", Kind.MEASURE, 226.796, "[mass]"),
        ("500 pounds were paid.", Kind.MONEY, 500, "pound"),
        ("He was paid $5 per day.", Kind.MONEY, 1825, "dollar a year"),
        ("A man aged 28 came.", Kind.AGE, 28, ""),
        ("At the age of 28 he came.", Kind.AGE, 28, ""),
        ("He came 19 times.", Kind.TIMES, 19, ""),
        ("It was sold 20 times.", Kind.COUNT, 20, ""),
        ("He drove two m.", Kind.COUNT, 2, ""),
        ("7/8 of the farms closed.", Kind.SHARE, 0.875, ""),
        ("Three out of five pupils came.", Kind.SHARE, 0.6, ""),
        ("2 of every 3 pupils came.", Kind.SHARE, 0.667, ""),
        ("Every other pupil came.", Kind.SHARE, 0.5, ""),
        ("1 in 1000 people died.", Kind.SHARE, 0.001, ""),
        ("It rose by 2% points.", Kind.POINTS, 0.02, ""),
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
    "text", ["No one came.", "The one by the sea is shut.", "This one closed.", "Any one may go."]
)
def test_one_as_a_pronoun_counts_nothing(text):
    assert figures(text) == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1 in 1001 people died.", [Kind.COUNT, Kind.COUNT]),
        ("1/9 of the farms closed.", [Kind.COUNT, Kind.COUNT]),
        ("Three in 20 minutes came.", [Kind.COUNT, Kind.TIME]),
        ("A third man came.", []),
        ("He finished 5th.", []),
    ],
)
def test_what_looks_like_a_part_of_a_whole(text, kinds):
    assert [one.kind for one in figures(text)] == kinds


@pytest.mark.parametrize(
    "text", ["One man came.", "One of the pilots came.", "The one hundred pilots came."]
)
def test_one_as_a_number_counts(text):
    assert only(text).kind is Kind.COUNT


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


@pytest.mark.parametrize(
    ("text", "nouns", "measure"),
    [
        ("The number of people killed in Kalden rose to 40.", {"person"}, "dead"),
        ("The number of people who fled rose to 40.", {"person"}, "fled"),
        ("The police arrested a number of people, 40.", {"person"}, "arrested"),
    ],
)
def test_what_a_number_of_things_counts_and_what_became_of_them(text, nouns, measure):
    figure = only(text)
    assert (set(figure.counted), figure.measure) == (nouns, measure)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("She is 5ft 10in tall.", Kind.MEASURE, 1.778),
        ("It took 1 hour and 20 minutes.", Kind.TIME, 4800),
        ("It took 2:05:07.", Kind.TIME, 7507),
        ("It was -12C on the ridge.", Kind.MEASURE, 261.15),
        ("It hit 104F on the ridge.", Kind.MEASURE, 313.15),
        ("It carried 3 1/2 tonnes.", Kind.MEASURE, 3500),
        ("It rose threefold.", Kind.TIMES, 3),
        ("It rose 2.5-fold.", Kind.TIMES, 2.5),
        ("Rates fell by a quarter of a point.", Kind.POINTS, 0.0025),
        ("Rates fell by three quarters of a percentage point.", Kind.POINTS, 0.0075),
        ("Rates fell by a quarter point.", Kind.POINTS, 0.0025),
    ],
)
def test_figures_of_several_words_are_one(text, kind, value):
    figure = only(text)
    assert figure.kind is kind
    assert figure.low == figure.high == pytest.approx(value)


def test_the_greater_share_of_two_is_a_share_too():
    shares = figures("It won by 52 to 48 per cent.")
    assert [(one.kind, one.low) for one in shares] == [(Kind.SHARE, 0.52), (Kind.SHARE, 0.48)]


def test_a_range_of_shares_is_one_range():
    figure = only("It won 48 to 52 per cent.")
    assert (figure.low, figure.high) == (pytest.approx(0.48), pytest.approx(0.52))
