"""What "which" stands for where a statement begins with it."""

import pytest

from tests.extraction.reading import read


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        # Its own subject.
        ("Oda Harl spoke of the mill, which she said was a ruin.", "The mill was a ruin"),
        (
            "The mill, which Oda Harl said would close in May, is shut.",
            "The mill would close in May",
        ),
        # The object of the verb that reports, and of an inner one.
        (
            "The mill, which Oda Harl described as a ruin, is shut.",
            "Oda Harl described the mill as a ruin",
        ),
        (
            "Her letter, which Oda Harl called a joke, was read.",
            "Oda Harl called the letter a joke",
        ),
        # The parser takes the town for what could fall; it may be the wall.
        (
            "A wall at the dock of Sellow, which engineers warned could fall, is shut.",
            "Which could fall",
        ),
    ],
)
def test_it_is_written_in_full_where_it_is_sure(text: str, statement: str):
    assert statement in [one.claim.statement for one in read(text, engine="both")]
