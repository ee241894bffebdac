"""What should be checked first, what cannot be checked, and why."""

import pytest

from claims.choices import SourceKind
from claims.extraction.statements import checkworthiness
from claims.extraction.statements.checkworthiness import codes, worth
from claims.extraction.types import Mood, Speaker


def speaker(kind: str, *, named: bool = False) -> Speaker:
    return Speaker("Oona Harl", kind, "", "Harl", named)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("The firm paid 12 men", "figure"),
        ("Rents rose by nine per cent", "quantity"),
        ("The hall was half empty", "number-word"),
        ("Rents are higher than ever", "comparison"),
        ("The dam was shut on 4 May", "date"),
        ("The dam was shut on Monday", "date"),
        ("The dam lies in Aldmere", "name"),
        ("The clerk took bribes", "accusation"),
        ("Salt caused the leak", "cause"),
    ],
)
def test_reasons_are_told(statement: str, reason: str):
    found = worth(statement, "asserted", None)
    assert found.checkable
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("statement", "mood", "reason"),
    [
        ("Who paid for it?", "asked", "asked"),
        ("Teachers called for more heating", "demanded", "demanded"),
        ("I love this town", "asserted", "opinion"),
        ("It was a shameful night", "asserted", "praise-or-blame"),
        ("Thank you all", "asserted", "greeting"),
    ],
)
def test_what_nobody_can_check_is_kept_and_says_why(statement: str, mood: Mood, reason: str):
    found = worth(statement, mood, None)
    assert not found.checkable
    assert reason in found.reasons
    assert found.score < 0.1


def test_an_opinion_that_carries_a_fact_is_checkable():
    assert worth("It was a shameful night on which nine men died", "asserted", None).checkable


@pytest.mark.parametrize("mood", ["asserted", "denied", "promised"])
def test_what_is_asserted_denied_or_promised_is_checkable(mood: Mood):
    assert worth("The clerk took bribes", mood, None).checkable


def test_a_minister_s_figure_goes_first():
    kinds = ["minister", "official", "company", "other"]
    scores = [worth("Rents rose by 12", "asserted", speaker(kind)).score for kind in kinds]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(kinds)


def test_a_source_with_a_name_is_a_reason():
    named = worth("Rents rose", "asserted", speaker("other", named=True))
    assert "named-source" in named.reasons
    assert named.score > worth("Rents rose", "asserted", speaker("other")).score


def test_the_lexicon_s_sources_are_source_kinds():
    assert set(checkworthiness._scale().sources) <= set(SourceKind.values)


def test_every_reason_that_is_told_is_a_known_code():
    texts = ["Who paid 12?", "I love it", "Hello", "Nine men died on Monday because of Salt"]
    told = {code for text in texts for code in worth(text, "asserted", speaker("minister")).reasons}
    assert told <= codes()
