import pytest

from claims.extraction.text.quotations import _readable, find, mask
from claims.extraction.text.segments import passages


def quotations(text: str) -> list[list[str]]:
    places = list(passages(text))
    return [[text[one.start : one.end] for one in here] for here in find(text, places)]


def parsed(text: str) -> list[str]:
    """Give what the parser reads for each paragraph."""
    places = list(passages(text))
    masks = [mask(text, *both) for both in zip(places, find(text, places), strict=True)]
    return [" ".join(one.text.split()) for one in masks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Go,” he said.", ["“Go,”"]),
        ('"Go," he said. "Now."', ['"Go,"', '"Now."']),
        ("''Go,'' he said.", ["''Go,''"]),
        ("«Go», he said.", ["«Go»"]),
        ("‘Go,’ he said.", ["‘Go,’"]),
        ("The voters’ choice was ‘clear’, she said.", ["‘clear’"]),
        ("‘The voters’ choice is clear,’ she said.", ["‘The voters’ choice is clear,’"]),
        ("“He told us ‘go home’ and left,” she said.", ["“He told us ‘go home’ and left,”"]),
        ("“It is what he calls “hell” here.”", ["“It is what he calls “hell” here.”"]),
        ("It's Ann's boat, isn't it?", []),
        ('A stray ” mark and 6" of rain.', []),
        ("“ ” “...”", []),
    ],
)
def test_quotations_of_one_paragraph(text: str, expected: list[str]):
    assert [one for here in quotations(text) for one in here] == expected


def test_quotation_goes_on_into_a_paragraph_that_opens_with_a_mark():
    assert quotations("“We saw smoke.\n“Then we ran,” she said.") == [
        ["“We saw smoke."],
        ["“Then we ran,”"],
    ]


def test_quotation_goes_on_into_a_paragraph_that_only_closes_it():
    assert quotations("“We saw smoke.\nThen we ran,” she said.") == [
        ["“We saw smoke."],
        ["Then we ran,”"],
    ]


def test_mark_that_nothing_closes_is_a_slip():
    assert quotations("“We saw smoke, she said.\nThe fire is out.") == [[], []]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We saw smoke. We ran,” she said.", "It works, she said."),
        ("“Why?” Harl asked.", "It works, Harl asked."),
        ("“Why?” The police have no answer yet.", "It works. The police have no answer yet."),
        ("She said: “We saw smoke. We ran.”", "She said: it works."),
        ("“We saw smoke,” she said, “and we ran.”", "It works, she said, it works."),
        ("He called it “a disgrace” and left.", "He called it “a disgrace” and left."),
        ("“The Long Night” was a film.", "“The Long Night” was a film."),
        ("She said:“Run.”Then she ran.", "She said: it works. Then she ran."),
    ],
)
def test_whole_quotations_are_hidden_and_quoted_words_are_not(text: str, expected: str):
    assert parsed(text) == [expected]


def test_thousands_of_marks_are_no_quotations():
    assert [one for here in quotations("x " + '"' * 5_000) for one in here] == []


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("ABCDEFGHI j", "ABCDEFGHI j"),  # nine letters of ten
        ("ABCDEFGHIJ k", "Abcdefghij k"),
        ("UNESCO", "UNESCO"),
        ("DAM LEAKS, HARL SAYS", "Dam leaks, harl says"),
    ],
)
def test_a_line_is_shouted_where_more_than_nine_letters_of_ten_are_capitals(line: str, read: str):
    assert _readable(line) == read
