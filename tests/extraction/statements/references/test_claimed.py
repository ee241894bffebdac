"""A denial of "the allegation" says what was alleged."""

import pytest

from tests.extraction.reading import read, reported


def last(text: str) -> str:
    return [one.claim.statement for one in reported(text)][-1]


def test_denied_allegation_is_told():
    text = "Ilse Dorn alleged that the mill had been sold twice. Otto Brenk denied the allegation."
    assert last(text) == "Otto Brenk denied the allegation that the mill had been sold twice"


def test_rejected_claim_is_the_one_made_last_by_somebody_else():
    text = (
        "Ilse Dorn said the wells were dry. Mira Tolk claimed the board had known for years.\n\n"
        "Otto Brenk rejected that claim."
    )
    assert last(text) == "Otto Brenk rejected the claim that the board had known for years"


def test_words_of_a_quotation_stay_in_quotation_marks():
    text = "“The wells were poisoned on purpose,” Ilse Dorn said.\n\nOtto Brenk dismissed the idea."
    assert last(text) == "Otto Brenk dismissed the idea [“The wells were poisoned on purpose”]"


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Dorn said the wells were dry. Otto Brenk denied the allegation.",
        "Otto Brenk said the wells were full. Otto Brenk denied the claim.",
        "Ilse Dorn claimed the wells were dry. Otto Brenk denied the claim of a neighbour.",
        "Ilse Dorn claimed the wells were dry. Otto Brenk welcomed the claim.",
        "Ilse Dorn claimed the wells were dry. Otto Brenk denied the claims.",
        "Ilse Dorn asked whether the wells were dry. Otto Brenk denied the claim.",
    ],
)
def test_what_was_not_claimed_before_is_not_put_in(text: str):
    assert " that " not in read(text)[-1].claim.statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Ilse Dorn said the wells were dry. Otto Brenk denied it.",
            "Otto Brenk denied the claim that the wells were dry",
        ),
        (
            "Ilse Dorn said the bridge had cost 38 million crowns. Otto Brenk disputed the figure.",
            "Otto Brenk disputed the figure that the bridge had cost 38 million crowns",
        ),
        # Two claims, or another paragraph: it is not sure which one is meant.
        (
            "Ilse Dorn said the wells were dry. Mira Tolk said the board had known. Otto Brenk denied it.",
            "Otto Brenk denied it",
        ),
        ("Ilse Dorn said the wells were dry.\n\nOtto Brenk denied it.", "Otto Brenk denied it"),
        (
            "Ilse Dorn said the bridge was old. Otto Brenk disputed the figure.",
            "Otto Brenk disputed the figure",
        ),
    ],
)
def test_what_this_or_the_figure_says_is_told(text: str, statement: str):
    assert last(text).endswith(statement)


def test_claim_that_cannot_be_told_is_not_skipped_for_an_older_one():
    text = (
        "Ilse Dorn said the wells were dry. Mira Tolk asked who had known.\n\n“Why not? It is late,” "
        "Ada Venn said.\n\nOtto Brenk rejected the claim."
    )
    assert last(text) == "Otto Brenk rejected the claim"


def test_what_follows_the_claim_stays_apart_from_it():
    text = "Ilse Dorn claimed the wells were dry. Otto Brenk dismissed the claim as gossip."
    assert last(text) == "Otto Brenk dismissed the claim [that the wells were dry] as gossip"


def test_what_somebody_is_accused_of_is_no_clause_to_put_in():
    text = "Ilse Dorn accused the board of fraud. Otto Brenk rejected the idea."
    assert last(text) == "Otto Brenk rejected the idea"
