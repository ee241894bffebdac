"""Whoever an article calls "Mrs Lane" is a person wherever the name stands alone, and neither a place nor a body."""

import pytest

from tests.extraction.reading import read, reported


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # a surname that ends the names of bodies
        (
            "Mr Bank sued the railway. Bank said the train was late. His bank said nothing.",
            "Bank",
            "other",
        ),
        ("Mrs Alma Court lost a cow. Court said the bull was sold.", "Alma Court", "other"),
        ("Ms Council told the board that the cook had left.", "Council", "other"),
        ("Mrs Church lost a cow. The hall was cold, Church said.", "Church", "other"),
        (
            "Mrs Ivy College lost a cow. The bull was sold, said Ivy College.",
            "Ivy College",
            "other",
        ),
        # a street's or a hill's last word behind a preposition of place
        (
            "The evidence of Odile Lane ended the hearing. Mrs Lane said it was late.",
            "Odile Lane",
            "other",
        ),
        ("A note from Odile Hill ended it. Ms Hill said it was late.", "Odile Hill", "other"),
        # without a title of address they are what they were
        ("The Court met on Monday. The Court said the bull was sold.", "Court", "court"),
        ("Orme Council met on Monday. The council said it was late.", "Orme Council", "official"),
        ("Mr Ode sued Orme Bank. Orme Bank said it was late.", "Orme Bank", "company"),
    ],
)
def test_an_addressed_name_is_a_persons(text: str, name: str, kind: str) -> None:
    found = reported(text)
    assert [(one.speaker, one.kind) for one in found[-1:]] == [(name, kind)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Mrs Alma Court spoke. Court said it was cold. The court said Court was brave.",
            ["Alma Court", "court"],
        ),
        (
            "Ms Council spoke. Council said the cook was unpaid. The council denied the debt.",
            ["Council", "council"],
        ),
    ],
)
def test_a_body_of_the_same_word_stays_apart(text: str, names: list[str]) -> None:
    assert [one.speaker for one in reported(text)] == names


def test_a_preposition_that_opens_a_sentence_is_no_part_of_the_name() -> None:
    text = "Near Dunmore, divers wept. Near Dunmore, Vera Dunmore said it was cold. “I wept,” she said."
    assert [one.speaker for one in reported(text)] == ["Vera Dunmore", "Vera Dunmore"]


def test_a_preposition_behind_a_label_is_no_name() -> None:
    text = "CHAIR: Who was told?\n\nMR OSK: The keeper.\n\nCHAIR: By whom?\n\nMR OSK: By me."
    assert "By" not in {one.speaker for one in reported(text)}


def test_mrs_before_a_surname_that_is_a_title_too_names_a_woman():
    text = "Mrs Abbot lost a cow. She said she would buy a bull."
    last = read(text)[-1]
    assert (last.speaker, last.claim.statement) == ("Abbot", "Abbot would buy a bull")


def test_mr_before_an_office_is_whoever_holds_it():
    assert read("The bull was sold, Mr Speaker said.")[-1].claim.speaker.named is False
