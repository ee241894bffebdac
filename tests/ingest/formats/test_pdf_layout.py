"""Where a paragraph begins among printed lines of equal size and distance."""

from itertools import pairwise

import pytest

from claims.ingest.formats.pdf_layout import Line, article_of

FULL = "The bridge stays closed until May, he said."
"""The longest line: 43 characters, so that one of 34 ends early and one of 35 does not."""


def paragraphs(*printed: str) -> list[str]:
    """What lines are taken for. One that begins with ">" is indented by a letter, the others are not."""
    lines = [
        Line(text.removeprefix(">"), 10.0 * text.startswith(">"), 700 - 14.0 * place, 10.0)
        for place, text in enumerate(printed)
    ]
    headline, body = article_of([lines])
    assert headline == ""
    return body.split("\n\n")


@pytest.mark.parametrize(
    ("printed", "begins"),
    [
        ((FULL, "Boats sail.", "Nobody was hurt."), [2]),
        ((FULL, "Boats sail", "and nobody was hurt."), []),
        ((FULL, f"{'x' * 33}.", "Nobody was hurt."), [2]),
        ((FULL, f"{'x' * 34}.", "Nobody was hurt."), []),
        ((FULL, f">{FULL}", FULL), [1]),
        ((FULL, f">{FULL}", f">{FULL}"), [1, 2]),
        ((FULL, f">{FULL[:-1]}", f">{FULL}"), [1]),
    ],
    ids=[
        "after a short line",
        "not within a sentence",
        "just short enough",
        "just too long",
        "an indented line",
        "each indented line",
        "not within an indented sentence",
    ],
)
def test_a_paragraph_begins(printed, begins):
    edges = [0, *begins, len(printed)]
    words = [line.removeprefix(">") for line in printed]
    wanted = [" ".join(words[first:last]) for first, last in pairwise(edges)]
    assert paragraphs(*printed) == wanted
