"""What belongs to a page and not to its article."""

import pytest

from claims.extraction.text.segments import passages

PARAGRAPH = "The lake fell by nine metres in May because the gates had been left open, the water board said on Monday."


def read(text: str) -> list[str]:
    return [text[start:end] for start, end in passages(text)]


@pytest.mark.parametrize(
    "line",
    [
        "By Mirra Toll",
        "By Mirra Toll and Jory Penn in Osk",
        "Mirra Toll, science correspondent",
        "Reporting by Mirra Toll; Editing by Jory Penn.",
        "Published 12 March 2031, 14:05 GMT",
        "Last updated: 3 May 2031 at 9.15am",
        "Monday, May 6, 2031",
        "FOR IMMEDIATE RELEASE",
        "Media contact: Jory Penn",
        "press@osk.example",
        "https://osk.example/lake",
        "Photo: Mirra Toll/Osk Radio",
        "- ENDS -",
        "###",
        "Read more: The lake in pictures",
        "[Laughter]",
    ],
)
def test_notices_are_no_passages(line: str):
    assert read(f"Lake falls\n{line}\n{PARAGRAPH}") == ["Lake falls", PARAGRAPH]


@pytest.mark.parametrize(
    "line",
    [
        "By noon the lake had fallen by nine metres.",
        "From Monday the ferries stop.",
        "May was dry.",
        "Photographs of the gate show rust.",
        "Contacts between the two towns have ended.",
        "Related firms paid nine million.",
        "12 boats sank.",
    ],
)
def test_sentences_that_begin_like_notices_stay(line: str):
    assert read(f"Lake falls\n{line}") == ["Lake falls", line]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("14:05 – Ferries stop.", "Ferries stop."),
        ("[09.30 GMT] Ferries stop.", "Ferries stop."),
        ("9am: Ferries stop.", "Ferries stop."),
        ("Monday, 9.05 a.m. Ferries stop.", "Ferries stop."),
        ("Friday, 6 p.m. Ferries stop.", "Ferries stop."),
        ("• Ferries stop.", "Ferries stop."),
        ("(b) Ferries stop.", "Ferries stop."),
        ("2/7 Ferries stop.", "Ferries stop."),
        ("**Ferries stop.**", "Ferries stop."),
        ("2.5 million crossed the lake.", "2.5 million crossed the lake."),
        ("1,200 ferries stop.", "1,200 ferries stop."),
        ("9 am is too early.", "9 am is too early."),
    ],
)
def test_marks_before_a_line_are_not_its_words(line: str, words: str):
    assert read(f"Lake falls\n{line}") == ["Lake falls", words]


def test_heading_between_paragraphs_is_no_passage():
    assert read(f"Lake falls\n{PARAGRAPH}\nWhat comes next\n{PARAGRAPH}") == [
        "Lake falls",
        PARAGRAPH,
        PARAGRAPH,
    ]


def test_line_that_reports_is_no_heading():
    line = "Ferries to stop on Friday, says operator"
    assert line in read(f"Lake falls\n{PARAGRAPH}\n{line}\n{PARAGRAPH}")


def test_verse_is_left_alone():
    verse = "The lake has taken father’s boat\nAnd now it takes my own\nThe salt lies white on every rope\nThe wind has cut the stone"
    assert read(f"Lake falls\n\n{PARAGRAPH}\n\n{verse}\n\n{PARAGRAPH}") == [
        "Lake falls",
        PARAGRAPH,
        PARAGRAPH,
    ]


def test_short_sentences_are_no_verse():
    text = "Lake falls\n\nFerries stop.\nSchools shut.\nThe gate is open.\nNobody knows why."
    assert len(read(text)) == 5


def test_place_before_a_colon_is_a_dateline_where_nobody_speaks():
    assert read("Lake falls\nOSK: Growers on Monday opened the gates.") == [
        "Lake falls",
        "Growers on Monday opened the gates.",
    ]
    assert read("Lake falls\nTOLL: We opened the gates.")[1] == "TOLL: We opened the gates."


def test_text_of_notices_alone_is_read():
    assert read("By Mirra Toll") == ["By Mirra Toll"]
