"""A wrong speaker, mended for several claims at once."""

import pytest

from claims.actions import change_source, create_source, reword_claim, undo_change
from claims.choices import ChangeAction, SourceKind
from claims.errors import NotPossibleError, StaleVersionError
from claims.models import Change, Claim, Source
from tests.conftest import newest, version_of
from tests.models import rows


@pytest.fixture
def vell(editor) -> Source:
    return create_source(
        actor=editor, name="Dorian Vell", kind=SourceKind.SPOKESPERSON, article=None
    )


def as_seen(claims: list[Claim]) -> dict[int, int | None]:
    return {claim.pk: claim.source_id for claim in claims}


def sources(claims: list[Claim]) -> list[str]:
    found = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).in_reading_order()
    return [claim.source.name if claim.source else "" for claim in found]


class TestOthers:
    def test_they_get_the_source_in_one_change_and_lose_it_in_one(self, editor, claims, vell):
        before = sources(claims)
        change_source(
            actor=editor, source=vell, others=as_seen(claims[1:]), **version_of(claims[0])
        )
        assert sources(claims) == ["Dorian Vell"] * len(claims)
        (change,) = Change.objects.filter(action=ChangeAction.SOURCE)
        assert change.claims.count() == len(claims)
        undo_change(actor=editor, change_id=change.pk)
        assert sources(claims) == before

    def test_they_count_as_settled_and_narration_as_indirect_speech(self, editor, claims, vell):
        last = claims[-1]
        assert (last.quotation, last.source_id) == ("narration", None)
        Claim.objects.filter(pk=claims[1].pk).update(source_confidence=0.3)
        others = as_seen([claims[1], last])
        change_source(actor=editor, source=vell, others=others, **version_of(claims[0]))
        last.refresh_from_db()
        claims[1].refresh_from_db()
        assert last.quotation == "indirect"
        assert claims[1].source_confidence == 1

    def test_what_the_role_was_it_is_changed_and_a_different_one_is_left(
        self, editor, claims, vell
    ):
        one, same, other = claims[:3]
        Claim.objects.filter(pk__in=[one.pk, same.pk]).update(role="the minister", told_to="")
        Claim.objects.filter(pk=other.pk).update(role="a clerk", told_to="Radio Ostrey")
        change_source(
            actor=editor,
            source=vell,
            role="her spokesman",
            told_to="reporters",
            others=as_seen([same, other]),
            **version_of(one),
        )
        told = Claim.objects.filter(pk__in=[one.pk, same.pk, other.pk]).in_reading_order()
        assert list(told.values_list("role", "told_to")) == [
            ("her spokesman", "reporters"),
            ("her spokesman", "reporters"),
            ("a clerk", "Radio Ostrey"),
        ]

    def test_a_verdict_on_them_in_the_meantime_is_no_conflict(self, editor, chief, claims, vell):
        reword_claim(actor=chief, statement="Other words", **version_of(claims[1]))
        others = as_seen(claims[1:2])
        change_source(actor=editor, source=vell, others=others, **version_of(claims[0]))
        claims[1].refresh_from_db()
        assert (claims[1].statement, claims[1].source_id) == ("Other words", vell.pk)


class TestRefused:
    def test_another_source_of_one_of_them_by_now(self, editor, chief, claims, vell):
        others = as_seen(claims[1:])
        change_source(actor=chief, source=None, **version_of(claims[1]))
        before = sources(claims)
        with pytest.raises(NotPossibleError, match="has changed"):
            change_source(actor=editor, source=vell, others=others, **version_of(claims[0]))
        assert sources(claims) == before

    def test_an_outdated_version_of_the_claim_itself(self, editor, chief, claims, vell):
        seen = version_of(claims[0])
        reword_claim(actor=chief, statement="Other words", **seen)
        before = sources(claims)
        with pytest.raises(StaleVersionError):
            change_source(actor=editor, source=vell, others=as_seen(claims[1:]), **seen)
        assert sources(claims) == before

    def test_claims_of_another_article(self, editor, claims, vell):
        elsewhere = rows.claim(rows.revision(editor))
        with pytest.raises(NotPossibleError):
            change_source(
                actor=editor, source=vell, others={elsewhere.pk: None}, **version_of(claims[0])
            )
        elsewhere.refresh_from_db()
        assert elsewhere.source_id is None


def test_nothing_to_change_is_no_change(editor, claims, vell):
    change_source(actor=editor, source=vell, others=as_seen(claims[1:]), **version_of(claims[0]))
    made = newest(claims[0])
    for claim in claims:
        claim.refresh_from_db()
    again = change_source(
        actor=editor, source=vell, others=as_seen(claims[1:]), **version_of(claims[0])
    )
    assert again is None
    assert newest(claims[0]) == made
