"""Combining two readings of a passage. The learned one is written by hand, so the tests need no weights."""

import pytest

from claims.extraction.attribution import rules
from claims.extraction.attribution.combining import combine
from claims.extraction.attribution.from_encoder import attributions
from claims.extraction.encoder.reading import Found
from claims.extraction.text import parsing, quotations, segments
from tests.extraction.reading import place


def test_statement_of_another_paragraph_is_kept_beside_the_next_report():
    text = "Oona Harl added this, but the mayor said it was false:\n\n“The dam leaks.”"
    places = list(segments.passages(text))
    passages = list(parsing.parse(text, places, quotations.find(text, places)))
    found = Found(
        cue=place(text, "added"),
        source=place(text, "Oona Harl"),
        content=place(text, "“The dam leaks.”"),
        speech=True,
        confidence=1.0,
    )
    read, *_rest = attributions(passages, [found])
    one, *_others = combine(read, rules.attributions(passages[0]))
    assert one.content == ()
    assert [text[start:end] for start, end in one.content_spans()] == ["“The dam leaks.”"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It is easy for people to blame the board for the leak.", 0),
        ("People blame the board for the leak.", 1),
    ],
)
def test_rules_add_no_report_of_what_is_only_meant(text: str, count: int):
    (passage,) = parsing.parse(text, list(segments.passages(text)), [[]])
    assert len(rules.attributions(passage)) == 1
    assert len(combine([], rules.attributions(passage))) == count
