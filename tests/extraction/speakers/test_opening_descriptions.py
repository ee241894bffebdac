"""What opens a sentence and describes its subject is that one: "The daughter of a clerk, Venn had planted trees"."""

import pytest

from tests.extraction.reading import reported


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "Tess Arnaud won.\n\nThe sister of a judge, Arnaud said that the hall was cold.",
            "Tess Arnaud",
            "the sister of a judge",
        ),
        (
            "Tess Arnaud won.\n\nThe child of refugees, Arnaud told a paper that the hall was cold.",
            "Tess Arnaud",
            "the child of refugees",
        ),
        (
            "Tess Arnaud won.\n\nThe daughter of a pilot, Arnaud left school and said the hall was cold.",
            "Tess Arnaud",
            "the daughter of a pilot",
        ),
        (
            "Anders Roke won.\n\nThe son of a postman, he has said that the hall was cold.",
            "Anders Roke",
            "",
        ),
        # somebody of whom is spoken, or who speaks alone
        (
            "Tess Arnaud won.\n\nThe daughter of a butcher said the hall was cold.",
            "daughter of a butcher",
            "",
        ),
        ("The owner, Nordhal, left. Nordhal said the hall was cold.", "Nordhal", "the owner"),
    ],
)
def test_the_description_is_the_subjects(text: str, name: str, role: str) -> None:
    found = reported(text)[-1]
    assert (found.speaker, found.role) == (name, role)


def test_her_before_nothing_owns_nothing() -> None:
    text = "Marta Quint left school and said later that it had taught her nothing."
    assert "Quint’s nothing" not in reported(text)[-1].claim.statement
