"""Claims with all that other systems are told of them, as a person may know it."""

from claims.actions import ask_second_check, decide_claim
from claims.choices import Verdict
from claims.models import Claim, Tag
from claims.queries.claims.details import decisions_of, details_of
from tests.conftest import version_of


def test_they_come_in_the_order_of_their_ids_with_their_tags_by_name(editor, claims):
    first, second = claims[:2]
    tags = [Tag.objects.create(name=name) for name in ("Water", "Bridges")]
    second.tags.set(tags)
    found = details_of([second.pk, 0, first.pk], editor)
    assert [(one["id"], [tag["name"] for tag in one["tags"]]) for one in found] == [
        (second.pk, ["Bridges", "Water"]),
        (first.pk, []),
    ]


def test_of_a_verdict_that_one_is_to_find_alone_nothing_is_told(editor, chief, claims):
    first, second = claims[:2]
    for claim in (first, second):
        decide_claim(actor=chief, verdict=Verdict.DISPUTED, reason="Eight.", **version_of(claim))
    ask_second_check(actor=chief, blind=True, of=editor, **version_of(first))
    ids = [first.pk, second.pk]
    hidden, told = details_of(ids, editor)
    assert (hidden["is_hidden"], hidden["verdict"], hidden["decided_at"]) == (True, "pending", None)
    assert (told["is_hidden"], told["verdict"]) == (False, "disputed")
    assert told["decided_at"] == Claim.objects.get(pk=second.pk).decided_at
    assert [pk for pk, log in decisions_of(ids, editor).items() if log] == [second.pk]
    assert [pk for pk, log in decisions_of(ids, chief).items() if log] == ids
