"""Stems of words, against SQLite's own, and the words that say what a text is about."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.matching.candidates.stems import stem
from claims.matching.candidates.words import content_words, stems

ENDINGS = """
    s es ies sses ed eed ing ated bled ized tted y ational tional enci anci izer abli alli entli eli ousli ization
    ation ator alism iveness fulness ousness aliti iviti biliti logi icate ative alize iciti ical ful ness al ance
    ence er ic able ible ant ement ment ent ion tion sion ou ism ate iti ous ive ize e ee ll
"""
BEGINNINGS = "b bridg hop hopp fil fall syz play controll rel oper hesit formal gener adjust tr cr y by eight"


def of_sqlite(words: list[str]) -> dict[str, str]:
    """The stems that SQLite's full-text search makes of words."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE t USING fts5(w, tokenize='porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        database.executemany("INSERT INTO t(rowid, w) VALUES (?, ?)", enumerate(words))
        return {words[row]: term for term, row in database.execute("SELECT term, doc FROM v")}


def test_they_are_those_of_sqlite():
    words = sorted({start + end for start in BEGINNINGS.split() for end in (*ENDINGS.split(), "")})
    assert {word: stem(word) for word in words} == of_sqlite(words)


@given(st.text("abcdeilnorstuyz", min_size=1, max_size=12))
def test_also_of_what_is_not_a_word(word):
    assert stem(word) == of_sqlite([word])[word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge was not closed", ["bridge", "closed"]),
        ("Closed, CLOSED and closed", ["closed"]),
        ("Łódź café: 3,000 jobs", ["łodz", "cafe", "3", "000", "jobs"]),
        ("see https://example.org/a?b=bridge now", ["see", "now"]),
        ("#OlmBridge @RadioOstrey", ["olm", "bridge", "radio", "ostrey"]),
        ("…", []),
    ],
)
def test_what_a_text_is_about(text, expected):
    assert content_words(text) == expected


def test_words_with_one_stem_are_one():
    assert stems(["bridges", "closed", "bridge", "closing"]) == ["bridg", "close"]
