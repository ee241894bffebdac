"""Quotations without a cue behind a sentence that tells what somebody did."""

import pytest

from tests.extraction.reading import read


def speaker(text: str) -> str:
    return read(text)[-1].speaker


def test_who_shrugs_says_what_is_quoted_behind():
    text = "Asked whether she would stay, she shook her head. “I loved the mine. I am done.”"
    assert speaker("Ada Venn left the board. " + text) == "Ada Venn"


def test_i_is_who_acts():
    text = "Ole Grau waited on the quay for six hours. “My boat was gone.”"
    assert read(text)[-1].claim.statement == "[Ole Grau’s] boat was gone"


@pytest.mark.parametrize(
    "text",
    [
        "The crowd roared. “We want bread.”",
        "Ole Grau waited on the quay. “He is a fool.”",
        "Ole Grau met Ada Venn on the quay. “My boat was gone.”",
    ],
)
def test_nobody_is_sure_who_speaks(text: str):
    assert speaker(text) == ""
