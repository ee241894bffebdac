"""What kind of thing a statement says that its subject is."""

import pytest

from claims.matching.relations.answers import kinds
from claims.matching.relations.types import Kinds
from claims.matching.text.words import words_of


@pytest.mark.parametrize(
    ("text", "noun", "is_denied"),
    [
        ("Ott Grau is an Italian painter.", "painter", False),
        ("The man in Kalden is a painter.", "painter", False),
        ("It is a painter in a town.", "painter", False),
        ("He never was a painter.", "painter", True),
        ("He is a painter and not a singer.", "painter", False),
        ("Is he a painter?", "", False),
        ("He is the painter.", "", False),
        ("He is a", "", False),
    ],
)
def test_it_is_the_last_noun_behind_is_a(text, noun, is_denied):
    assert kinds(words_of(text)) == Kinds(noun, is_denied)
