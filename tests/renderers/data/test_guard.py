"""No cell is a formula, and every text is restored."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.renderers.data.guard import guarded, unguarded

# The guard's rule in full: letters and digits take a shorter way through the code.
RULE = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
RISKY = "=+-@\t\r\n \N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from(f"{RISKY}'"), max_size=20)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_every_text_comes_back(text: str):
    assert unguarded(guarded(text)) == text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_no_cell_begins_as_a_formula_does(text: str):
    cell = guarded(text)
    assert not cell.startswith(("\t", "\r", "\n"))
    assert not cell.lstrip().startswith(tuple(set(RISKY) - set("\t\r\n ")))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_an_apostrophe_is_added_by_the_rule_alone(text: str):
    assert guarded(text) == (f"'{text}" if RULE.match(text) else text)


def test_every_first_character_is_judged_by_the_rule():
    wrong = [
        first
        for first in map(chr, range(0x11_0000))
        if (guarded(f"{first}=1") != f"{first}=1") != bool(RULE.match(f"{first}=1"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("'=1+1", "''=1+1"),
        ("' =1", "'' =1"),
        ("'tis so", "'tis so"),
        ("''", "''"),
        ("Ada Venn", "Ada Venn"),
    ],
)
def test_an_apostrophe_is_added_where_it_must_be_and_nowhere_else(text: str, cell: str):
    assert guarded(text) == cell
    assert unguarded(cell) == text


def test_what_a_person_types_without_a_guard_stays():
    assert unguarded("=1+1") == "=1+1"
    assert unguarded("'tis so") == "'tis so"
