"""For which other claims a new source may be meant, as the form of the source offers it."""

import json

from claims.models import Claim, Source
from claims.queries.review.scopes import Scopes
from claims.web.review.edit_forms import SPEAKER, scope_choices


def offered(scopes: Scopes) -> list[tuple[str, int, str]]:
    found = scope_choices(Claim(source=Source(pk=7, name="Ada Venn")), scopes)
    return [(one.value, one.number, one.also) for one in found]


def test_each_choice_counts_the_claim_itself():
    sentence = {2: 7, 3: None}
    assert offered(Scopes(sentence, ["Bo Tarn", "Cy"], 4)) == [
        (json.dumps(sentence), 3, "Bo Tarn, Cy"),
        (SPEAKER, 5, ""),
    ]


def test_the_same_claims_are_not_offered_twice():
    assert [number for _value, number, _also in offered(Scopes({2: 7, 3: 7}, [], 2))] == [3]
    assert [number for _value, number, _also in offered(Scopes({2: 7}, [], 2))] == [2, 3]


def test_without_other_claims_nothing_is_offered():
    assert offered(Scopes({}, [], 0)) == []
