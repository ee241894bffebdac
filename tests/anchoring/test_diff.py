"""Two versions of a text, side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.anchoring import side_by_side


def test_each_paragraph_stands_beside_the_one_that_it_was():
    rows = side_by_side(
        "One.\n\nTwo boats sank.\n\nThree.", "One.\n\nTen boats sank.\n\nFour.\n\nThree."
    )
    assert [row.kind for row in rows] == ["equal", "changed", "added", "equal"]
    changed = rows[1]
    assert [(piece.kind, piece.text) for piece in changed.before] == [
        ("removed", "Two"),
        ("equal", " boats sank."),
    ]
    assert [(piece.kind, piece.text) for piece in changed.after] == [
        ("added", "Ten"),
        ("equal", " boats sank."),
    ]


def test_a_paragraph_that_went_has_nothing_beside_it():
    (first, second) = side_by_side("One.\n\nTwo.", "One.")
    assert (first.kind, second.kind, second.after) == ("equal", "removed", ())


def test_paragraphs_that_are_one_and_the_same_are_equal_however_many():
    rows = side_by_side("Rain.\n" * 9_000, "Snow.\n" + "Rain.\n" * 9_000)
    assert {row.kind for row in rows[1:-1]} == {"equal"}
    assert sum(row.kind == "added" for row in rows) == 1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_of_either_text_is_lost(old, new):
    rows = side_by_side(old, new)
    for text, side in ((old, "before"), (new, "after")):
        shown = ["".join(piece.text for piece in getattr(row, side)) for row in rows]
        wanted = [line.strip() for line in text.splitlines() if line.strip()]
        assert [line for line in shown if line] == wanted
