"""How much two texts have in common, and whether their sketches show it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching import shingles, similarity, sketch

WORDS = [f"{first}{second}" for first in "bcdfghklmnprst" for second in ("an", "el", "ir", "ot")]


def story(number: int, words: int = 300) -> list[str]:
    """An article's worth of words, the same for the same number."""
    return random.Random(number).choices(WORDS, k=words)


def like(text: str, other: str) -> float:
    return similarity(shingles(text), shingles(other))


@given(st.text())
def test_a_text_is_like_itself_wholly_whatever_its_case_and_line_ends(text):
    found = shingles(text)
    assert similarity(found, found) == (1.0 if found else 0.0)
    assert shingles(text.replace(" ", "\n")) == found
    assert all(0 <= number < 2**63 for number in found)


@given(st.text(), st.text())
def test_it_is_the_same_both_ways_and_a_share(text, other):
    assert like(text, other) == like(other, text)
    assert 0 <= like(text, other) <= 1


@given(st.text())
def test_a_sketch_is_of_the_least_shingles(text):
    assert sketch(text) == sorted(shingles(text))[:8]


def test_punctuation_and_quotation_marks_are_no_difference():
    assert like("“Rain fell,” she said; on Ostrey.", "Rain fell she said on Ostrey") == 1


def test_an_early_version_is_wholly_in_a_later_one():
    early = " ".join(story(1, 100))
    assert like(early, f"{early} {' '.join(story(2, 400))}") == 1


def test_articles_about_other_things_have_next_to_nothing_in_common():
    assert like(" ".join(story(1)), " ".join(story(2))) < 0.02


@pytest.mark.parametrize("text", ["", " ", "…", "—\n—"])
def test_what_has_no_words_is_like_nothing(text):
    assert sketch(text) == []
    assert like(text, text) == 0


def test_few_words_are_one_shingle():
    assert len(shingles("Rain fell")) == 1
    assert like("Rain fell", "rain FELL!") == 1


def test_scripts_without_spaces_have_shingles_too():
    text = "港の橋は五月まで閉鎖されると運輸大臣が述べた"
    assert len(shingles(text)) > 10
    assert like(text, text + "新しい文") == 1


def test_of_texts_that_share_half_nearly_all_sketches_show_it():
    shown = 0
    for number in range(100):
        words = story(number)
        other = words[:200] + story(number + 1_000, 100)
        shown += bool(set(sketch(" ".join(words))) & set(sketch(" ".join(other))))
    assert shown >= 98


def test_the_numbers_are_the_same_on_every_machine():
    found = [755579806263187551, 4753900035673156857, 5160727553143817431]
    assert sketch("Rain fell on Ostrey for nine days") == found
