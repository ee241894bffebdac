"""Where each figure begins and ends: its bounds, its unit and its day included, and the words around it left out."""

import datetime as dt

import pytest

from claims.matching.figures import figures

TEXTS = """
It cost [between 3 and 5 million crowns].
It cost [3 to 5 million crowns].
It costs from [3 to 5 million crowns].
The price rose from [40] to [50 crowns].
A [43-year-old] man and a girl aged [7] were hurt.
The man, [43 years old], was hurt.
It is [twice] as long.
Unemployment rose by [2.5 percentage points] to [7 %].
Rates fell [half a percentage point].
It starts at [a quarter past nine in the morning].
It starts at [9:40 pm].
It starts at [9 a. m.] on the pier.
It starts at [9.40pm].
It starts at [half past nine].
It starts at [noon].
[Two] of the [three] pumps worked.
[Three in four] schools closed.
[One in ten] is ill.
[3 out of every 4] schools closed.
[Every second] school closed.
[Half] the schools closed.
[A half] of the schools closed.
[One half] of the schools closed.
[Two thirds] of the schools closed.
[Two-thirds] of the schools closed.
A [two-thirds] majority voted for it.
[Half a million] people fled.
[A quarter of a million] people fled.
[Three quarters of a million] people fled.
[Two and a half million] people fled.
[One and a half tonnes] burned.
[A dozen] people fled.
[Dozens] of people fled.
[Hundreds of thousands] of people fled.
[Several hundred] people fled.
[A few thousand] people fled.
[A couple of hundred] people fled.
[A hundred or so] people fled.
[More than 40] but [fewer than 60] people fled.
[At least 12] people fled.
[Up to 1,200] people fled.
It closed on [14 March 2026].
It closed on [March 14, 2026].
It closed on the [14th of March].
It closed on [2026-03-14].
It closed on [14.3.2026].
It closed on the [first day of May].
It closed on [Thursday].
It closed last [Thursday].
It will open by [Thursday].
It will open next [Thursday].
It closed [yesterday] evening.
It closed in [March].
It closed in [March] [last year].
It closed in early [March 2026].
It closed in spring [2026].
It closed in the [1990s].
It closed in the [nineties].
It closed in the early [1990s].
It was closed in [2019-20].
It closed in the [first quarter of 2026].
It closed in the [second half of 2026].
It closed [last year].
It closed [two years ago].
It closed [last month].
It closed [this week].
It closed [three weeks ago].
It closed in the [19th] century.
It will close in [two years].
It has been closed for [two years].
It has been closed since [2019].
It closed within [26 minutes].
It took [1 hour and 20 minutes].
She is [6 feet 2 inches] tall.
She is [5ft 10in] in height.
It takes [2 hours] and [5] people.
It runs for [3 days] in [20] halls.
It weighs [3.5kg].
It is [1.8 metres] tall.
It is [6 feet] tall.
It ran at [100 km/h] for [20 miles].
It was [minus 12 degrees].
It was [-12C] on the ridge.
It hit [104F] on the ridge.
She sat in seat 12C.
It earned [$1.2bn], up from [$900m].
It earned [1.2 billion dollars].
It earned [EUR 85 million].
It earned [85,000 euros a year].
It earned [£5].
It won [3-2].
It won by [3 votes to 2].
It came in [second] place.
It is the [third] largest of [12] cities.
It has a population of [12,000].
It was [12 times] larger.
It fell by [12 per cent] to [40].
It fell by [a third].
It fell by [a quarter of a point].
It fell by [a quarter point].
It rose [threefold].
It rose [2.5-fold].
It won by [52] to [48 per cent].
It carried [3 1/2 tonnes].
It took [2:05:07].
It closed on [3/14/2026].
It closed on [14/3/2026].
[Fifty-one] people and [3,000] cattle died.
[Nobody] died.
[Page 3] of [12] was lost.
The [2-year] sentence began.
A [three-day] strike began.
[Act 5] of the law applies.
[Room 101] burned.
He scored [12] of [15].
He is [1.85m] tall and ran [400m] in [45.2 seconds].
Rates fell [a quarter of a percentage point].
Rates fell [three quarters of a percentage point].
The wall of [85 m] fell, and [-3 degrees] followed.
"""
"""Each line a text, with its figures in brackets."""


@pytest.mark.parametrize("text", TEXTS.strip().splitlines())
def test_a_figure_is_all_of_its_words(text):
    plain = text.replace("[", "").replace("]", "")
    found = sorted(figures(plain, dt.date(2026, 6, 15)), key=lambda one: -one.start)
    marked = plain
    for one in found:
        marked = f"{marked[: one.start]}[{marked[one.start : one.end]}]{marked[one.end :]}"
    assert marked == text


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Two and a half million people fled.", 2.5e6, 2.5e6),
        ("Several hundred people fled.", 300, 1000),
        ("A few thousand people fled.", 2000, 6000),
        ("A couple of hundred people fled.", 200, 200),
        ("A couple of people fled.", 2, 2),
        ("Several million-dollar homes fell.", 3, 10),
        ("A several hundred-strong crowd fled.", 300, 1000),
        ("Several of them fled.", 3, 10),
        ("It cost between 3 and 5 million crowns.", 3e6, 5e6),
        ("Between 3 and 5,000 people fled.", 3, 5000),
        ("Between 900 and 1.2 million people fled.", 900, 1.2e6),
        ("Rates fell half a percentage point.", 0.005, 0.005),
        ("Rates fell a quarter of a percentage point.", 0.0025, 0.0025),
        ("It was -12 degrees.", 261.15, 261.15),
        ("It was minus 12 degrees.", 261.15, 261.15),
        ("A 10-12 degrees warmer May came.", 283.15, 285.15),
    ],
)
def test_what_stands_behind_a_number_multiplies_it(text, low, high):
    (figure,) = (one for one in figures(text) if one.kind != "date")
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high))
