"""Whom a statement was told to, wherever in the sentence that stands."""

import pytest

from claims.extraction import extract


@pytest.mark.parametrize(
    ("text", "told_to"),
    [
        ("Asked by the chairman, Ms Quell said the budget was short by £3m.", "the chairman"),
        ("Questioned by reporters, the coach said his captain was fit.", "reporters"),
        ("At a briefing for diplomats, the general said the bridge was mined.", "diplomats"),
        ("In evidence to the inquiry, Mr Sorn said he had never read it.", "the inquiry"),
        (
            "In remarks to a business lobby, the treasurer said growth had stalled.",
            "a business lobby",
        ),
        (
            "Ms Dremm testified before the Senate committee that she was paid.",
            "the Senate committee",
        ),
        ("A memo to branch managers says the vaults will move in June.", "branch managers"),
        (
            "The skipper radioed the harbour office that his pumps had failed.",
            "the harbour office",
        ),
        ("At a meeting with growers, the minister said the levy would end.", ""),
        ("The results were shown before the board met, Ms Arno said.", ""),
    ],
)
def test_they_are_named_and_nobody_else(text, told_to):
    assert {claim.told_to for claim in extract(text)} == {told_to}
