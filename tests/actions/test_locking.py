"""What is locked for a change, and what is written with it."""

import pytest
from django.utils import timezone

from claims.actions.locking import (
    claim_for_change,
    claims_for_change,
    delete_as,
    locked,
    locked_across,
    save_as,
    write_fields,
)
from claims.actions.named_records import get_or_save, outlets_named
from claims.errors import NotPossibleError, StaleVersionError
from claims.models import Claim, Desk, Outlet, Tag
from tests.models import rows


@pytest.fixture
def three(editor) -> list[Claim]:
    """Three claims of a text, made from its end to its beginning."""
    text = rows.revision(editor)
    return [rows.claim(text, start) for start in (20, 10, 0)]


class TestLocked:
    def test_claims_come_in_reading_order(self, three):
        ids = [claim.pk for claim in three]
        assert locked(ids) == locked_across(ids) == three[::-1]
        assert claims_for_change(dict.fromkeys(ids, 1)) == three[::-1]

    def test_all_are_of_one_article_and_there(self, editor, three):
        other = rows.claim(rows.revision(editor))
        with pytest.raises(NotPossibleError):
            locked([three[0].pk, other.pk])
        with pytest.raises(NotPossibleError):
            locked([])
        with pytest.raises(Claim.DoesNotExist):
            locked([three[0].pk, 0])
        assert locked_across([three[0].pk, other.pk, 0]) == [other, three[0]]

    @pytest.mark.parametrize("version", [1, 3])
    def test_who_looked_at_another_version_is_told(self, three, version):
        Claim.objects.filter(pk=three[0].pk).update(version=2)
        assert claim_for_change(claim_id=three[0].pk, version=2) == three[0]
        with pytest.raises(StaleVersionError) as error:
            claim_for_change(claim_id=three[0].pk, version=version)
        assert error.value.params == {"claim": three[0], "looked_at": version}


class TestWritten:
    def test_each_claim_gets_its_fields_and_a_version_and_its_article_a_time(self, editor, three):
        first, second, third = three
        before = timezone.now()
        write_fields(
            {first: {"role": "clerk"}, second: {"role": "clerk"}, third: {"role": "mayor"}}
        )
        for claim, role in zip(three, ("clerk", "clerk", "mayor"), strict=True):
            kept = Claim.objects.get(pk=claim.pk)
            assert (kept.role, kept.version, claim.version, claim.role) == (role, 2, 2, role)
            assert kept.touched_at >= before
        article = Claim.objects.get(pk=first.pk).revision.article
        assert article.changed_at >= before

    def test_of_other_versions_each_goes_on_from_its_own(self, three):
        Claim.objects.filter(pk=three[0].pk).update(version=5)
        three[0].refresh_from_db()
        write_fields({claim: {"role": "clerk"} for claim in three})
        assert [Claim.objects.get(pk=claim.pk).version for claim in three] == [6, 2, 2]

    def test_who_did_not_look_leaves_a_proposal(self, three):
        write_fields({three[0]: {"role": "clerk"}}, looked_at=False)
        kept = Claim.objects.get(pk=three[0].pk)
        assert (kept.touched_at, kept.version) == (None, 2)

    def test_an_undo_gives_each_its_own_time_back(self, three):
        at = timezone.now().replace(year=2020)
        write_fields({three[0]: {"touched_at": None}, three[1]: {"touched_at": at}})
        kept = [Claim.objects.get(pk=claim.pk).touched_at for claim in three]
        assert kept == [None, at, None]

    def test_tags_are_replaced_and_others_keep_theirs(self, three):
        flood, bridge = (Tag.objects.create(name=name) for name in ("Flood", "Bridge"))
        for claim in three:
            claim.tags.add(flood)
        write_fields({three[0]: {"tag_ids": [bridge.pk]}, three[1]: {"role": "clerk"}})
        found = [{tag.name for tag in Claim.objects.get(pk=claim.pk).tags.all()} for claim in three]
        assert found == [{"Bridge"}, {"Flood"}, {"Flood"}]
        assert three[0].tag_ids == [bridge.pk]


class TestNamed:
    def test_a_record_of_that_name_is_found_in_any_case_or_saved(self, editor):
        desk = get_or_save(editor, Desk(name="Economy"))
        assert desk.history.get().history_user == editor
        assert get_or_save(editor, Desk(name="ECONOMY")) == desk
        assert Desk.objects.count() == 1

    def test_what_else_must_be_alike_is_asked_for(self, editor):
        first = get_or_save(editor, Outlet(name="The Courier", country="Ostrey"))
        assert get_or_save(editor, Outlet(name="The Courier"), country="Ostrey") == first

    def test_missing_outlets_are_made_in_the_order_in_which_they_came(self, editor):
        known = Outlet.objects.create(name="The Courier")
        found = outlets_named(editor, ["Zeit", "THE COURIER", "", "Anzeiger"])
        assert found["the courier"] == known
        assert list(Outlet.objects.order_by("pk").values_list("name", flat=True)) == [
            "The Courier",
            "Zeit",
            "Anzeiger",
        ]
        assert {each.name for each in found.values()} == {"The Courier", "Zeit", "Anzeiger"}
        assert outlets_named(editor, ["", ""]) == {}
        assert outlets_named(editor, ["Post", "POST"])["post"].name == "Post"

    def test_the_history_says_in_whose_name(self, editor, chief):
        desk = Desk(name="Economy")
        save_as(editor, desk)
        desk.name, desk.public = "Money", True
        save_as(chief, desk, fields=["public"])
        pk = desk.pk
        assert Desk.objects.get().name == "Economy"
        delete_as(chief, desk)
        log = Desk.history.filter(id=pk).order_by("history_id")
        assert [(row.history_type, row.history_user) for row in log] == [
            ("+", editor),
            ("~", chief),
            ("-", chief),
        ]
