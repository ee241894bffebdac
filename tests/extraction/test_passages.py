"""Passages of every difficulty; `passages/README.md` says how to read and add them."""

from dataclasses import asdict, fields

import pytest

from tests.extraction.expected import FOLDER, Expected, Passage, ask, passages

ALL = [
    pytest.param(one, id=f"{one.file}-{one.name}".replace(" ", "-").replace(",", ""))
    for one in passages()
]


@pytest.mark.parametrize("passage", ALL)
def test_passage(passage: Passage):
    """By the rules, which were corrected by these passages, each one is right or known to be wrong."""
    wrong = [answer for answer in ask(passage, "rules") if not answer.is_right]
    if passage.known_failure:
        assert wrong, "right now: take its `known_failure` out"
    else:
        assert wrong == []


def test_both_readers_together_are_right_19_times_of_20():
    """The learned reader was fitted on the press of one country; here it must not lead the rules astray."""
    answers = [answer.is_right for passage in passages() for answer in ask(passage, "both")]
    assert sum(answers) >= 0.95 * len(answers)


def test_passages_have_names_of_their_own():
    names = [(one.file, one.name) for one in passages()]
    assert len(names) == len(set(names)) >= 70


def test_every_key_is_explained():
    readme = (FOLDER / "README.md").read_text()
    assert [one.name for one in fields(Expected) if f"`{one.name}`" not in readme] == []
    assert all(asdict(one) for passage in passages() for one in passage.claims)
