"""Which names a statement contains, and of what."""

import pytest

from claims.matching.relations.names import NameKind, names_of
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
    ],
)
def test_a_name_is_of_a_person_a_body_or_a_place(text, words, kind):
    (name,) = names_of(words_of(text))
    assert (name.words, name.kind) == (words, kind)
