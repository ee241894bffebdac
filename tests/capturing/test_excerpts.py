"""Finding an excerpt again in a text."""

import pytest

from claims.capturing import find_excerpt

TEXT = "The office said: “We will re\u00adopen the ferry – by Monday”.\n\nIt cost 15 million. The Cafe\u0301 Olm closed."


@pytest.mark.parametrize(
    ("excerpt", "found"),
    [
        ('"we will reopen the ferry - by monday"', ["We will re\u00adopen the ferry – by Monday"]),
        ("ferry—by Monday", ["ferry – by Monday"]),
        ("  will \n reopen  ", ["will re\u00adopen"]),
        ("by Monday. It cost", []),
        ("by Monday”.\nIt cost", ["by Monday”.\n\nIt cost"]),
        ("It  cost\u00a015 million", ["It cost 15 million"]),
        ("the office said: 'we will", ["The office said: “We will"]),
        ("the café olm", ["The Cafe\u0301 Olm"]),
        ("We will reopen […] It cost 15 million", ["We will re\u00adopen", "It cost 15 million"]),
        (
            "We will reopen ... 15 million.\nThe Café",
            ["We will re\u00adopen", "15 million. The Cafe\u0301"],
        ),
        ("5 million", []),
        ("It cost 1", []),
        ("It cost 15 million. We will reopen", []),
        ("closed by the flood", []),
        ("re\u200bopen the", ["re\u00adopen the"]),
        ("—", []),
        ("(…) Olm closed.", ["Olm closed."]),
        ("Olm closed. … –", ["Olm closed."]),
        ("…", []),
        ("", []),
    ],
)
def test_what_is_found(excerpt, found):
    assert [TEXT[start:end] for start, end in find_excerpt(excerpt, TEXT)] == found


def test_an_excerpt_of_many_paragraphs_is_found():
    long = "\n\n".join(f"Paragraph {number} of the notice. " * 90 for number in range(5))
    places = find_excerpt(long, f"Before. {long.replace(' of', chr(10) + 'of')} After.")
    assert len(places) > 5


@pytest.mark.parametrize(
    ("excerpt", "text"),
    [
        ("a b" * 600, " " * 500_000),
        ("x – y", "– " * 200_000),
        ("a b c " * 300, "a " * 500_000),
        ("a-b", "\u00ad" * 500_000 + "-"),
    ],
)
def test_texts_that_would_keep_a_careless_pattern_busy_for_ever(excerpt, text):
    assert find_excerpt(excerpt, text) == ()


@pytest.mark.parametrize("words", ["ferry " * 1_000, "渡" * 6_000])
@pytest.mark.parametrize(("length", "pieces"), [(1_999, 1), (2_000, 1), (2_001, 2)])
def test_an_excerpt_is_sought_in_pieces_of_limited_length(words, length, pieces):
    excerpt = words[: length - 1] + words[0]
    places = find_excerpt(excerpt, f"- {excerpt} -")
    assert (places[0][0], places[-1][1]) == (2, 2 + length)
    assert len(places) == pieces
