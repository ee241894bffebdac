"""What opens a sentence and tells where or when something is said is never who says it."""

import pytest

from tests.extraction.reading import only, reported


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Outside court, his lawyer, Ida Stroh, said the van was full.", "Ida Stroh"),
        ("Opposite Lane, Sergeant Kim Lorne said the van was full.", "Kim Lorne"),
        ("Near Brenn, Sergeant Lorne told reporters that the van was full.", "Lorne"),
        ("Outside Orme Crown Court, Sergeant Lorne told reporters that it was full.", "Lorne"),
        ("Outside Halm Magistrates’ Court, Sergeant Kim Lorne said it was full.", "Kim Lorne"),
        ("In Parliament, his lawyer, Ida Stroh, said the van was full.", "Ida Stroh"),
        ("At a hearing in Brenn, his lawyer, Ida Stroh, said the van was full.", "Ida Stroh"),
        ("Outside Dunmore, the owner, Carla Voss, denied that she had known.", "Carla Voss"),
        ("Behind the mill, two drivers said that the road was shut.", "two drivers"),
        ("After the vote, a nurse said the ward was full.", "nurse"),
        # a subject stays one
        ("The miller, Carla Voss, said the road was shut.", "Carla Voss"),
        ("In Brenn, Orvo Mills said the road was shut.", "Orvo Mills"),
    ],
)
def test_an_opening_is_not_the_speaker(text: str, name: str) -> None:
    assert [one.speaker for one in reported(text)] == [name]


def test_where_somebody_speaks_is_not_who_is_told() -> None:
    text = "Speaking outside court, lawyer Eva Rahm said the van was full."
    assert [one.claim.told_to for one in reported(text)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "Outside court Ada Venn said the mine was shut.",
        "After lunch Ada Venn said the mine was shut.",
        "On Monday Ada Venn said the mine was shut.",
    ],
)
def test_where_or_when_without_a_comma_is_no_part_of_the_speaker(text: str):
    one = only(text)
    assert (one.speaker, one.role, one.content) == ("Ada Venn", "", "the mine was shut")
