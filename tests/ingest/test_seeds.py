"""The demo's articles are valid input, and nobody can mistake the fiction for news."""

from datetime import timedelta
from pathlib import Path

import pytest

from claims.ingest import read
from claims.ingest.cleaning import clean

SEEDS = sorted(Path(__file__).parents[2].glob("seeds/*"))


def article(path: Path):
    with path.open("rb") as stream:
        return read(stream, name=path.name)


def test_there_are_seeds():
    assert len(SEEDS) >= 16


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_is_a_whole_article(path):
    seed = article(path)
    assert seed.headline
    assert seed.byline
    assert seed.published is not None
    assert seed.published.utcoffset() is not None
    assert clean(seed.body) == seed.body
    assert 150 <= len(seed.body.split()) <= 400
    assert seed.body.count("\n\n") >= 5


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_a_seed_says_whether_it_is_fiction_or_retold(path):
    assert article(path).outlet.endswith(("(fiction)", "(retelling)"))


def test_the_fiction_happens_within_three_weeks():
    fiction = [each for each in map(article, SEEDS) if each.outlet.endswith("(fiction)")]
    days = sorted(each.published.date() for each in fiction)
    assert days[-1] - days[0] <= timedelta(weeks=3)
    assert all(each.url for each in fiction)


def test_no_two_seeds_share_a_headline():
    headlines = [article(path).headline for path in SEEDS]
    assert len(set(headlines)) == len(headlines)


def test_the_retelling_keeps_the_quoted_words():
    body = article(next(path for path in SEEDS if path.stem == "karachi-police-office")).body
    assert "“They used a rocket on the gate,”" in body
    assert "“Terrorists are armed with grenades and other weapons.”" in body
