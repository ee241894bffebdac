"""Whose words whole paragraphs are: interviews, transcripts, threads, lists."""

import pytest

from claims.extraction import extract
from claims.extraction.attribution.rules import attributions, inside
from claims.extraction.text import parsing, quotations
from claims.extraction.text.segments import passages
from tests.extraction.reading import Read, read

LABELLED = """Nine weeks on the ice
We spoke to Mirra Toll, who led the Osk expedition.
Q: When did the tent go?
A: In the third week. I held the pole and it broke.
The doctor said we would not sleep that night, and we did not.
Q: Would you go again?
A: My brother says no.
The expedition cost nine million crowns."""

UNLABELLED = """Mirra Toll on nine weeks of ice
Mirra Toll led the Osk expedition. She talked to Jory Penn.

When did the tent go?

In the third week. I held the pole and it broke.

Would you go again?

I would. We have the money for it.

The expedition cost nine million crowns."""


def turns(text: str) -> list[tuple[str, list[str]]]:
    """Give the outer attributions that are turns: the speaker, and the words of each claim."""
    found: dict[int, list[Read]] = {}
    for one in read(text):
        if one.claim.quotation == "direct" and one.claim.within is None:
            found.setdefault(one.claim.attribution, []).append(one)
    return [(turn[0].speaker, [one.content.rstrip(".") for one in turn]) for turn in found.values()]


def test_what_the_interviewer_tells_before_a_question_or_of_the_person_is_the_interviewer_s():
    text = UNLABELLED.replace(
        "Would you go again?",
        "The mayor says the ice is full. Is he wrong?\n\nWe counted the floes.\n\n"
        "Critics call your trip a stunt.\n\nI know. We read that.\n\nWould you go again?",
    )
    told = {one.content: one.speaker for one in read(text)}
    assert told["The mayor says the ice is full."] == "Jory Penn"
    assert told["Critics call your trip a stunt."] == "Jory Penn"
    assert told["We counted the floes."] == "Mirra Toll"


def test_an_essay_that_asks_and_answers_its_own_questions_is_no_interview():
    text = UNLABELLED.replace(
        "In the third week. I held the pole and it broke.",
        "In the third week.\n\nThe mayor says the ice is full. Is he wrong?\n\nI doubt it.",
    ).replace("I would. We have the money for it.", "The money is there.")
    assert not turns(text)


def test_answers_are_whole_turns_of_whom_the_lead_introduces():
    answers = [statements for speaker, statements in turns(LABELLED) if speaker == "Mirra Toll"]
    assert answers == [
        [
            "In the third week",
            "I held the pole and it broke",
            "The doctor said we would not sleep that night, and we did not",
        ],
        ["My brother says no"],
    ]


def test_questions_are_asked():
    asked = [
        claim.statement for claim in extract(LABELLED, engine="rules") if claim.mood == "asked"
    ]
    assert asked == ["When did the tent go?", "Would [Mirra Toll] go again?"]


def test_what_an_answer_reports_of_others_stands_inside_it():
    inner = [one for one in read(LABELLED) if one.source == "The doctor"]
    outer = {one.claim.attribution: one for one in read(LABELLED) if one.claim.within is None}
    assert [outer[one.claim.within].speaker for one in inner] == ["Mirra Toll"]


def test_the_article_goes_on_behind_the_last_answer():
    for text in (LABELLED, UNLABELLED):
        assert read(text)[-1].claim.quotation == "narration"
        assert read(text)[-1].content.startswith("The expedition cost")


def test_questions_without_labels_are_told_from_answers():
    assert turns(UNLABELLED) == [
        ("Jory Penn", ["When did the tent go?"]),
        ("Mirra Toll", ["In the third week", "I held the pole and it broke"]),
        ("Jory Penn", ["Would you go again?"]),
        ("Mirra Toll", ["I would", "We have the money for it"]),
    ]


def test_questions_in_bold_need_no_question_mark():
    text = UNLABELLED.replace("When did the tent go?", "**Your tent broke.**").replace(
        "Would you go again?", "**Would you go again?**"
    )
    assert next(statements for _, statements in turns(text)) == ["Your tent broke"]


def test_an_article_that_asks_and_answers_itself_is_nobody_s_interview():
    text = "Why is the lake dry?\nThe dam was opened in May.\nWho opened it?\nThe water board did."
    assert {one.claim.quotation for one in read(text)} == {"narration"}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("TOLL", "TOLL"),
        ("SEN. MIRRA TOLL", "TOLL"),
        ("MIRRA TOLL (via telephone)", "TOLL"),
        ("“TOLL", "TOLL"),
        ("**Mirra Toll", "Toll"),
        ("@mirratoll (Mirra Toll)", "Toll"),
    ],
)
def test_labels_of_transcripts(label: str, name: str):
    bold = "**" if label.startswith("**") else ""
    text = f"The session began at nine.\nTHE CHAIR: Who paid?\n{label}:{bold} Nobody did.\nTHE CHAIR: Thank you."
    found = [(speaker, statements) for speaker, statements in turns(text)]
    assert [statements for _, statements in found] == [["Who paid?"], ["Nobody did"], ["Thank you"]]
    assert name in found[1][0]


def test_facts_in_lines_are_no_transcript():
    text = "The fair opens in May.\nWhere: Osk market\nWhen: Sunday, nine o’clock\nTickets: nine crowns"
    assert [one.cue for one in read(text)] == ["", "", "", ""]


def test_notes_between_turns_are_nobody_s_words():
    text = "THE CHAIR: Who paid?\n(Applause.)\nTOLL: Nobody did."
    found = [one.content for one in read(text)]
    assert "Who paid?" in found
    assert not any("Applause" in one for one in found)


def test_thread_is_its_author_s():
    text = "Mirra Toll (@mirratoll)\n1/3 The ice broke at noon.\n2/3 Nobody heard it.\n3/3 We ran."
    assert turns(text) == [("Mirra Toll", ["The ice broke at noon", "Nobody heard it", "We ran"])]


def test_list_belongs_to_whom_announces_it():
    text = "The crew demanded:\n• nine weeks of leave\n• new tents\nThe board meets on Friday."
    found = [one for one in read(text) if one.source == "The crew"]
    assert [one.content for one in found] == ["nine weeks of leave", "new tents"]
    assert {one.claim.mood for one in found} == {"demanded"}
    assert read(text)[-1].claim.quotation == "narration"


def test_report_inside_a_quoted_sentence_can_be_read():
    text = "“The log says the tent was safe, and I told the crew that it was old,” Mirra Toll said."
    places = list(passages(text))
    quoted = quotations.find(text, places)
    with parsing.forgetting(parsing.MODEL):
        (passage,) = parsing.parse(text, places, quoted)
        (outer,) = attributions(passage)
        (sentence,) = parsing.parse(text, [(1, text.index(",” Mirra"))], [[]])
        found = inside(outer, sentence)
        told = [
            (one.passage.words(one.source.tokens), one.passage.words(one.content)) for one in found
        ]
        assert told == [("The log", "the tent was safe"), ("I", "it was old")]
        assert {one.outer for one in found} == {outer}
        assert found[1].named() == outer.named()


@pytest.mark.parametrize(
    "sentence",
    [
        "I thought that the tent was safe",
        "Anybody will tell you that the tent was safe",
        "We were promised a tent",
    ],
)
def test_what_a_speaker_thought_or_met_with_is_no_report_apart(sentence: str):
    assert [one.claim.within for one in read(f"“{sentence},” Mirra Toll said.")] == [None]


def test_whose_friend_it_is_stands_with_the_name():
    inner = read("“My cook told the crew that the tent was safe,” Mirra Toll said.")[1]
    assert inner.speaker == "Mirra Toll’s cook"


def test_list_under_a_name_is_that_person_s():
    text = "Reactions\nMirra Toll, expedition leader:\n• The tent was old.\n• Nobody checked it.\nThe board meets on Friday."
    found = [one for one in read(text) if one.speaker == "Mirra Toll"]
    assert [one.content.rstrip(".") for one in found] == ["The tent was old", "Nobody checked it"]


ASKED = """{lead}

When did the tent go?

In the third week. I held the pole and it broke.

Would you go again?

I would. We have the money for it."""


@pytest.mark.parametrize(
    "lead",
    [
        # A species in a caption, and the one who took the picture.
        "Botanist Hal Orrin tells the Osk Post about ice\n\nRosa glacialis on a rock in Velm. Image: Petra Lund.",
        # A place, and a field of study.
        (
            "The Osk Post met the botanist Hal Orrin on Monday\n\nIn the week of the Velm Games, the Post interviewed a "
            "Professor in Ice Studies at Velm University about the expedition."
        ),
        # A prize and a bar told along with what they are.
        "The Osk Post met Hal Orrin in a New Velm bar.",
    ],
)
def test_who_answers_is_a_person(lead: str):
    found = {
        one.speaker for one in read(ASKED.format(lead=lead)) if one.claim.quotation == "direct"
    }
    assert "Hal Orrin" in found
    assert found <= {"Hal Orrin", "", "Osk Post", "The Osk Post"}


@pytest.mark.parametrize(
    "lead",
    [
        "Rosa glacialis on a rock in Velm. Image: Petra Lund.\n\nThe ice is nine weeks wide, and it grows.",
        "The Post met one of the owners of the Velm Lamp Bar, which Hal Orrin and Petra Lund own.",
    ],
)
def test_nobody_is_made_to_answer_who_may_not(lead: str):
    answers = [one for one in read(ASKED.format(lead=lead)) if "held the pole" in one.content]
    assert answers
    assert not any(one.speaker for one in answers)
