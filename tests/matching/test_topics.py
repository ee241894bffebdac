"""What the splitter puts before a statement says nothing of whether two statements agree."""

import pytest

from claims.matching.topics import without_topic


@pytest.mark.parametrize(
    "before",
    [
        "[Sellow tram depot:] ",
        "[The pump cost 40 crowns.] ",
        "[Tram depot: Mira Tolk: Six boats had sunk.] ",
        "[Ilse Dorn called it “a sham”.] ",
    ],
)
def test_it_is_left_out(before: str):
    assert without_topic(f"{before}It never worked") == "It never worked"


@pytest.mark.parametrize(
    "statement", ["[Ada Venn] has read it", "[Ada Venn’s] keys were gone", "It “[never]” worked"]
)
def test_names_that_were_put_in_stay(statement: str):
    assert without_topic(statement) == statement
