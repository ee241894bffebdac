"""What holds for the places of claims, and for texts made to be hard."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction import Claim, extract
from claims.extraction.types import Spans
from tests.bounds import grows_evenly
from tests.extraction.expected import passages
from tests.extraction.hostile import TEXTS

KNOWN = [one.text for one in passages()]
IN_FRONT = "It rained on Sunday.\n\n"


def shifted(spans: Spans, by: int) -> Spans:
    return tuple((start + by, end + by) for start, end in spans)


def told(claim: Claim) -> tuple:
    return (claim.statement, claim.quotation, claim.mood, claim.speaker, claim.told_to)


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.sampled_from(KNOWN))
def test_paragraph_in_front_shifts_every_place(text: str):
    # A headline's own marks are read in the first paragraph only, so one stands there in both texts. The learned
    # reader weighs what stands around: to it a text with more in front is another text.
    before, after = (extract(IN_FRONT * times + text, engine="rules") for times in (1, 2))
    alone = [one for one in before if one.content[0][0] >= len(IN_FRONT)]
    moved = [one for one in after if one.content[0][0] >= 2 * len(IN_FRONT)]
    assert [told(one) for one in moved] == [told(one) for one in alone]
    for one, other in zip(alone, moved, strict=True):
        for name in ("content", "source", "cue"):
            assert getattr(other, name) == shifted(getattr(one, name), len(IN_FRONT))


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(st.sampled_from(KNOWN), min_size=1, max_size=3).map("\n\n".join))
def test_same_text_gives_the_same_claims_with_sound_places(text: str):
    claims = extract(text)
    assert extract(text) == claims
    for claim in claims:
        for spans in (claim.content, claim.source, claim.cue):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize("name", TEXTS)
def test_text_made_to_be_slow_is_split(name: str):
    text = TEXTS[name](1)[:6_000]
    assert bool(extract(text)) == any(character.isalnum() for character in text)


def test_a_name_that_speaks_again_and_again_costs_no_more_than_its_length():
    assert grows_evenly(lambda size: extract("Ada said that " * size, engine="rules"), 200)
