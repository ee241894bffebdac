"""Whose words posts, comments and the answers of witnesses are."""

import pytest

from tests.extraction.attribution.test_turns import turns
from tests.extraction.reading import read

POSTS = """Mirra Toll @mirratoll · 3h
The ferry never came. We stood there for an hour.

Osk Ferries @oskferries · 2h
Replying to @mirratoll
All sailings were cancelled because of ice.

@jorypenn
Nobody told the island."""

RECORD = """Examined by Ms Tarn

Q. Mr Hale, you ran the depot?
A. I did.
Q. Who checked the brakes?
A. Nobody checked them.

JORY PENN, sworn

Q. Were the brakes old?
A. They were new."""


def test_posts_under_their_author_s_line_are_that_author_s():
    assert turns(POSTS) == [
        ("Mirra Toll", ["The ferry never came", "We stood there for an hour"]),
        ("Osk Ferries", ["All sailings were cancelled because of ice"]),
        ("@jorypenn", ["Nobody told the island"]),
    ]


def test_whom_a_post_replies_to_is_no_claim():
    found = [one.content for one in read(POSTS)]
    assert "Nobody told the island." in found
    assert not any("Replying" in one for one in found)


def test_a_post_in_an_article_ends_with_an_empty_line():
    text = "The harbour froze on Monday.\n\nMirra Toll (@mirratoll):\nThe ice is a metre thick.\n\nThe ferry is in the yard."
    assert turns(text) == [("Mirra Toll", ["The ice is a metre thick"])]
    assert read(text)[-1].claim.quotation == "narration"


def test_comments_are_whose_line_stands_over_them():
    text = "Comments\n\nmarsh_hen wrote:\nThe pump never came.\n\nReply from Jory Penn:\nThe pump is in the shed."
    assert turns(text) == [
        ("marsh_hen", ["The pump never came"]),
        ("Jory Penn", ["The pump is in the shed"]),
    ]


def test_names_in_capitals_between_the_turns_of_a_script():
    text = "TOLL\nWho paid for the tent?\n\nPENN\nThe board did.\n\nTOLL\nAll of it?\n\nPENN\nEvery crown."
    assert [statements for _, statements in turns(text)] == [
        ["Who paid for the tent?"],
        ["The board did"],
        ["All of it?"],
        ["Every crown"],
    ]


def test_days_in_capitals_are_nobody_s_lines():
    text = "MONDAY\nA goose stopped the traffic.\n\nTUESDAY\nA tuba was stolen.\n\nMONDAY\nNothing happened."
    assert {one.claim.quotation for one in read(text)} == {"narration"}


@pytest.mark.parametrize("answer", ["I did", "Nobody checked them"])
def test_a_witness_answers_whom_counsel_addresses(answer: str):
    found = {statement: speaker for speaker, said in turns(RECORD) for statement in said}
    assert found[answer].endswith("Hale")


def test_a_new_witness_answers_from_the_oath_on():
    found = {statement: speaker for speaker, said in turns(RECORD) for statement in said}
    assert found["They were new"].lower().endswith("penn")
    assert found["Were the brakes old?"].endswith("Tarn")


def test_items_under_headings_in_capitals_are_nobody_s_turns():
    text = "Valley notes\n\nPRICES: Lamb is up by a crown.\n\nDIPPING: The season ends in May.\n\nSHOWS: The fair opens on Sunday."
    assert {one.claim.quotation for one in read(text)} == {"narration"}


def test_the_number_of_a_post_is_no_claim():
    text = "@oskfire: The fire is out. (1/2)\n@oskfire: Nobody was hurt. 2/2\n"
    assert [one.claim.statement for one in read(text)] == ["The fire is out", "Nobody was hurt"]


def test_what_kind_of_article_it_is_is_no_speaker():
    text = "Interview: Odo Reck on how he built a ferry\n\nOdo Reck built the Osk ferry alone."
    assert [one.speaker for one in read(text)] == ["", ""]


def test_in_the_words_that_a_post_quotes_we_are_whoever_says_them():
    text = (
        "@oskdesk: The weather office rejects this. “We raised the alarm on Friday,” its director, Odo Lund, said.\n"
        "@oskdesk: Later the mayor found her brother. “I have never been so happy,” she said.\n"
    )
    found = [one.claim.statement for one in read(text, engine="both")]
    assert "[Odo Lund and others] raised the alarm on Friday" in found
    assert not [one for one in found if "[@oskdesk" in one]
