"""Cues of every part of speech, and words that only look like cues."""

import pytest

from tests.extraction.reading import only, reported


@pytest.mark.parametrize(
    ("text", "content", "source", "cue"),
    [
        (
            "Residents expressed the hope that the tram would run.",
            "the tram would run",
            "Residents",
            "expressed the hope",
        ),
        (
            "A claim by the union that the tram was old was dropped.",
            "the tram was old",
            "the union",
            "claim",
        ),
        (
            "The engineer was adamant that the tram was safe.",
            "the tram was safe",
            "The engineer",
            "was adamant",
        ),
        (
            "The mayor made it clear that the tram would run.",
            "the tram would run",
            "The mayor",
            "made clear",
        ),
        ("It emerged that the tram was old.", "the tram was old", "", "emerged"),
        ("The tram is safe, per the union.", "The tram is safe", "the union", "per"),
        (
            "The tram is shut, the Gazette understands.",
            "The tram is shut",
            "the Gazette",
            "understands",
        ),
        ("The tram had no brakes, the jury heard.", "The tram had no brakes", "", "heard"),
        ("The bank expects fares to rise.", "fares to rise", "The bank", "expects"),
        ("The driver is understood to be ill.", "The driver … to be ill", "", "is understood"),
        ("The driver debunked that claim.", "that claim", "The driver", "debunked"),
        ("Tram firm: Driver was ill", "Driver was ill", "Tram firm", ":"),
    ],
)
def test_cues_of_every_part_of_speech(text: str, content: str, source: str, cue: str):
    one = only(text)
    assert (one.content, one.source, one.cue.replace(" … ", " ")) == (content, source, cue)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor would assume that the tram is safe.",
        "To think that the tram is safe is easy.",
        "Fares rose by nine crowns per passenger.",
        "The firm paid nine crowns, per head, to its drivers.",
        "Tram fares: What comes next",
        "The claim that he made is old.",
        "The union put the crates on a lorry at the gate in nine minutes.",
    ],
)
def test_words_that_only_look_like_cues(text: str):
    assert reported(text) == []
