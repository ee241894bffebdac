"""Each engine alone, both together, and the message if the weights are missing."""

import hashlib
import subprocess
import sys

import pytest

from claims.errors import WeightsMissingError
from claims.extraction import engines, extract
from claims.extraction.engines import ENGINES

TEXT = "“The mill has burned to the ground,” the mayor, Oona Harl, told reporters on Sunday."


@pytest.fixture
def no_weights(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "WEIGHTS", tmp_path / "weights")
    engines._model.cache_clear()
    yield
    engines._model.cache_clear()


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_gives_the_statement_to_its_speaker(engine):
    (claim,) = extract(TEXT, engine=engine)
    assert claim.statement == "The mill has burned to the ground"
    assert (claim.speaker.name, claim.told_to) == ("Oona Harl", "reporters")


def test_without_weights_the_rules_split(no_weights):
    assert engines.default() == "rules"
    (claim,) = extract(TEXT)
    assert claim.speaker.name == "Oona Harl"


def test_who_asks_for_the_learned_reader_without_weights_is_told_what_to_do(no_weights):
    with pytest.raises(WeightsMissingError, match="make train-splitting"):
        extract(TEXT, engine="encoder")


def test_nobody_named_behind_a_passive_is_nobody():
    text = "The mayor was accused of taking money from the builders."
    assert [claim.speaker for claim in extract(text) if claim.cue] == [None]


def test_weights_are_those_that_the_card_is_about():
    sums = (engines.WEIGHTS / "SHA256SUMS").read_text().splitlines()
    assert len(sums) == 2
    for line in sums:
        digest, name = line.split()
        assert hashlib.sha256((engines.WEIGHTS / name).read_bytes()).hexdigest() == digest


def test_a_forked_process_reads_for_itself():
    code = (
        "import os, sys\n"
        "from claims.extraction import extract\n"
        "text = 'The mill burned, Oona Harl said.'\n"
        "before = extract(text, engine='both')\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    os._exit(0 if extract(text, engine='both') == before else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=300, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Oona Harl has faced questions about money at a charity that bears her name.", [None]),
        (
            "His group, called the Dulmere Harbour Legacy Fund, will still own the property until it pays.",
            [None],
        ),
        (
            "“You could set your watch by it,” the newspaper quoted Oona Harl as saying.",
            ["Oona Harl"],
        ),
    ],
)
def test_source_is_who_says_it_by_the_grammar(text, sources):
    claims = [claim for claim in extract(text, engine="both") if claim.cue]
    assert [claim.speaker.name if claim.speaker else None for claim in claims] == sources


def test_next_report_of_a_sentence_is_no_part_of_the_one_before():
    text = "At least 14 people drowned, the minister said, but the province put the dead at 22."
    claims = extract(text, engine="both")
    assert [claim.statement for claim in claims if claim.speaker.name == "minister"] == [
        "At least 14 people drowned"
    ]


def test_refusal_is_told_whole():
    (claim,) = extract("Norrel declined to comment on what it called rumours.", engine="both")
    assert claim.statement == "Norrel declined to comment on what it called rumours"
