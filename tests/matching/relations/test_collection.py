"""The pairs of our own collection: what the matcher has learned to tell it does not unlearn."""

import json

import pytest

from claims.matching.types import Relation
from tests.bench.matcher.pairs import OWN, pairs_figures
from tests.matching.told import KEPT, told

FILES = ("tuned", "batches", "unseen")
"""The pairs of all relations. Those of `several` are only of two of several, and of the same one."""


@pytest.mark.parametrize("name", FILES)
def test_pairs_are_of_all_relations_and_say_when_and_by_whom(name):
    pairs = [json.loads(line) for line in (OWN / f"{name}.jsonl").read_text("utf-8").splitlines()]
    assert {pair["relation"] for pair in pairs} == {relation.value for relation in Relation}
    for pair in pairs:
        assert pair["a_date"] <= pair["b_date"]
        assert all(pair[field] for field in ("a", "b", "a_source", "b_source", "closeness"))


def test_what_it_was_built_with_stays_right():
    tuned, batches = (pairs_figures(OWN / f"{name}.jsonl") for name in ("tuned", "batches"))
    for figures in (tuned, batches):
        assert figures["accuracy"] >= 0.85
        assert figures["same"]["precision"] >= 0.9
        assert figures["same"]["recall"] >= 0.8
        assert figures["contradicts"]["precision"] >= 0.9
        assert figures["contradicts"]["recall"] >= 0.8


def test_two_of_several_are_told_from_one_of_them_told_twice():
    several = pairs_figures(OWN / "several.jsonl")
    assert several["accuracy"] >= 0.97
    for relation in ("same", "contradicts"):
        assert several[relation]["precision"] == 1
        assert several[relation]["recall"] >= 0.95


def test_what_is_told_of_each_pair_and_read_in_it_is_as_was_reviewed():
    """Where a change of the matcher is meant: `python -m tests.matching.told` writes the file anew."""
    reviewed = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()]
    for now, before in zip(told(), reviewed, strict=True):
        assert now == before
