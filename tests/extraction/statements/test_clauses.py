from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from claims.extraction.statements.clauses import _splits_quotation, cut
from claims.extraction.statements.references.voices import Voice
from claims.extraction.text import parsing, quotations, segments
from claims.extraction.text.parsing import Passage
from tests.extraction.reading import only, read, reported

SENTENCES = [
    "The storm, which killed 80 people, was the worst since 1902, and it left 9,000 without a roof.",
    "She said that the dam leaked, that 12 villages were flooded, which cost 3 lives, and that she left.",
    "Two people were killed and nine wounded although the mill, which employed 40, had been shut.",
]


@cache
def parsed(text: str) -> Passage:
    places = list(segments.passages(text))
    (passage,) = parsing.parse(text, places, quotations.find(text, places))
    return passage


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Two people were killed and nine wounded, officials said.",
            ["Two people were killed", "Nine were wounded"],
        ),
        (
            "Harl said repairs would cost three million and take nine months.",
            ["Repairs would cost three million", "Repairs would take nine months"],
        ),
        (
            "Harl said the rebels had fled although fighting went on in the port.",
            ["The rebels had fled", "Fighting went on in the port"],
        ),
        (
            "Harl said the mill had burned down, the river was closed and nobody was missing.",
            ["The mill had burned down", "The river was closed", "Nobody was missing"],
        ),
        (
            "The bomb killed two people and wounded nine.",
            ["The bomb killed two people", "The bomb wounded nine"],
        ),
        (
            "Snipers took up positions and all lamps were put out.",
            ["Snipers took up positions", "All lamps were put out"],
        ),
        (
            "Harl said the keeper was booked for a foul, and Odo Reck scored from the penalty spot.",
            ["The keeper was booked for a foul", "Odo Reck scored from the penalty spot"],
        ),
        (
            "Harl said the lamp would be replaced in May and that the crew had to be out by June.",
            ["The lamp would be replaced in May", "The crew had to be out by June"],
        ),
        (
            "“The brakes were sound but the road wasn’t,” Oda Harl said.",
            ["The brakes were sound but the road wasn’t"],
        ),
        (
            "Harl said the ferry had sailed and the tug had too.",
            ["The ferry had sailed and the tug had too"],
        ),
        ("Harl said the dam would hold or burst.", ["The dam would hold or burst"]),
        ("Harl said men and women had fled.", ["Men and women had fled"]),
    ],
)
def test_one_claim_a_fact(text: str, statements: list[str]):
    assert [one.claim.statement for one in read(text)] == statements


def test_claims_of_one_statement_share_number_source_and_cue():
    found = reported("Two people were killed and nine wounded, officials said.")
    assert len({(one.claim.attribution, one.source, one.cue) for one in found}) == 1


def test_shared_subject_is_part_of_the_exact_words():
    found = read("The bomb killed two people and wounded nine.")
    assert [one.content for one in found] == [
        "The bomb killed two people",
        "The bomb … wounded nine",
    ]


def test_each_sentence_of_a_quotation_is_a_claim():
    found = reported("“The mill burned down. Dr. Voss saw it! Who else?” Harl asked.")
    assert [one.claim.statement for one in found] == [
        "The mill burned down",
        "Dr. Voss saw it!",
        "Harl asked: “Who else?”",
    ]


def test_few_words_are_restated_so_that_they_read_alone():
    found = reported("The mayor, Ilse Brandt, was angry. She called the report a lie.")
    assert found[-1].content == "the report a lie"
    assert found[-1].claim.statement == "Ilse Brandt called the report a lie"


def test_narration_is_what_no_report_touches():
    found = read("The mill burned down, and Harl said nobody was missing. It rained.")
    assert [(one.content, one.claim.quotation, one.speaker) for one in found] == [
        ("The mill burned down", "narration", ""),
        ("nobody was missing", "indirect", "Harl"),
        ("It rained", "narration", ""),
    ]


def test_quotation_without_a_speaker_is_direct_and_nobody_s():
    (one,) = read("“The mill is gone.”")
    assert (one.claim.quotation, one.claim.speaker, one.source) == ("direct", None, "")


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“It is safe,” Harl said.", "direct"),
        ("Harl said it was “as safe as any bridge in the land”.", "mixed"),
        ("Harl said it was safe.", "indirect"),
    ],
)
def test_quotation_type(text: str, quotation: str):
    assert only(text).claim.quotation == quotation


def test_figures_and_accusations_are_worth_checking_before_hopes():
    rank = [
        only(f"Harl said {words}.").claim.checkworthiness
        for words in (
            "the firm had bribed 12 officials in Aldmere",
            "the firm had moved to Aldmere",
            "it would be a good year",
        )
    ]
    assert rank == sorted(rank, reverse=True)
    assert all(0 <= worth <= 1 for worth in rank)


@settings(deadline=None, derandomize=True)
@given(st.sets(st.integers(0, 30), min_size=1), st.sampled_from(SENTENCES))
def test_whatever_words_are_reported_they_can_be_cut(kept: set[int], text: str):
    passage = parsed(text)
    tokens = [token for token in passage.doc if token.i in kept]
    assume(tokens)
    taken, pieces = passage.whole(tokens), cut(passage, tokens, Voice())
    assert pieces
    for piece in pieces:
        assert all(any(a <= start and end <= b for a, b in taken) for start, end in piece.spans)


@pytest.mark.parametrize(
    ("text", "kept", "splits"),
    [
        ("Harl called the dam “old and rotten.”", "old and rotten", False),
        ("Harl called the dam “old and rotten”.", "old and rotten", False),
        ("Harl called the dam “old and rotten”.", "Harl called the dam", False),
        ("Harl called the dam “old and rotten”.", "old and", True),
        ("Harl called the dam “old and rotten”.", "and rotten", True),
        ("Harl called the dam “(old) and rotten”.", "old ) and rotten", True),
        ("Harl called the dam “old and rotten?!”", "old and rotten", True),
    ],
)
def test_a_clause_holds_all_of_some_quoted_words_or_none(text: str, kept: str, splits: bool):
    passage, words = parsed(text), kept.split()
    own = [token for token in passage.doc if token.text in words]
    assert [token.text for token in own] == words
    assert _splits_quotation(passage, own) is splits


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Harl said the mill, which employs 40 people, had burned down.", ""),
        ("Harl says the mill, which employs 40 people, has burned down.", "Harl"),
        ("Harl said the storm, which killed 80 people, had been the worst of all.", "Harl"),
    ],
)
def test_fact_in_the_present_inside_a_report_of_the_past_is_the_article_s_own(
    text: str, speaker: str
):
    found = {one.claim.statement: one.speaker for one in read(text)}
    (fact,) = [one for one in found if "people" in one]
    assert found[fact] == speaker
    assert "Harl" in found.values()


def test_clauses_of_a_quotation_with_a_subject_of_their_own_are_claims_of_their_own():
    found = reported(
        "“Can’t say who is inside, but there are at least nine,” Harl told Radio Aune."
    )
    assert [one.claim.statement for one in found] == [
        "Can’t say who is inside",
        "There are at least nine",
    ]
    assert len({one.claim.attribution for one in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Oda Harl told residents to leave",
        "Oda Harl has asked residents of the quay to leave",
        "Oda Harl had warned the ministry of cracks",
        "Oda Harl will ask the board to resign",
    ],
)
def test_who_is_asked_stays_in_the_statement_whatever_helps_the_verb(text: str):
    assert only(f"{text}.").claim.statement == text


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Oda Harl said on social media that the boat had sailed from Olm.",
            "The boat had sailed from Olm",
        ),
        (
            "“That the boat sailed is a scandal,” Oda Harl said.",
            "That the boat sailed is a scandal",
        ),
        ("“That is a scandal for Olm,” Oda Harl said.", "That is a scandal for Olm"),
    ],
)
def test_a_that_which_only_opens_a_statement_is_left_out(text: str, statement: str):
    assert only(text).claim.statement == statement
