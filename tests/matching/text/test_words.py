"""Words of a text, and what the forms of one have in common."""

import pytest

from claims.matching.text.phrases import Phrases
from claims.matching.text.words import in_latin, root, stem, words_of


@pytest.mark.parametrize(
    "forms",
    [
        "kill kills killed killing",
        "hope hopes hoped hoping",
        "stop stops stopped stopping",
        "fill fills filled filling",
        "control controls controlled controlling",
        "travel travelled traveled travelling traveling",
        "agree agreed",
        "try tries tried",
        "die dies died",
        "empty empties emptied",
        "city cities",
        "boss bosses",
        "church churches",
        "box boxes",
        "buzz buzzes",
        "add adds added adding",
        "miss misses missed",
        "metre metres meter meters",
        "centre centres center",
        "egg eggs",
        "use uses used using",
        "nice nicely",
        "quick quickly quickness",
        "move moves moved movement",
        "organise organised organize organisation organization",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "hop hope",
        "stop step",
        "plan plane",
        "bell be",
        "bus bu",
        "virus viru",
        "sing s",
        "ring r",
        "red r",
        "bed b",
        "feed fe",
        "need ne",
        "string str",
        "ugly ug",
        "early ear",
        "its it",
        "gas ga",
        "yes ye",
        "use us",
        "ice ic",
        "tea te",
    ],
)
def test_words_that_look_like_forms_of_each_other_are_not(words):
    one, other = words.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("falls", "fall"),
        ("bells", "bell"),
        ("controlled", "control"),
        ("tre", "tre"),
        ("metres", "meter"),
        ("feed", "feed"),
        ("thing", "thing"),
        ("kings", "king"),
        ("off", "off"),
        ("add", "add"),
        ("press", "press"),
        ("gas", "gas"),
        ("die", "die"),
        ("quickly", "quick"),
        ("only", "only"),
        ("café", "cafe"),
    ],
)
def test_a_stem_is_as_short_as_the_word_allows(word, found):
    assert stem(word) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [("drummer", "drum"), ("writer", "write"), ("teacher", "teach"), ("banker", "bank")],
)
def test_who_does_something_is_called_by_it(one, other):
    assert root(stem(one)) == root(stem(other))


@pytest.mark.parametrize("words", ["driver dr", "singer s", "inn in", "egg eg", "act actor"])
def test_what_is_left_of_a_root_is_not_too_short(words):
    one, other = words.split()
    assert root(stem(one)) != other


@pytest.mark.parametrize(
    ("word", "latin"),
    [("Tarn", "tarn"), ("café", "cafe"), ("Тарнюк", "tarniuk"), ("Ünïted", "united")],
)
def test_accents_and_other_alphabets_do_not_count(word, latin):
    assert in_latin(word) == latin


@pytest.mark.parametrize(
    ("text", "like"), [("Olm", True), ("olm", False), ("OLM", True), ("oLM", False), ("7", False)]
)
def test_what_begins_with_a_capital_letter_is_like_a_name(text, like):
    (word,) = words_of(text)
    assert word.is_name_like is like


class TestPhrases:
    PHRASES = Phrases(
        [("shut", "a"), ("shut down", "b"), ("shut down for good", "c"), ("shut", "a"), ("up", "d")]
    )

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("They shut it", [(1, 2, "a")]),
            ("Shutting down", [(0, 2, "b"), (0, 1, "a")]),
            ("Shut down for good", [(0, 4, "c"), (0, 2, "b"), (0, 1, "a")]),
            ("Shut down for", [(0, 2, "b"), (0, 1, "a")]),
            ("Down and shut", [(2, 3, "a")]),
            ("Shut up", [(0, 1, "a"), (1, 2, "d")]),
            ("Nothing", []),
        ],
    )
    def test_all_are_found_once_and_the_longest_first(self, text, found):
        assert [tuple(one) for one in self.PHRASES.find(words_of(text))] == found

    def test_one_that_ends_before_a_word_is_found(self):
        words = words_of("They shut down now")
        assert self.PHRASES.before(words, 3).label == "b"
        assert self.PHRASES.before(words, 2).label == "a"
        assert self.PHRASES.before(words, 4) is None
        assert self.PHRASES.before(words, 3, most=1) is None
        assert self.PHRASES.longest(words, 1).label == "b"
