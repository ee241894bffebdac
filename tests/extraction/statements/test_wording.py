import pytest

from claims.extraction.statements.wording import without_list_mark
from tests.extraction.reading import read


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("• The mill burned down", "The mill burned down"),
        ("2) The mill burned down", "The mill burned down"),
        ("(b) The mill burned down", "The mill burned down"),
        ("3/7 The mill burned down", "The mill burned down"),
        ("14:32 The mill burned down", "The mill burned down"),
        ("9.15pm GMT – The mill burned down", "The mill burned down"),
        ("2.5 million people fled", "2.5 million people fled"),
        ("1/5 of the people fled", "1/5 of the people fled"),
        ("12 people fled", "12 people fled"),
        ("9.15 trains were late", "9.15 trains were late"),
    ],
)
def test_marks_of_lists_and_times_of_posts_are_cut_off(line: str, words: str):
    assert without_list_mark(line) == words


def test_a_list_mark_is_no_part_of_a_claim():
    (found,) = read("(b) The mill burned down on Monday.")
    assert found.content == "The mill burned down on Monday"
    assert found.claim.statement == "The mill burned down on Monday"


def test_quotation_in_single_marks_is_closed():
    found = read("Ilse Dorn said the sale was ‘clean from first to last’.")
    assert [one.claim.statement for one in found] == [
        "The sale was ‘clean from first to last’",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("❤️ “The dam has three cracks,” Ada Venn said.", ["The dam has three cracks"]),
        ("Ada Venn said the dam had cracks.\n\n❤️\n\nNobody came.", ["The dam had cracks", "Nobody came"]),
        ("Ada Venn @adavenn\n🔥 The dam has three cracks. ❤️\n\n👍🏽👍🏽", ["The dam has three cracks"]),
        ("• ✅ The dam has three cracks, Ada Venn said. 🙏", ["The dam has three cracks"]),
    ],
)  # fmt: skip
def test_pictures_around_words_are_neither_said_nor_claims(text: str, expected: list[str]):
    assert [one.claim.statement for one in read(text)] == expected
