"""A storm with a name is nobody: neither "she" nor who has spoken."""

import pytest

from tests.extraction.reading import reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Storm Agda cut the power.\n\nAgda tore roofs off. It was the worst, the weather office said.",
            "weather office",
        ),
        (
            "Typhoon Lin drowned a farm. Winter Storm Jonas had been weaker, officials said. Lin will come back, they said.",
            "officials",
        ),
        ("The clerk, Ada Roe, left. Hurricane Vera came. “I ran,” she said.", "Ada Roe"),
        # somebody with that name
        ("Pia Storm came. Storm said it was cold.", "Pia Storm"),
    ],
)
def test_a_storm_is_nobody(text: str, name: str) -> None:
    assert reported(text)[-1].speaker == name
