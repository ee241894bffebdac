"""A claim's words with the sentences around them."""

import pytest

from claims.web.components import passages
from claims.web.components.passages import passage_of

BODY = "It rained. The bridge is shut until May. Nobody was hurt. Boats sail.\nThe end."


def place(words: str) -> tuple[int, int]:
    return BODY.index(words), BODY.index(words) + len(words)


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("bridge is shut", "It rained. The ", " until May. Nobody was hurt."),
        ("It rained", "", ". The bridge is shut until May."),
        ("Boats sail.", "Nobody was hurt. ", "\nThe end."),
        ("The end.", "Boats sail.\n", ""),
    ],
)
def test_the_rest_of_its_sentence_and_one_more_on_each_side(words, before, after):
    found = passage_of(BODY, [place(words)])
    assert (found.before.strip(), found.after.strip()) == (before.strip(), after.strip())
    assert found.words == ((words, True),)


def test_what_stands_between_two_parts_of_it_is_not_its_words():
    found = passage_of(BODY, [place("bridge"), place("shut"), place(" until")])
    assert found.words == (("bridge", True), (" is ", False), ("shut", True), (" until", True))


def test_a_long_sentence_is_cut_at_a_space_away_from_the_words(monkeypatch):
    monkeypatch.setattr(passages, "_LONGEST", 14)
    body = "one two three four five WORDS six seven eight nine ten"
    start = body.index("WORDS")
    found = passage_of(body, [(start, start + 5)])
    assert found.before == "… four five "
    assert found.after == " six seven …"
    monkeypatch.setattr(passages, "_LONGEST", len(" six seven eight nine ten"))
    assert passage_of(body, [(start, start + 5)]).after == " six seven eight nine ten"


def test_sentences_far_from_the_words_are_not_looked_for(monkeypatch):
    monkeypatch.setattr(passages, "_NEAR", 4)
    assert passage_of(BODY, [place("bridge")]).before == "The "
