"""A statement that points to what was said right before gets those words, where they can be what is meant."""

import pytest

from tests.extraction.reading import read, reported


def last(text: str) -> str:
    return [one.claim.statement for one in reported(text)][-1]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "“We looked at eleven sites. This one won,” said Ilse Dorn.",
            "[Ilse Dorn and others looked at eleven sites.] This one won",
        ),
        (
            "Ilse Dorn said the pump had cost 40 crowns. She said it had never worked.",
            "[The pump had cost 40 crowns.] It had never worked",
        ),
        (
            "A crane fell on Monday. “It was never inspected,” said Otto Brenk.",
            "[A crane fell on Monday.] It was never inspected",
        ),
        (
            # Another one's words have the name, so that nobody takes them for the speaker's.
            "Mira Tolk said six boats had sunk. Otto Brenk said they had been empty.",
            "[Mira Tolk: Six boats had sunk.] They had been empty",
        ),
        (
            # What the one before points to is told too, and the article's own sentence between.
            "Mira Tolk said six boats had sunk. They lay off Osk. Otto Brenk said they had been empty.",
            "[Mira Tolk: Six boats had sunk. They lay off Osk.] They had been empty",
        ),
        (
            "Ilse Dorn said the firm had bought a pump. Nobody had seen it. She said it had never worked.",
            "[The firm had bought a pump. Nobody had seen it.] It had never worked",
        ),
    ],
)
def test_what_was_said_right_before_is_told(text: str, statement: str):
    assert last(text) == statement


@pytest.mark.parametrize(
    "text",
    [
        # Nothing there can be "it": people, and a place.
        "Ilse Dorn said two men had left Osk. She said it had never worked.",
        # Nobody can be "they".
        "Ilse Dorn said the pump was old. She said they had known.",
        # What is denied or asked tells nothing of it.
        "Ilse Dorn denied the charge. She said it was a draft.",
        "Ilse Dorn asked whether the pump was old. She said it had never worked.",
        # It points elsewhere itself.
        "Ilse Dorn said it had rusted the pump. She said it had never worked.",
        # What another says is no more what "it" means than what both speak of.
        "Mira Tolk said the pump was old. Otto Brenk said the workers had heard of it in May.",
        # Another paragraph, another speaker.
        "Mira Tolk said six boats had sunk.\n\nOtto Brenk said they had been empty.",
    ],
)
def test_what_cannot_be_meant_is_not(text: str):
    assert not last(text).startswith("[")
    assert [one.claim.unresolved for one in reported(text)][-1]


def test_a_statement_with_its_context_points_nowhere():
    text = "Ilse Dorn said the pump had cost 40 crowns. She said it had never worked."
    found = reported(text)[-1].claim
    assert found.unresolved == ()
    assert [text[start:end] for start, end in found.content] == ["it had never worked"]


def test_i_in_what_one_tells_of_another_is_the_teller():
    text = "“The council says there is a plan, but I have not seen it,” said Ilse Dorn."
    assert not any("[The council]" in one.claim.statement for one in read(text))
    assert "[Ilse Dorn] has not seen it" in last(text)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The office in Lask said a ship lay there.", "A ship lay in Lask"),
        ("The office said a ship lay there.", "A ship lay there"),
        (
            "Lask Lines said the strike had cost it a million.",
            "The strike had cost Lask Lines a million",
        ),
        ("Lask Lines said a valve at its dairy broke.", "A valve at Lask Lines’ dairy broke"),
        (
            "The engineer said the Brandt Cut was deep. The mayor said the Cut was full.",
            "The Brandt Cut was full",
        ),
        (
            "Lena Wragge’s brother spoke. “Lena Wragge warned me,” said Ollie Wragge.",
            "Lena Wragge warned [Ollie Wragge]",
        ),
    ],
)
def test_words_that_point_to_the_speaker_or_a_name(text: str, statement: str):
    assert last(text) == statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "“Our ponds are lined,” said Ivo Cane, the mine’s safety officer.",
            "[The mine’s] ponds are lined",
        ),
        ("“Our ponds are lined,” said Ivo Cane, the girl’s teacher.", "Our ponds are lined"),
    ],
)
def test_an_officer_speaks_for_the_works_and_a_teacher_for_nobody(text: str, statement: str):
    assert last(text) == statement


def test_a_trench_is_no_team():
    text = (
        "A sponge from the Harrow Trench breathes out metal, Ada Venn said. "
        "Otto Brenk said the team had found none."
    )
    assert "Trench had found" not in last(text)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Ilse Dorn said the hall had lacked a stove. She said there was no money for one.",
            "[The hall had lacked a stove.] There was no money for one",
        ),
        (
            "“Nobody should judge the goats. I leave that to the warden,” said Ilse Dorn.",
            "[Nobody should judge the goats.] [Ilse Dorn] leaves that to the warden",
        ),
    ],
)
def test_one_and_that_are_told_too(text: str, statement: str):
    assert last(text) == statement


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # What is "theirs" no statement before tells, nor then who "they" are.
        ("“The goats sleep. In Velm they sold theirs in May,” said Ilse Dorn.", ["they", "theirs"]),
        # The cut and the hand are said by the way.
        (
            "Ilse Dorn said the boy was treated at a ward for a cut on the hand. She said it had never bitten anybody.",
            ["it"],
        ),
        # He is not the one whom he helps.
        (
            "“A clerk went to Velm. He would help him with a job,” said Ilse Dorn.",
            ["He", "him"],
        ),
        ("Ilse Dorn said there was no money for one.", ["one"]),
        # A keeper with a name is a person, whatever a keeper is.
        (
            "The well's keeper, Dot Marl, was seen at a pump with a net in May. Ilse Dorn said it had come before.",
            ["it"],
        ),
    ],
)
def test_what_is_not_sure_is_listed(text: str, left: list[str]):
    found = reported(text)[-1].claim
    assert list(found.unresolved) == left
    assert not found.statement.startswith("[")


def test_words_that_need_others_themselves_tell_nothing():
    text = "“This step seems dull but is the best part. It won the prize,” said Ilse Dorn."
    assert not last(text).startswith("[This")


@pytest.mark.parametrize(
    "text",
    [
        "Ilse Dorn said the hall lacked a stove but had no money for one.",
        "Ilse Dorn said the cell had been built for one.",
        "Ilse Dorn said the vote was two to one.",
        "Ilse Dorn said the goats went one by one.",
    ],
)
def test_one_that_counts_points_nowhere(text: str):
    assert "one" not in reported(text)[-1].claim.unresolved


def test_who_speaks_does_not_tell_who_her_he_is():
    text = "Rhea Tolk saw it differently. “He has hurt me twice,” Tolk said."
    (said,) = [one for one in read(text) if one.speaker]
    assert "Rhea Tolk saw" not in said.claim.statement
    assert said.claim.unresolved == ("He",)


def test_a_woman_named_before_is_not_he():
    text = "Mrs Garrow is 94. The clerk said he was the better dancer."
    assert "Garrow" not in read(text)[-1].claim.statement


def test_what_answers_a_question_does_not_point_to_the_statement_before_that():
    text = (
        "“Keep off the pier for a week,” Ole Grau said. “The pier has split in two.”\n\n"
        "Pressed on why the pier had not been mended, he said that was a matter for the board."
    )
    assert not last(text).startswith("[")


def test_what_two_have_said_is_nobody_s_context():
    text = (
        "The charity blamed the new rules. Its director, Tom Vane, said they were cruel. “They were "
        "written by people on a train,” he said. The ministry rejected this."
    )
    assert not any(one.claim.statement.count(": ") > 1 for one in read(text))
