"""In an interview "you" is who answers, and an answer too short to read alone gets its question."""

import pytest

from tests.extraction.reading import read

INTERVIEW = """Nine weeks on the ice
Mirra Toll led the Osk expedition. She talked to Jory Penn.
Q: Your doctor, Aldo Wick, says you slept in the snow. Is that so?
A: Aldo was ill. You learn to sleep anywhere.
Q: Do you still own a tent?
A: I do.
Q: What would you take to the Osk now?
A: A dog.
Q: You sold the sledge last year.
A: Nobody wanted it."""

COMPANY = """Ola Brenk talked to the minister, Ada Venn, and to Dr Teo Marl.
OLA BRENK, HOST: Minister, do you drink the water? Minister?
ADA VENN: Every day. He knows that.
BRENK: And you, Doctor?
TEO MARL: Never."""


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in read(text) if one.speaker]


def test_you_of_an_interviewer_is_who_answers():
    found = statements(INTERVIEW)
    assert "Does [Mirra Toll] still own a tent?" in found
    assert "[Mirra Toll] sold the sledge last year" in found
    assert "[Mirra Toll’s] doctor, Aldo Wick, says [Toll] slept in the snow" in found


def test_you_in_what_an_interviewer_reports_is_who_answers():
    assert "[Mirra Toll] slept in the snow" in statements(INTERVIEW)


def test_you_of_who_answers_stays():
    assert "You learn to sleep anywhere" in statements(INTERVIEW)


def test_short_answer_gets_its_question():
    found = statements(INTERVIEW)
    assert (
        "Asked “Does [Mirra Toll] still own a tent?”, Mirra Toll said: “[Mirra Toll] does”" in found
    )
    assert "Asked “What would [Mirra Toll] take to the Osk now?”, Mirra Toll said: “A dog”" in found


def test_answer_that_reads_alone_gets_no_question():
    assert "Aldo [Wick] was ill" in statements(INTERVIEW)


def test_of_several_guests_the_one_who_answers_next_is_meant():
    found = statements(COMPANY)
    assert "Minister, does [Ada Venn] drink the water?" in found
    assert any("“[Teo Marl], Doctor?”" in one for one in found)


def test_he_is_nobody_in_the_conversation():
    assert "[Ada Venn said: “Every day”.] He knows that" in statements(COMPANY)


def test_you_two_are_several():
    found = statements(INTERVIEW.replace("Do you still own", "Do you two own"))
    assert "Do you two own a tent?" in found


def test_body_named_in_the_lead_answers_no_question():
    text = INTERVIEW.replace("Mirra Toll led the Osk expedition", "They keep the Osk Ledger")
    found = statements(text)
    assert "What would [A] take to the Osk now?" in found
    assert not any("[Osk Ledger" in one for one in found)


def test_a_short_answer_in_an_article_tells_what_was_asked():
    text = (
        "Counsel asked Mirra Toll, the depot manager, why the roster was burned.\n"
        "“After the funeral,” Mirra Toll replied."
    )
    assert statements(text)[-1] == (
        "Counsel asked Mirra Toll, the depot manager, why the roster was burned; "
        "Mirra Toll said: “After the funeral”"
    )


def test_what_is_said_long_after_a_question_does_not_answer_it():
    text = (
        "Counsel asked Mirra Toll, the depot manager, when the roster was read. The court rose for lunch.\n"
        "“After the funeral,” Jory Penn replied."
    )
    assert statements(text)[-1] == "Jory Penn said: “After the funeral”"


def test_a_question_is_nobody_that_an_answer_speaks_of():
    text = (
        "The Ostrey Courier met the minister of finance, Lidia Brask, at the river.\n\n"
        "Courier: How much did the flood cost?\n\n"
        "Brask: “The flood cost 40 million crowns.”\n\n"
        "Courier: Should the minister of works resign?\n\n"
        "Brask: “Hedda Quillan inherited a drawer, and nobody told her what was in it.”"
    )
    assert statements(text)[-2:] == [
        "Should the minister of works resign?",
        "Hedda Quillan inherited a drawer, and nobody told her what was in it",
    ]


_MET = "Nora Pell kept the light for 31 years. She spoke to the Coast Gazette last week.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            _MET + "Did you ever sleep?\n\nNo.\n\nWere you afraid?\n\nYes, twice.",
            [
                "Asked “Did [Nora Pell] ever sleep?”, Nora Pell said: “No”",
                "Asked “Was [Nora Pell] afraid?”, Nora Pell said: “Yes, twice”",
            ],
        ),
        # a statement before the first question
        (
            _MET + "The light has gone dark. Did you expect that?\n\nNo.\n\nAre you sad?\n\nNever.",
            [
                "Asked “The light has gone dark. Did [Nora Pell] expect that?”, Nora Pell said: “No”",
                "Asked “Is [Nora Pell] sad?”, Nora Pell said: “Never”",
            ],
        ),
        (
            "CHAIR: The fund lost nine million. Did you know that?\n\nMS TARN: Yes.\n\nCHAIR: Who told you?\n\nMS TARN: The auditor.",
            [
                "Asked “The fund lost nine million. Did [TARN] know that?”, TARN said: “Yes”",
                "Asked “Who told [TARN]?”, TARN said: “The auditor”",
            ],
        ),
    ],
)
def test_a_short_answer_has_its_question_with_what_that_points_to(
    text: str, expected: list[str]
) -> None:
    found = [one.claim.statement for one in read(text)]
    assert [one for one in found if one.startswith("Asked ")] == expected


def test_an_article_that_answers_its_own_questions_is_no_interview() -> None:
    text = "The river rose.\n\nHow many died?\n\nNine.\n\nShould you boil water?\n\nYes, for long."
    assert not any(one.speaker for one in read(text))
