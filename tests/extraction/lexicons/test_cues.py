"""Every entry of the lexicon is tested on its own example and counter-example."""

import pytest

from claims.extraction import extract
from claims.extraction.lexicons.cues import Example, lexicon
from claims.extraction.types import Span

ENTRIES = [
    pytest.param(example, id=f"{table}-{cue.words.replace(' ', '-')}-{number}")
    for table, cue in lexicon().entries()
    for number, example in enumerate(cue.examples)
]


def unmark(marked: str) -> tuple[str, set[int], set[int]]:
    """Take the marks off an example; give its text and the places of its source and statement."""
    text = ""
    source: set[int] = set()
    content: set[int] = set()
    inside: set[int] | None = None
    for character in marked:
        if character in "{[":
            inside = source if character == "{" else content
        elif character in "}]":
            inside = None
        else:
            if inside is not None and character.isalnum():
                inside.add(len(text))
            text += character
    return text, source, content


def letters(text: str, spans: list[Span]) -> set[int]:
    return {place for start, end in spans for place in range(start, end) if text[place].isalnum()}


@pytest.mark.parametrize("shown", ENTRIES)
def test_example_gives_the_marked_source_and_statement(shown: Example):
    text, source, content = unmark(shown.marked)
    found = [claim for claim in extract(text, engine="rules") if claim.cue and claim.within is None]
    assert content
    assert letters(text, [span for claim in found for span in claim.content]) == content
    assert all(letters(text, list(claim.source)) == source for claim in found)


@pytest.mark.parametrize("shown", ENTRIES)
def test_counter_example_ties_nothing(shown: Example):
    assert [claim.content for claim in extract(shown.counter, engine="rules") if claim.cue] == []


def test_forms_hold_what_reporters_write():
    forms = lexicon().forms
    assert {"said", "says", "told", "denied", "warned", "quipped", "asks", "urging"} <= forms
