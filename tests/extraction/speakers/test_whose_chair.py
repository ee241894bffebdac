"""Whose chair, lawyer or spokesman "its chair" is."""

from tests.extraction.reading import read


def test_nothing_that_a_body_does_has_a_chair():
    text = (
        "The decision was taken by the transport board. Its chair, Nils Vorn, used to sell trams."
    )
    assert "decision" not in read(text)[-1].claim.statement


def test_a_body_without_a_name_has_a_spokesman_too():
    text = "The harbour board had called for a ban. Its spokesman said that the fine was too low."
    assert read(text)[-1].speaker == "harbour board’s spokesman"
