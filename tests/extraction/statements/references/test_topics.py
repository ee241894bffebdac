"""What an article or an entry is about stands before a statement that does not say so."""

import pytest

from tests.extraction.reading import read

HEADLINE = "Sellow tram depot needs a new roof, engineers say\n"
MINUTES = """Allotments. The clerk reported that nine plots were vacant.
Footpath by the mill. The warden said a bull had been put in the field.
The chair thanked everybody and said the next meeting would be in May."""


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in read(text) if one.source]


def test_a_statement_that_lacks_the_article_s_subject_gets_it():
    text = HEADLINE + (
        "Rain has come into the tram depot since May. The depot was built in 1931. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert "[Sellow tram depot:] Repairs had been put off for nine years" in statements(text)


@pytest.mark.parametrize(
    "said",
    [
        "the depot had been shut",
        # Whose "it" this is nobody knows; it must not seem to be the depot's.
        "it was too loud",
        "Ada Brenk of Sellow had left",
    ],
)
def test_others_stay_as_they_are(said: str):
    text = (
        HEADLINE
        + "Rain has come into the tram depot since May. The depot was built in 1931. "
        + f"A dog barked at a goat. The foreman said that {said}."
    )
    assert not any(one.startswith("[Sellow tram depot") for one in statements(text))


def test_an_article_without_a_headline_is_about_nothing_for_sure():
    text = (
        "Rain has come into the Sellow tram depot since May. The depot was built in 1931. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("Repairs")


def test_what_a_headline_s_person_or_office_is_called_is_no_subject():
    text = (
        "City council votes for the union\nThe council met on Monday. The union came. "
        "The foreman said that repairs had been put off for nine years."
    )
    assert statements(text)[-1].startswith("Repairs")


def test_entries_of_minutes_say_what_they_are_about():
    assert statements(MINUTES) == [
        "[Allotments:] Nine plots were vacant",
        "[Footpath by the mill:] A bull had been put in the field",
        "The next meeting would be in May",
    ]


def test_the_subject_makes_no_statement_worthier_of_a_check():
    plain = MINUTES.replace("Allotments. ", "").replace("Footpath by the mill. ", "")
    scores = [
        [one.claim.checkable for one in read(text) if one.source] for text in (MINUTES, plain)
    ]
    assert scores[0] == scores[1]
