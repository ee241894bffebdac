"""A noun that does not tell by itself who or what it is gets its name, or the description that came before."""

import pytest

from tests.extraction.reading import read, reported


def last(text: str) -> str:
    return read(text)[-1].claim.statement


def test_short_noun_gets_the_description_that_came_before():
    text = "A levy on imported glass was passed in May. Ilse Dorn said the levy would ruin trade."
    assert last(text) == "The levy on imported glass would ruin trade"


def test_in_a_quotation_the_description_has_brackets():
    text = "A levy on imported glass was passed in May.\n\n“The levy is too high,” Ilse Dorn said."
    assert last(text) == "The levy [on imported glass] is too high"


def test_words_before_a_noun_describe_it_too():
    text = "The town bought a ferry terminal.\n\n“The terminal leaks,” Ilse Dorn said."
    assert last(text) == "The [ferry] terminal leaks"


@pytest.mark.parametrize(
    "before",
    [
        "Parliament has passed a levy on imported glass and a levy on salt.",
        "A levy on imported glass was passed in May. Another levy follows in June.",
        "Parliament has passed an unfair levy.",
        "Parliament has passed the highest levy in the history of the country.",
    ],
)
def test_of_two_levies_or_none_that_is_described_nothing_is_put_in(before: str):
    assert last(f"{before}\n\n“The levy is too high,” Ilse Dorn said.") == "The levy is too high"


def test_what_the_statement_says_itself_is_not_put_in():
    text = "The town bought a ferry terminal.\n\n“The terminal sank like a ferry,” Ilse Dorn said."
    assert last(text) == "The terminal sank like a ferry"


def test_we_of_a_union_leader_is_the_union_with_its_article():
    text = (
        "The Fenwick Weavers' Union met on Monday. “We will strike,” said Ilse Dorn, "
        "president of the Fenwick Weavers' Union."
    )
    assert reported(text)[-1].claim.statement == "[The Fenwick Weavers' Union] will strike"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Divers have searched the Orvel Reef for a year. Ilse Dorn said the reef was dead.",
            "The Orvel Reef was dead",
        ),
        (
            "Divers have searched the Orvel Reef.\n\n“The reef is dead,” Ilse Dorn said.",
            "The [Orvel] reef is dead",
        ),
        (
            "Divers searched the Orvel Reef and the Tamsin Reef.\n\n“The reef is dead,” Ilse Dorn said.",
            "The reef is dead",
        ),
        (
            "Divers searched the Orvel Reef and a reef in the south.\n\n“The reef is dead,” Ilse Dorn said.",
            "The reef is dead",
        ),
    ],
)
def test_thing_with_one_name_in_the_article_gets_it(text: str, statement: str):
    assert last(text) == statement


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        ("Ilse Dorn said the 43-year-old had lied.", "Tomas Brell had lied"),
        ("Ilse Dorn said it lay in the 43-year-old’s shed.", "It lay in Tomas Brell’s shed"),
        ("Ilse Dorn said the 19-year-old had lied.", "Ivo Brell had lied"),
        ("Ilse Dorn said the 30-year-old had lied.", "The 30-year-old had lied"),
        ("Ilse Dorn said a 43-year-old had lied.", "A 43-year-old had lied"),
    ],
)
def test_somebody_called_by_age_is_who_has_that_age(words: str, statement: str):
    text = f"Tomas Brell, 43, and his son Ivo Brell, 19, both of Osk, were fined. {words}"
    assert last(text) == statement
