"""Words that point outside a statement are replaced where it is sure whom they mean, and named where not."""

import pytest

from tests.extraction.reading import read, reported


def statements(text: str) -> list[str]:
    return [one.claim.statement for one in reported(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“I have nothing to hide,” said Otto Brenk, the treasurer.",
            ["[Otto Brenk] has nothing to hide"],
        ),
        (
            "“My keys were gone and nobody believed me,” Ilse Dorn told the court.",
            ["[Ilse Dorn’s] keys were gone", "Nobody believed [Ilse Dorn]"],
        ),
        (
            "“I’m tired and I’ve sold the boat. I’d sell it again,” said Otto Brenk.",
            [
                "[Otto Brenk] is tired",
                "[Otto Brenk] has sold the boat",
                "[Otto Brenk has sold the boat.] [Otto Brenk] would sell it again",
            ],
        ),
        (
            "“I’d have stayed and I’d been told to. I’d better leave,” said Otto Brenk.",
            [
                "[Otto Brenk] would have stayed",
                "[Otto Brenk] had been told to",
                "[Otto Brenk] had better leave",
            ],
        ),
        (
            "“But I no longer tell my patients to fast,” said Otto Brenk.",
            ["[Otto Brenk] no longer tells [his] patients to fast"],
        ),
        (
            "“I’d never seen the harbour,” said Otto Brenk.",
            ["[Otto Brenk] had never seen the harbour"],
        ),
        (
            "“I gamble now and then but never drink,” said Otto Brenk.",
            ["[Otto Brenk] gambles now and then but never drinks"],
        ),
        (
            "“And I’m telling you, June will be hard,” said Otto Brenk.",
            ["[Otto Brenk] is telling you, June will be hard"],
        ),
        (
            "“I did not seek or receive a loan,” said Otto Brenk.",
            ["[Otto Brenk] did not seek or receive a loan"],
        ),
        (
            "“My brother and I have left,” said Otto Brenk.",
            ["[Otto Brenk’s] brother and [he] have left"],
        ),
        (
            "“I told him I would pay,” said Otto Brenk.",
            ["[Otto Brenk] told him [Brenk] would pay"],
        ),
    ],
)
def test_i_in_a_quotation_is_the_speaker_in_brackets(text: str, expected: list[str]):
    assert statements(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The referee, and not Brenk, may be "he"; the calves may be "they", and Venn's target is hers.
        (
            "Otto Brenk left. “The referee was asleep, he must have missed it,” said Ilse Dorn.",
            "The referee was asleep, he must have missed it",
        ),
        (
            "Experts found that calves slept where their mothers had fed.",
            "Calves slept where their mothers had fed",
        ),
        ("Ilse Dorn said the bank kept her target.", "The bank kept Ilse Dorn’s target"),
        # "Me" is whoever writes.
        ("Ilse Dorn said the code would reach me.", "The code would reach me"),
        # Either of the two may be meant.
        ("Otto Brenk told him he would win.", "He would win"),
    ],
)
def test_what_may_be_another_s_stays(text: str, expected: str):
    assert statements(text)[-1] == expected


def test_exact_words_stay_as_they_are():
    (found,) = reported("“I have nothing to hide,” said Otto Brenk.")
    assert found.content == "“I have nothing to hide,”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“We have hired forty people,” said Mira Tolk, chief executive of Orvo Ltd.",
            "[Orvo Ltd] has hired forty people",
        ),
        (
            "“We will appeal,” a spokesman for Orvo Ltd said.",
            "[Orvo] will appeal",
        ),
        (
            "“We are digging,” said Mira Tolk, a spokeswoman for the governor of Olmland.",
            "[Mira Tolk and others] are digging",
        ),
        ("“We lost our roofs,” villagers said.", "[Villagers] lost [their] roofs"),
        ("“We saw smoke,” said Mira Tolk, a baker.", "[Mira Tolk and others] saw smoke"),
        (
            "“We were told to shut our shops,” said Mira Tolk, a baker.",
            "[Mira Tolk and others] were told to shut [their] shops",
        ),
        ("“Our shops are shut,” said Mira Tolk, a baker.", "Our shops are shut"),
    ],
)
def test_we_is_the_body_somebody_speaks_for_and_else_the_speaker_and_others(
    text: str, expected: str
):
    assert statements(text) == [expected]


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ("on Friday it would shut the mill", "On Friday Orvo would shut the mill"),
        ("two of its mills were shut", "Two of Orvo’s mills were shut"),
        ("nine lorries had left its mill", "Nine lorries had left Orvo’s mill"),
        # the mill's roof
        ("the mill had lost its roof", "The mill had lost its roof"),
    ],
)
def test_it_is_the_speaking_body_where_nothing_in_the_statement_is(said: str, statement: str):
    assert statements(f"Orvo Ltd said {said}.") == [statement]


def test_it_is_the_body_that_speaks_in_indirect_speech():
    text = "Orvo Ltd said it had taken over no debts and that it would pay nobody."
    assert statements(text) == [
        "Orvo had taken over no debts",
        "Orvo would pay nobody",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Orvo Ltd said it was clear that nobody had paid.",
        "Orvo Ltd said it had rained all night.",
        "Orvo Ltd said it takes time to dry the hall.",
    ],
)
def test_it_that_stands_for_nothing_stays_and_is_not_open(text: str):
    (found,) = reported(text)
    assert found.claim.statement.startswith("It ")
    assert found.claim.unresolved == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The governor’s office said he would pay nobody.", "The governor would pay nobody"),
        ("The queen's spokesman said she had slept well.", "The queen had slept well"),
        (
            "The brewery’s spokesman said he knew of no debts.",
            "The brewery’s spokesman knew of no debts",
        ),
    ],
)
def test_she_is_the_person_whose_office_speaks(text: str, expected: str):
    assert statements(text) == [expected]


def test_second_clause_names_the_first_ones_subject():
    text = "Ilse Dorn said the gunmen were surrounded but they were still firing."
    assert statements(text) == ["The gunmen were surrounded", "The gunmen were still firing"]


def test_clause_that_needs_the_one_before_it_stays_with_it():
    text = "“The first count left out the roads, and that was a mistake,” said Ilse Dorn."
    assert statements(text) == ["The first count left out the roads, and that was a mistake"]


@pytest.mark.parametrize(
    ("text", "open_words"),
    [
        ("“They knew where the guards slept,” said Ilse Dorn.", ("They",)),
        ("“This is where the money went,” said Ilse Dorn.", ("This",)),
        ("“Nobody lives here,” said Ilse Dorn.", ("here",)),
        ("“Nobody was paid this week,” said Ilse Dorn.", ()),
        ("“There is no money,” said Ilse Dorn.", ()),
        ("“Everybody took their coat,” said Ilse Dorn.", ()),
        ("“The mine had no straps on its lamps,” said Ilse Dorn.", ()),
    ],
)
def test_what_stays_open_is_told(text: str, open_words: tuple[str, ...]):
    (found,) = reported(text)
    assert found.claim.unresolved == open_words


def test_you_in_a_question_is_whoever_is_asked_if_that_is_one_person():
    text = "“Why did you leave?” Ilse Dorn asked Otto Brenk."
    assert statements(text) == ["Why did [Otto Brenk] leave?"]


def test_fragment_says_who_said_it():
    text = "Asked about the bridge, Ilse Dorn shook her head. “A scandal,” she said."
    assert statements(text)[-1] == "Ilse Dorn said: “A scandal”"


def test_only_and_and_but_are_dropped_in_front():
    found = [one.claim.statement for one in read("“And it rained. Nor did the pumps work.”")]
    assert found == ["It rained", "Nor did the pumps work"]


def test_it_before_its_source_is_no_body_that_speaks_later():
    (found,) = reported("It is shut in both directions, the roads agency said.")
    assert found.claim.statement == "It is shut in both directions"
    assert found.claim.unresolved == ("It",)


def test_it_of_a_spokeswoman_is_the_body_she_speaks_for():
    text = "A spokeswoman for Orvo Ltd said that it had found no fault."
    assert statements(text) == ["Orvo had found no fault"]


def test_i_in_the_second_sentence_that_a_speaker_quotes_is_not_the_speaker():
    text = "“She said, ‘This is Ada. I saw you.’ And I hung up,” said Otto Brenk."
    assert statements(text)[1:] == ["I saw you", "[Otto Brenk] hung up"]


def test_i_in_what_a_speaker_quotes_is_not_the_speaker():
    text = "“He told them ‘I never paid’ and I laughed,” said Otto Brenk."
    assert statements(text) == ["He told them ‘I never paid’", "[Otto Brenk] laughed"]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("“I blame myself,” said Otto Brenk.", "[Otto Brenk] blames [himself]"),
        ("“I saw the fire myself,” said Otto Brenk.", "[Otto Brenk] saw the fire"),
        ("“I mean, nobody paid,” said Otto Brenk.", "I mean, nobody paid"),
    ],
)
def test_myself_and_fillers(text: str, statement: str):
    assert statements(text) == [statement]


def test_who_is_asked_stays_in_a_retold_report():
    text = "Otto Brenk warned the council of floods."
    assert statements(text) == ["Otto Brenk warned the council of floods"]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        # of somebody whose name does not tell the gender "I" stays beside a "myself", and else the name stands once
        ("“I was too sure of myself,” Varel Quint said.", "I [Varel Quint] was too sure of myself"),
        ("“I sold my boat and I was glad,” Varel Quint said.", "[Varel Quint] sold [their] boat"),
        # "its" that opens what a body says is the body's
        ("Brunnick Hulls, the builder, insisted its boats were safe.", "Brunnick Hulls’ boats were safe"),
        # what a party says of "he" is not of the party
        ("The opposition Heron Front said he was her cousin.", "He was her cousin"),
    ],
)  # fmt: skip
def test_names_are_put_in_once_and_only_where_they_belong(text: str, statement: str):
    assert read(text)[0].claim.statement == statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        # nobody says "she" of herself: it is the other woman
        (
            "Mira Tolk sold the mill. Ilse Dorn said it was over. “She needed the money,” Dorn said.",
            "[Mira Tolk] needed the money",
        ),
        # a subject of the statement's own
        (
            "Ilse Dorn came. Otto Brenk said the road was bad. “My wife slipped and broke her hip,” Brenk said.",
            "[Otto Brenk’s] wife slipped and broke her hip",
        ),
        ("Ilse Dorn ran. Otto Brenk said a dog had followed her home.", "A dog had followed Ilse Dorn home"),
    ],
)  # fmt: skip
def test_she_and_her_in_what_somebody_else_says(text: str, statement: str):
    assert statements(text)[-1] == statement


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "“I’ve asked officers for the books,” said Otto Brenk.",
            "Otto Brenk has asked officers for the books",
        ),
        (
            "“I take responsibility for the flood,” said Otto Brenk.",
            "Otto Brenk takes responsibility for the flood",
        ),
    ],
)
def test_a_verb_agrees_with_the_name_before_it(text, statement):
    assert statement in [one.claim.statement for one in read(text, engine="both")]


def test_the_second_we_of_a_body_has_its_whole_name():
    text = (
        "Tarn Acoustics, a maker of bells, opened a plant. “With our friends, we will mend it,” said Ilse "
        "Dorn, chief executive officer of Tarn Acoustics."
    )
    (said,) = [one.claim.statement for one in read(text) if one.speaker == "Ilse Dorn"]
    assert "With [Tarn Acoustics’] friends, [Tarn Acoustics] will" in said


def test_a_short_has_is_no_is_where_something_is_done_to_somebody():
    text = "Ole Grau played well. “He's caught me twice,” said Ilse Dorn."
    assert read(text)[-1].claim.statement == "[Ole Grau] has caught [Ilse Dorn] twice"


def test_a_speaker_without_a_name_may_be_whom_the_sentence_before_told_of():
    text = "Ida Fenn saved a shot from Jo Dray. “I knew which way she would go,” the keeper said."
    said = read(text)[-1].claim
    assert "she would go" in said.statement
    assert said.unresolved == ("she",)
