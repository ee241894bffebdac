"""Which company "the company" is: the one that the article is about, not one that only employs a commentator."""

import pytest

from tests.extraction.reading import reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Tarvo Foods Ltd will shut nine mills. Analysts at Merrin Bank said it was late. The company said it would pay.",
            "Tarvo Foods",
        ),
        (
            "Tarvo Foods Ltd will shut a mill. Ada Roe, an analyst with Merrin Partners, said it was late. The firm said it would pay.",
            "Tarvo Foods",
        ),
        (
            "Tarvo Foods Ltd will shut a mill. Strategists at Merrin Bank cheered. The bank said it was late.",
            "Merrin Bank",
        ),
    ],
)
def test_which_company(text: str, name: str) -> None:
    assert reported(text)[-1].speaker == name
