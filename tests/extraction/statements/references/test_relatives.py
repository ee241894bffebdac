"""A sentence that opens with "which" is read with the one before it, and keeps its first word."""

import pytest

from tests.extraction.reading import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The builder left the country. Which is why the panel could not hear him, its chair said.",
            "[The builder left the country.] Which is why the panel could not hear the builder",
        ),
        (
            "The pool was shut in May. Which was the right thing to do, the surveyor said.",
            "[The pool was shut in May.] Which was the right thing to do",
        ),
        (
            "The port lost nine ships. Which, the mayor said, nobody had expected.",
            "[The port lost nine ships.] Which nobody had expected",
        ),
        (
            "The dredger sank in April. After which the insurers refused to pay.",
            "[The dredger sank in April.] After which the insurers refused to pay",
        ),
        (
            "The engine failed in May. In which case the insurer would pay, its lawyer said.",
            "[The engine failed in May.] In which case the insurer would pay",
        ),
        (
            "“We lost nine boats. Which nobody expected,” said Otto Brand.",
            "[Otto Brand and others lost nine boats.] Which nobody expected",
        ),
        # questions, and sentences about what is not known
        (
            "The ward was shut. Which ward was worse is not known.",
            "Which ward was worse is not known",
        ),
        ("The ward was shut. Which nurse knew?", "Which nurse knew?"),
        ("The boat sank. Whose boat it was, nobody knows.", "Whose boat it was, nobody knows"),
    ],
)
def test_an_opening_relative(text: str, expected: str) -> None:
    assert read(text)[-1].claim.statement == expected


def test_an_opening_relative_without_a_sentence_before_stays_unresolved() -> None:
    assert read("Which is a shame, the surveyor said.")[-1].claim.unresolved == ("Which",)


def test_whose_is_no_part_of_a_speakers_name() -> None:
    text = "Nine families sued the town. Whose lawyers say the cracks were known."
    assert read(text)[-1].speaker == "lawyers"
