"""What counts as a right answer about a statement."""

import pytest

from claims.extraction import Claim
from tests.extraction.scoring.annotated import Attribution
from tests.extraction.scoring.answers import (
    faults,
    incomplete,
    is_role_right,
    is_speaker_right,
    is_told_right,
)


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("Oda Brenning", "the Hon. Oda Brenning KC", True),
        ("Oda Brenning", "oda brenning’s", True),
        ("Oda Brenning", "Brenning", False),
        ("Oda Brenning", "", False),
        ("", "", True),
        ("", "Oda Brenning", False),
        ("Tarn Foods", "Tarn Foods plc", True),
        ("@odab", "odab", True),
        ("~harbour sources in Sund", "A source in the harbour", True),
        ("~harbour sources in Sund", "the harbour", False),
        ("~study published in Wing Letters", "a new study", True),
        ("~people close to the matter", "people", True),
        ("~analysts polled by Radio Ost", "Radio Ost", False),
    ],
)
def test_a_speaker(wanted, given, right):
    assert is_speaker_right([wanted], given) is right


def test_any_acceptable_speaker_will_do():
    assert is_speaker_right(["Wing Letters", ""], "")
    assert is_speaker_right(["Wing Letters", "~letter"], "the letter")


@pytest.mark.parametrize(
    ("wanted", "given", "speaker", "right"),
    [
        ("the chief engineer", "chief engineer", "Oda Brenning", True),
        ("the chief engineer of Sund harbour", "engineer", "Oda Brenning", False),
        ("the chief engineer", "", "Oda Brenning", False),
        ("", "", "Oda Brenning", True),
        ("", "Dr", "Oda Brenning", False),
        ("", "harbour spokesman", "~harbour spokesman", True),
        ("harbour spokesman", "", "~harbour spokesman", True),
        ("", "mayor", "~harbour spokesman", False),
    ],
)
def test_a_role(wanted, given, speaker, right):
    assert is_role_right([wanted], given, [speaker]) is right


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("the Sund Post", "Sund Post", True),
        ("the Sund Post", "the Echo", False),
        ("me", "me", True),
        ("jurors", "", False),
        ("", "jurors", False),
        ("", "", True),
    ],
)
def test_who_is_told(wanted, given, right):
    assert is_told_right([wanted], given) is right


def claim(statement: str, quotation: str = "mixed") -> Claim:
    return Claim(((0, 1),), statement, quotation, 0)


def lacks(shows: str, hides: str, *claims: Claim, literal: bool = False) -> list[str]:
    """Ask with one word that must be shown, of which any between “/” will do, and one that must be gone."""
    attribution = Attribution(
        source=(),
        cue=(),
        content=(),
        speakers=("",),
        kinds=("",),
        roles=("",),
        told_to=("",),
        moods=("asserted",),
        checkable=(True,),
        shows=(tuple(shows.split("/")),),
        hides=(hides,),
    )
    return faults(attribution, claims, literal=literal)


class TestReadingAlone:
    def test_the_name_in_brackets_is_put_in(self):
        assert lacks("Oda Brenning", "I", claim("“[Oda Brenning] knew”")) == []

    def test_the_name_is_put_in_behind_the_quoted_pronoun(self):
        assert lacks("Oda Brenning", "I", claim("“I [Oda Brenning] knew”")) == []
        assert lacks("Oda Brenning", "I", claim("I [Oda Brenning] knew", "direct")) == []

    def test_a_pronoun_outside_quoted_words_needs_no_brackets_but_a_name(self):
        assert lacks("Oda Brenning", "I", claim("I [Oda Brenning] knew")) == ["-I"]

    def test_what_is_missing_and_what_is_left_are_told(self):
        assert lacks("Brenning/the engineer", "I", claim("“I knew”")) == [
            "+Brenning/the engineer",
            "-I",
        ]

    def test_one_of_several_words_will_do(self):
        assert lacks("Brenning/the engineer", "I", claim("The engineer knew")) == []

    def test_each_claim_must_lose_the_pronoun_and_one_must_have_the_name(self):
        named = claim("“[Brenning] knew”")
        assert lacks("Brenning", "I", named, claim("Rain fell")) == []
        assert lacks("Brenning", "I", named, claim("“I had seen”")) == ["-I"]

    def test_a_pronoun_that_the_name_before_it_explains_may_stay(self):
        told = claim("The [Sund] pier is old. It will fall")
        assert lacks("Sund pier", "it", told) == []
        assert lacks("Sund pier", "it", told, literal=True) == ["-it"]
        assert lacks("Sund pier", "it", claim("It will fall, the Sund pier")) == ["-it"]

    def test_a_part_of_a_word_is_no_pronoun(self):
        assert lacks("pier", "it", claim("The pier’s limits are known")) == []


@pytest.mark.parametrize(
    "statement",
    [
        "“Four piers” had sunk",
        "62 per cent sank",
        "[Brenning] knew it",
        "€40m went a year",
        "Who paid for that?",
    ],
)
def test_complete_statements(statement):
    assert incomplete(statement) == ""


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("four piers had sunk", "beginning"),
        ("“and four had sunk”", "beginning"),
        ("“that four had sunk”", "beginning"),
        ("Had sunk", "short"),
        ("“Four piers had sunk", "quotation marks"),
        ('He saw "four piers sink', "quotation marks"),
        ("Four piers had sunk,", "end"),
        ("Four had sunk and", "end"),
        ("She had said that", "end"),
    ],
)
def test_incomplete_statements(statement, why):
    assert incomplete(statement) == why
