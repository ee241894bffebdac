"""Who says what in plain sentences of everyday news."""

import pytest

from tests.extraction.reading import read


@pytest.mark.parametrize("engine", ["rules", "both"])
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A resident of Sellow, who said the mill was shut, left.", "resident of Sellow"),
        ("A nurse at Sellow Hall, who said the beds were full, left.", "nurse at Sellow Hall"),
        ("The mayor of Ostrey, who denied the charge, will stay.", "mayor of Ostrey"),
        ("The mill of Ada Venn, who said the beds were full, is shut.", "Ada Venn"),
    ],
)
def test_who_is_a_person_and_not_the_place_that_one_is_from(engine, text, speaker):
    assert speaker in [one.speaker for one in read(text, engine=engine)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The team had been denied a penalty.", False),
        ("He was denied bail.", False),
        ("It was denied that the mill had closed.", True),
        ("The claim was denied by the ministry.", True),
    ],
)
@pytest.mark.parametrize("engine", ["rules", "both"])
def test_who_is_denied_something_reports_nothing(engine, text, told):
    found = read(text, engine=engine)
    assert [one.claim.statement for one in found] == [text.rstrip(".")]
    assert bool(found[0].cue) == told


def test_a_letter_behind_a_figure_ends_a_sentence():
    text = "Oda Harl said the fire did damage put at £2m. It reached 300C. No one was hurt."
    assert [one.claim.statement for one in read(text)] == [
        "The fire did damage put at £2m",
        "It reached 300C",
        "No one was hurt",
    ]


@pytest.mark.parametrize("engine", ["rules", "both"])
@pytest.mark.parametrize(
    "text",
    [
        "“We have not found anything that points to arson,” Oda Harl said.",
        "“We never had a report that said the bridge was weak,” Oda Harl said.",
        "“I met nobody who said the bridge was safe,” Oda Harl said.",
        "“I no longer tell my patients to fast,” Oda Harl said.",
    ],
)
def test_what_there_may_not_be_says_nothing(engine, text):
    assert {one.speaker for one in read(text, engine=engine)} == {"Oda Harl"}
    assert len(read(text, engine=engine)) == 1


def test_an_engineer_whom_nobody_met_has_said_it_all_the_same():
    text = "“We did not meet the engineer who said the bridge was weak,” Oda Harl said."
    assert ("engineer", "The bridge was weak") in [
        (one.speaker, one.claim.statement) for one in read(text, engine="both")
    ]
