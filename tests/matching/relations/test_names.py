"""Which names a statement contains, and of what."""

import pytest

from claims.matching.relations.names import NameKind, names_of, same_name, same_word
from claims.matching.text.words import words_of


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("He met Lena Orvik", ("lena", "orvik"), NameKind.PERSON),
        ("He boarded the Lena Orvik", ("lena", "orvik"), NameKind.UNKNOWN),
        ("He met Lena Maria Orvik", ("lena", "maria", "orvik"), NameKind.UNKNOWN),
        ("He met Orvik", ("orvik",), NameKind.UNKNOWN),
        ("He met Minister Orvik", ("orvik",), NameKind.PERSON),
        ("He joined the Ministry of Works", ("ministry", "works"), NameKind.BODY),
        ("He lives in Kalden", ("kalden",), NameKind.PLACE),
        ("He met Ludwig van Orvik", ("ludwig", "orvik"), NameKind.PERSON),
        ("He met Jean-Luc Brandt", ("jean", "luc", "brandt"), NameKind.UNKNOWN),
        ("He met van Orvik", ("orvik",), NameKind.UNKNOWN),
        ("He met Orvik of", ("orvik",), NameKind.UNKNOWN),
        ("He joined Smith & Brandt", ("smith", "brandt"), NameKind.PERSON),
        ("Minister Orvik came", ("orvik",), NameKind.PERSON),
    ],
)
def test_a_name_is_of_a_person_a_body_or_a_place(text, words, kind):
    (name,) = names_of(words_of(text))
    assert (name.words, name.kind) == (words, kind)


@pytest.mark.parametrize(
    ("text", "other", "is_same"),
    [
        ("the German army", "the army of Germany", True),
        ("a United States court", "an American court", True),
        ("a British firm", "a firm in the United Kingdom", True),
        ("the German army", "the army of Poland", False),
    ],
)
def test_a_country_and_its_people_have_one_name(text, other, is_same):
    (one,), (two,) = names_of(words_of(text)), names_of(words_of(other))
    assert same_name(one, two) is is_same


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He met Lena of Kalden", ["lena", "kalden"]),
        ("He met Orvik and Brandt", ["orvik", "brandt"]),
        ("He read the Ministry of Defence report", ["ministry defence"]),
        ("Police Orvik came", ["orvik"]),
        ("Lena Orvik came", ["lena orvik"]),
        ("Police Lena Orvik came", ["police lena orvik"]),
        ("He met Police Orvik", ["police orvik"]),
    ],
)
def test_a_particle_joins_only_what_is_one_name(text, names):
    assert [" ".join(name.words) for name in names_of(words_of(text))] == names


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [("Exports fell", False), ("Orvik's mayor came", True), ("Lena Orvik came", True), ("It was Orvik", True)],
)  # fmt: skip
def test_a_capital_letter_at_the_beginning_is_no_sure_name(text, is_sure):
    assert names_of(words_of(text))[0].is_sure is is_sure


@pytest.mark.parametrize(
    ("word", "other", "are_same"),
    [
        ("yuriy", "iurii", True),
        ("merovia", "merovian", True),
        ("mali", "malian", True),
        ("ott", "otto", False),
        ("kalden", "vossberg", False),
    ],
)
def test_spellings_of_one_word(word, other, are_same):
    assert same_word(word, other) is same_word(other, word) is are_same


@pytest.mark.parametrize(
    ("name", "other", "are_same"),
    [
        ("Lena Orvik", "Orvik", True),
        ("Lena Orvik", "Lena", True),
        ("Lena Orvik", "Tom Orvik", False),
        ("Lena Orvik", "Lena Brandt", False),
        ("Lena Maria Orvik", "Lena Orvik", True),
        ("World Trade Union", "WTU", True),
        ("Ministry of Works", "Ministry of Defence", False),
    ],
)
def test_two_names_of_one(name, other, are_same):
    one, two = (names_of(words_of(f"He met {said}"))[0] for said in (name, other))
    assert same_name(one, two) is same_name(two, one) is are_same
