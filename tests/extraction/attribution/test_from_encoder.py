"""The encoder's results, tied to the parse. They are written by hand, so the tests need no weights."""

import pytest

from claims.extraction import extract
from claims.extraction.attribution.from_encoder import attributions
from claims.extraction.encoder.reading import Found
from claims.extraction.statements.pieces import pieces
from claims.extraction.statements.quoted import Quoted
from claims.extraction.statements.references.voices import Voice
from claims.extraction.text import parsing, quotations, segments
from claims.extraction.types import Speaker
from tests.extraction.reading import place


def read(
    text: str, *found: tuple[str, str, list[str]], speech: bool = True, confidence: float = 1.0
):
    places = list(segments.passages(text))
    passages = list(parsing.parse(text, places, quotations.find(text, places)))
    finds = [
        Found(
            cue=place(text, cue),
            source=place(text, source) if source else (),
            content=tuple(span for part in content for span in place(text, part)),
            speech=speech,
            confidence=confidence,
        )
        for cue, source, content in found
    ]
    return [one for here in attributions(passages, finds) for one in here]


def shown(text: str, *found: tuple[str, str, list[str]]) -> list[tuple[list[str], str]]:
    return [
        (
            [text[a:b] for a, b in one.content_spans()],
            one.passage.words(one.source.tokens) if one.source else "",
        )
        for one in read(text, *found)
    ]


def test_places_become_words_of_the_parse_without_the_that_in_front():
    text = "The clerk, Oona Harl, told reporters that the mill had burned."
    assert shown(text, ("told", "The clerk, Oona Harl", ["that the mill had burned"])) == [
        (["the mill had burned"], "The clerk, Oona Harl")
    ]


def test_what_stands_in_front_of_who_says_it_reads_alone_although_no_verb_was_seen():
    # The parser takes "sails" for a thing.
    text = "The first ferry sails on Monday, the port authority said on Thursday."
    (one,) = read(text, ("said", "the port authority", ["The first ferry sails on Monday"]))
    found = pieces(one, Voice(called="the port authority"), Quoted(text, [], parsing.MODEL))
    assert [piece.statement for piece in found] == ["The first ferry sails on Monday"]


def test_who_has_the_noun_before_it_even_where_the_parser_takes_another():
    text = (
        "A nurse at the clinic, who feared a strike, left. The Osk Society, which opposed it, left."
    )
    assert [
        source
        for _, source in shown(text, ("feared", "who", ["a strike"]), ("opposed", "which", ["it"]))
    ] == ["A nurse at the clinic who", "The Osk Society which"]


def test_to_remain_unnamed_is_no_claim():
    text = "A nurse, who asked not to be named, said the ward was full."
    assert not shown(text, ("asked", "A nurse", ["not to be named"]))


@pytest.mark.parametrize(
    ("text", "found", "statement"),
    [
        # A judgement of something has no verb of its own.
        (
            "Ilse Dorn called the idea of closing the mill outrageous.",
            ("called", "Ilse Dorn", ["the idea of closing the mill outrageous"]),
            "Ilse Dorn called the idea of closing the mill outrageous",
        ),
        # What is spoken about is so; nobody tells, so it is told of those who hear it.
        (
            "Ilse Dorn spoke to us about loss and cold feet.",
            ("spoke", "Ilse Dorn", ["loss and cold feet"]),
            "Ilse Dorn spoke about loss and cold feet",
        ),
        (
            "Staff were told of the vote.",
            ("were told", "", ["of the vote"]),
            "Staff were told of the vote",
        ),
    ],
)
def test_what_is_no_sentence_is_told_as_an_act(
    text: str, found: tuple[str, str, list[str]], statement: str
):
    (one,) = read(text, found)
    voice = Voice(speaker=Speaker("Ilse Dorn", "other", "", "", named=True), called="Ilse Dorn")
    own = voice if one.source is not None else Voice()
    told = pieces(one, own, Quoted(text, [], parsing.MODEL))
    assert [piece.statement for piece in told] == [statement]


def test_quotation_that_is_mostly_found_is_taken_whole():
    text = "“The mill has burned to the ground,” Oona Harl said."
    assert shown(text, ("said", "Oona Harl", ["The mill has burned to the"])) == [
        (["“The mill has burned to the ground,”"], "Oona Harl")
    ]


def test_both_halves_around_the_cue_are_one_statement():
    text = "“The mill,” Oona Harl said, “has burned.”"
    assert shown(text, ("said", "Oona Harl", ["“The mill,”", "“has burned.”"])) == [
        (["“The mill,”", "“has burned.”"], "Oona Harl")
    ]


def test_no_source_is_invented():
    text = "It was reported that the mill had burned."
    assert shown(text, ("was reported", "", ["that the mill had burned"])) == [
        (["the mill had burned"], "")
    ]


def test_words_go_on_in_the_next_paragraph():
    text = "Oona Harl said: “The mill burned.\n\n“Nobody was hurt.”"
    found = shown(text, ("said", "Oona Harl", ["“The mill burned.", "“Nobody was hurt.”"]))
    assert found == [(["“The mill burned", "“Nobody was hurt.”"], "Oona Harl")]


def test_few_words_are_no_clause():
    text = "The mayor called the mill a ruin."
    assert [one.clausal for one in read(text, ("called", "The mayor", ["the mill a ruin"]))] == [
        False
    ]
    text = "The mayor said the mill had burned."
    assert [one.clausal for one in read(text, ("said", "The mayor", ["the mill had burned"]))] == [
        True
    ]


def test_place_outside_every_passage_is_left_out():
    text = "…\n\nOona Harl said it burned."
    assert shown(text, ("…", "", ["Oona Harl said it burned"])) == []


def test_dateline_is_no_part_of_a_statement():
    text = "ALDMERE, May 6 – The mill has burned, Oona Harl said.\n\nThe mill was old."
    found = ("said", "Oona Harl", ["ALDMERE, May 6 – The mill has burned"])
    assert shown(text, found) == [(["The mill has burned"], "Oona Harl")]


WISH = "The harbour board wants the ferry to be repaired by May."


def test_what_somebody_surely_wants_is_a_statement():
    found = ("wants", "The harbour board", ["the ferry to be repaired by May"])
    assert len(read(WISH, found, speech=False)) == 1
    assert not read(WISH, found, speech=False, confidence=0.55)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("We want the ferry to be repaired.", "We", "want", "the ferry to be repaired"),
        ("The board registered a case.", "The board", "registered", "a case"),
        ("The board might want a ferry.", "The board", "might want", "a ferry"),
    ],
)
def test_deeds_and_what_nobody_holds_are_none(text: str, source: str, cue: str, content: str):
    assert not read(text, (cue, source, [content]), speech=False)


def test_what_no_evidence_was_found_for_is_not_said_to_be_so():
    text = "A study of 12,000 pupils has found no evidence that banning bells improves results."
    (claim,) = extract(text)
    assert claim.statement == text.rstrip(".")
    assert claim.mood == "denied"
    assert claim.speaker.name == "study of 12,000 pupils"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Harl did not say that the bridge was safe.",
        "The firm has never admitted that its valves leaked.",
        "Police refused to say whether the driver had been drinking.",
        "The minister stopped short of saying that the bank had failed.",
        "Officials have yet to say that the water is safe.",
        "Prosecutors failed to prove that the mayor had lied.",
        "The ministry would neither confirm nor deny that talks had taken place.",
        "Nobody has claimed that the vote was rigged.",
        "Few doctors believe that the cure works.",
        "The coach is not convinced that the striker is fit.",
        "The study did not find that meat causes cancer.",
    ],
)
def test_what_somebody_did_not_say_is_never_their_claim(text):
    assert [claim.statement for claim in extract(text)] == [text.rstrip(".")]


def test_what_is_contrary_to_a_statement_is_the_article_s_own():
    text = "Contrary to what the minister said, the fund is empty."
    assert [(claim.statement, claim.speaker) for claim in extract(text)] == [(text[:-1], None)]


def test_despite_saying_so_somebody_said_so():
    (told,) = read(
        "Despite saying that the fund is empty, the minister paid.",
        ("saying", "the minister", ["the fund is empty"]),
    )
    assert told.passage.words(told.content) == "the fund is empty"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Harl not only said that the bridge was safe.",
        "Ada Harl left no doubt that the bridge was safe.",
    ],
)
def test_some_negations_deny_nothing(text):
    assert "denied" not in {claim.mood for claim in extract(text)}


def test_a_report_that_the_parser_takes_for_a_clause_is_not_also_the_article_s_own():
    (claim,) = extract("The platform HostNest said that it was disappointed.")
    assert (claim.speaker.name, claim.statement) == ("HostNest", "HostNest was disappointed")


def test_a_quotation_before_another_sentence_is_not_of_whom_the_next_one_is():
    text = "“Nobody died.” Parents had complained. “I told them twice,” said one mother."
    parts = ["“Nobody died.”", "“I told them twice,”"]
    assert shown(text, ("said", "one mother", parts)) == [(["“I told them twice,”"], "one mother")]
