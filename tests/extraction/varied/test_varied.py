"""Lines that nobody would write: each is split correctly, and one that fails does not affect the others."""

import io
import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import SplittingFailedError
from claims.extraction import extract, extract_many, pipeline
from claims.extraction.__main__ import main
from tests.extraction.varied.articles import article
from tests.extraction.varied.fuzz import fallen, faults
from tests.extraction.varied.lines import line

# Each fell once.
FELL = (
    (
        "The minister said it is possible though that the pumps were old and that “no” was the answer in every "
        "test."
    ),
    (
        "Venn ran, according to Osk Pelham, 41,  or that a welder from Aldmere,, what he called “rumours” would close "
        "and cut jobs: what he called “rumours”, nine boats, this and that, Radio Ostrey told it"
    ),
    (
        '“"Asked whether the party ran whereas that nine boats was the answer inevery test: “no”, what he called '
        "“rumours”, several more, Venn and says  “no”, they is said  called it, officials who asked not to be named "
        "told"
    ),
    "The letter lay in a drawer... .",
)


@pytest.mark.parametrize("engine", ["rules", "both"])
@pytest.mark.parametrize("text", FELL)
def test_what_fell_once_is_split(text, engine):
    assert list(faults(text, extract(text, engine=engine))) == []


def test_a_concession_behind_that_is_one_claim():
    claims = extract(FELL[0], engine="rules")
    assert len({claim.content for claim in claims}) == len(claims)
    assert any("“no” was the answer in every test" in claim.statement for claim in claims)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.integers(0, 2**32), min_size=4, max_size=4))
def test_varied_lines_are_split_soundly(seeds):
    assert fallen("\n\n".join(line(Random(seed)) for seed in seeds), "rules") == ""


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.integers(0, 2**32))
def test_mutated_articles_are_split_soundly(seed):
    assert fallen(article(Random(seed)), "rules") == ""


def test_the_same_seed_gives_the_same_line():
    assert [line(Random(seed)) for seed in range(50)] == [line(Random(seed)) for seed in range(50)]
    assert len({line(Random(seed)) for seed in range(50)}) > 45


BAD = "Nobody can split this."


@pytest.fixture
def _one_cannot_be_split(monkeypatch):
    """The splitter breaks down over one text, as it does where it has a fault."""
    detect = pipeline.detect

    def broken(text):
        if text == BAD:
            raise ValueError("what the text says")
        return detect(text)

    monkeypatch.setattr(pipeline, "detect", broken)


@pytest.mark.usefixtures("_one_cannot_be_split")
def test_the_error_says_where_the_fault_is_and_nothing_of_the_text():
    with pytest.raises(
        SplittingFailedError, match=r"ValueError in test_varied.py, line \d+"
    ) as told:
        extract(BAD)
    assert "what the text says" not in str(told.value)


@pytest.mark.usefixtures("_one_cannot_be_split")
def test_others_are_split_where_one_fails():
    found = list(extract_many(["It rained.", BAD, "It snowed."]))
    assert isinstance(found[1], SplittingFailedError)
    assert [[claim.statement for claim in found[place]] for place in (0, 2)] == [
        ["It rained"],
        ["It snowed"],
    ]


@pytest.mark.usefixtures("_one_cannot_be_split")
def test_the_stream_names_the_article_that_fails_and_goes_on():
    articles = [
        {"id": name, "text": text}
        for name, text in (("a", "It rained."), ("b", BAD), ("c", "It snowed."))
    ]
    lines = "".join(f"{json.dumps(each)}\n" for each in articles).encode()
    out, problems = io.StringIO(), io.StringIO()
    assert main([], io.BytesIO(lines), out, problems) == 1
    assert [json.loads(row)["id"] for row in out.getvalue().splitlines()] == ["a", "c"]
    (told,) = problems.getvalue().splitlines()
    assert told.startswith(
        "line 2: This article could not be split into claims because of an internal error (ValueError in "
    )
    assert told.endswith('(id "b")')
