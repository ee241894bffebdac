"""Words that say how sure a statement is, and words that only look like them."""

import datetime as dt

import pytest

from claims.matching.relations import understand
from claims.matching.types import Statement

DAY = dt.date(2027, 5, 3)


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("It may rain in Kalden.", False),
        ("MAY it rain in Kalden?", False),
        ("May the bridge open?", False),
        ("May was cold in Kalden.", True),
        ("In May it rained in Kalden.", True),
        ("Mayor May opened the bridge.", True),
        ("It might rain in Kalden.", False),
        ("It rained in Kalden.", True),
    ],
)
def test_a_month_and_a_name_are_not_taken_for_doubt(text, is_sure):
    assert ("hedge" not in understand(Statement(text, DAY)).cues) is is_sure
