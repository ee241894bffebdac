"""The ids of records, as forms and addresses bring them."""

import pytest

from claims.models import Source
from claims.models.base.ids import MOST, id_of, ids_of


@pytest.mark.parametrize("typed", ["", "-1", "1.0", "²", "one", "1 2", "1" * 19])
def test_what_no_record_can_have_is_no_id(typed):
    assert id_of(typed) is None


def test_the_largest_can_be_looked_up(db):
    assert id_of("9" * 18) == MOST == 999_999_999_999_999_999
    assert Source.objects.filter(pk=MOST).first() is None


def test_the_ids_among_several_texts_keep_their_order():
    assert ids_of(["7", "x", "", "3"]) == [7, 3]
