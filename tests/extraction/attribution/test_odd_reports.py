"""Reports that no list of verbs has, or that the parser reads wrongly."""

import pytest

from tests.extraction.reading import read, reported


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        # any verb behind a quotation that ends in a comma or a question mark
        ("“My goat ate the map,” rued Edda Marl of Fenby.", "Edda Marl of Fenby", "“My goat ate the map,”"),
        ("“Who sold it?” thundered the mayor.", "the mayor", "“Who sold it?”"),
        # a denial in the passive, and of "this"
        ("That story was contradicted by two porters.", "two porters", "That story"),
        ("The bridge fell. Edda Marl denied this.", "Edda Marl", "this"),
        # one word to the parser
        ("The board ruled out a re-run of the exam.", "The board", "a re-run of the exam"),
        # the coordinated demand is the speakers', for "had" does not reach it
        ("Edda Marl said that clerks had lost the files and demanded an inquiry.", "Edda Marl", "an inquiry"),
    ],
)  # fmt: skip
def test_report(text: str, source: str, content: str):
    assert (source, content) in [(one.source, one.content) for one in reported(text)]


@pytest.mark.parametrize(
    "text",
    [
        # a full stop ends the quotation, and what follows is a sentence of its own
        "The sign said “Keep out.” Broke Edda Marl the lock?",
        "The word “goat,” misspelt twice, stood on the gate.",
    ],
)
def test_a_verb_beside_quoted_words_is_no_report(text: str):
    assert not [one for one in read(text) if one.cue and one.cue in {"Broke", "misspelt", "stood"}]


@pytest.mark.parametrize("date", ["of the last ten years", "of 2019"])
def test_the_date_of_a_report_is_not_what_it_says(date: str):
    assert not [one for one in read(f"Edda Marl read the ministry’s reports {date}.") if one.cue]


def test_a_name_that_the_parser_gives_no_verb_says_what_follows():
    text = "Sem Verhook, Jelle’s elder brother, who rides for Fjordhus, alleged on the finish line that Orlane had attacked."
    found = [one for one in read(text, engine="both") if one.cue]
    assert [one.speaker for one in found] == ["Sem Verhook"]


def test_brackets_behind_a_source_are_not_what_it_says():
    text = "Orvall Mills N.V. (“Orvall” or “the Group”) announced a recall."
    found = [one for one in read(text, engine="both") if one.cue]
    assert [(one.speaker, one.content) for one in found] == [("Orvall Mills", "a recall")]


def test_replies_below_an_arrow_are_their_authors():
    text = """Mira Ash @miraash · 1/2
The bins on Fell Lane have not been emptied since May.

Mira Ash @miraash · 2/2
I have a photo of each one.

↳ Bo Tegg @botegg
I signed the contract myself. They come on Fridays."""
    assert "Bo Tegg" in {one.speaker.partition(" @")[0] for one in read(text)}


def test_a_question_is_asked_also_by_who_wants_to_know():
    text = "Len Tabb wanted to know why nobody had locked the gate."
    assert [one.claim.mood for one in read(text, engine="both")] == ["asked"]
