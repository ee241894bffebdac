"""Two readings of a passage made one. The learned one is written by hand: the tests need no weights."""

from claims.extraction import attribution, grammar, quotations, segments
from claims.extraction.encoder.reading import Found
from claims.extraction.learned import attributions
from claims.extraction.together import together
from claims.extraction.types import Span


def place(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return ((start, start + len(words)),)


def test_statement_of_another_paragraph_is_kept_beside_the_next_report():
    text = "Oona Harl added this, but the mayor said it was false:\n\n“The dam leaks.”"
    places = list(segments.passages(text))
    passages = list(grammar.parse(text, places, quotations.find(text, places)))
    found = Found(
        cue=place(text, "added"),
        source=place(text, "Oona Harl"),
        content=place(text, "“The dam leaks.”"),
        speech=True,
        confidence=1.0,
    )
    read, *_rest = attributions(passages, [found])
    one, *_others = together(read, attribution.attributions(passages[0]))
    assert one.content == ()
    assert [text[start:end] for start, end in one.content_spans()] == ["“The dam leaks.”"]
