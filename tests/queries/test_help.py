"""What a search in the manual finds, and what comes first."""

import pytest

from claims.queries.help import find_passages, manual, manual_page

INDEX = """# Manual

Start [here](first.md), then [further](SECOND_PAGE.md). Not [elsewhere](https://example.org/a.md).

## Bridges

About boats.
"""
FIRST = """# First steps

## Boats

### Empty

The old bridge over the Olm.

## Boats

Over the bridge and old.
"""


@pytest.fixture(autouse=True)
def _manual(tmp_path, settings) -> None:
    settings.MANUAL = tmp_path / "index.md"
    settings.MANUAL.write_text(INDEX)
    (tmp_path / "first.md").write_text(FIRST)
    (tmp_path / "SECOND_PAGE.md").write_text("# Last steps\n\nNothing of them.\n")


def test_its_pages_are_those_that_the_index_links_to_in_that_order():
    assert [(page.name, page.title) for page in manual()] == [
        ("", "Manual"),
        ("first", "First steps"),
        ("second-page", "Last steps"),
    ]
    assert manual_page("first").title == "First steps"
    assert manual_page("elsewhere") is None


def test_a_heading_that_is_there_twice_has_two_anchors():
    """A heading with nothing below it but other headings has no passage of its own."""
    assert [section.anchor for section in manual_page("first").sections] == ["empty", "boats-1"]


def found(typed: str) -> list[tuple[str, str]]:
    return [(one.page.name, one.section.anchor) for one in find_passages(typed)]


def test_matches_in_a_heading_come_first_and_then_words_side_by_side():
    assert found("bridge") == [("", "bridges"), ("first", "empty"), ("first", "boats-1")]
    assert found("bridge old") == found("old bridge") == [("first", "empty"), ("first", "boats-1")]
    assert found("zeppelin") == found("") == found("?!") == []


def test_a_long_passage_is_cut_around_the_first_match(settings, tmp_path):
    body = f"{'word ' * 100}bridge {'word ' * 100}"
    settings.MANUAL = tmp_path / "long.md"
    settings.MANUAL.write_text(f"# Long\n\n{body}\n")
    (passage,) = find_passages("bridge")
    text = "".join(piece.text for piece in passage.pieces)
    assert text.startswith("… word")
    assert text.endswith("word …")
    assert [piece.text for piece in passage.pieces if piece.found] == ["bridge"]
    assert 200 < len(text) < 260


def test_a_long_passage_found_by_its_heading_is_shown_from_its_beginning(settings, tmp_path):
    settings.MANUAL = tmp_path / "long.md"
    settings.MANUAL.write_text(f"# Long\n\n## Bridge\n\nFirst {'word ' * 100}\n")
    (passage,) = find_passages("bridge")
    assert "".join(piece.text for piece in passage.pieces).startswith("First word")


def test_code_is_found_and_marks_and_comments_are_not(settings, tmp_path):
    settings.MANUAL = tmp_path / "code.md"
    settings.MANUAL.write_text(
        "# Code\n\nPress *here*<!-- never shown --> now.\n\n```sh\nmake bridge\n```\n"
    )
    ((section),) = manual_page("").sections
    assert section.text == "Press here now. make bridge"
    assert found("make bridge") == [("", section.anchor)]


def test_of_a_search_the_first_twenty_words_count():
    assert found("bridge " * 20 + "zeppelin") == found("bridge")
    assert found("bridge " * 19 + "zeppelin") == []
