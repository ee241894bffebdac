from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.text.segments import (
    PASSAGE_LIMIT,
    SENTENCE_LIMIT,
    merged,
    passages,
    sentences,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in passages(text)]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def test_newlines_of_every_kind_part_paragraphs():
    assert cut("One.\n\nTwo.\r\nThree.\rFour.\u2029Five.") == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    ]


def test_passages_have_words_and_no_white_space_around_them():
    assert cut("  One. \n * * * \n\t\n Two.\u00a0") == ["One.", "Two."]


def test_long_paragraph_is_cut_behind_a_sentence():
    text = "The ferry sailed at noon. " * 400
    pieces = cut(text)
    assert len(pieces) > 1
    assert all(len(piece) <= PASSAGE_LIMIT and piece.endswith("noon.") for piece in pieces)


def test_what_runs_on_without_an_end_is_cut_behind_a_word():
    text = "It rained. " + "and the ferry sailed " * 200 + "at last. It stopped."
    pieces = cut(text)
    assert all(len(piece) <= SENTENCE_LIMIT for piece in pieces[:-1])
    assert " ".join(pieces) == text
    assert all(len(piece) <= SENTENCE_LIMIT for piece in cut("x" * 5_000))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.text(min_size=1).map(lambda text: text * 150))
def test_passages_hold_every_word_once_and_in_order(text: str):
    kept = "".join(cut(text))
    assert [one for one in kept if one.isalnum()] == [one for one in text if one.isalnum()]


def test_sentences_end_at_their_marks_and_not_at_abbreviations():
    assert split("Dr. Harl met the U.S. envoy. “Why?” Nobody knew… Then it rained.") == [
        "Dr. Harl met the U.S. envoy.",
        "“Why?”",
        "Nobody knew…",
        "Then it rained.",
    ]


def test_places_that_touch_or_overlap_are_one():
    assert merged([(3, 5), (0, 3), (6, 7), (4, 5)]) == [(0, 5), (6, 7)]
