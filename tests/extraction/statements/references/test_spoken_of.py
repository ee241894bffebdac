"""In a quotation that goes on, "he" is whoever its first part spoke of, and never who speaks."""

import pytest

from tests.extraction.reading import reported


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in reported(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # after "she said"
        (
            "“The minister lied to us,” said Lena Kurt, who leads the opposition. “He knew in May.”",
            "[The minister] knew in May",
        ),
        (
            "“My partner, Ole Grau, took the till,” said the baker, Tim Sand. “He left at noon.”",
            "[Ole Grau] left at noon",
        ),
        (
            "“My brother dug the well,” Ilsa Dorn said. “He was proud.”",
            "[Ilsa Dorn’s brother] was proud",
        ),
        (
            "“Ms Fenn built it,” the chairman, Otto Rask, said. “She found the money.”",
            "[Ms Fenn] found the money",
        ),
        # across paragraphs
        (
            "Neighbours spoke of Karl Dunn.\n\n“Karl fed my cat,” said Ann Bell.\n\n“He hated buses,” she said.",
            "[Karl Dunn] hated buses",
        ),
        # a daughter is not "he"
        (
            "“The guard saved my daughter,” Ilsa Dorn said. “He was brave.”",
            "[The guard] was brave",
        ),
    ],
)
def test_whoever_the_first_part_spoke_of(text: str, expected: str) -> None:
    assert statements(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        # two people
        ("“The guard hit my son,” Ilsa Dorn said. “He fell.”", "He"),
        ("“The guard came,” Ilsa Dorn said. “He told him to leave.”", "He"),
        ("“The chef hit the porter,” Ilsa Dorn said. “He fell hard.”", "He"),
        # somebody else has spoken in between
        (
            "“The guard came,” Ilsa Dorn said.\n\nAda Reed left.\n\n“He was kind,” Ilsa Dorn said.",
            "He",
        ),
    ],
)
def test_where_it_may_be_either_the_word_stays(text: str, word: str) -> None:
    last = reported(text)[-1].claim
    assert word.lower() in last.statement.lower().split() or word in last.statement
    assert "[Ilsa Dorn]" not in last.statement


def test_a_wife_is_not_her_husband() -> None:
    text = "Q: Was he alone?\n\nA: Mr Crane was with his wife. She wore a green coat."
    assert "Crane] wore" not in statements(text)[-1]


def test_he_may_be_somebody_new_whom_the_sentence_has_just_told_of():
    text = (
        "Ole Grau leads the choir. He said that it had sung for years.\n\n"
        "“I grew up with one teacher, and he was deaf,” said Ilse Dorn. “He would have laughed.”"
    )
    assert not any("Grau] was deaf" in one or "Grau was deaf" in one for one in statements(text))
