"""What a bulk change would do: which claims stay as they are and why, and the others before and after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.choices import ChangeAction, MatchRelation, ReviewStatus, Verdict
from claims.models import BulkChange, Claim, Source, Tag
from claims.queries.claims import bulk_changes
from claims.queries.claims.bulk_changes import preview, seen_bulk_changes, skipped
from claims.queries.claims.matched import due_for_review
from tests.models import rows
from tests.models.match_rows import group, match


@pytest.fixture
def four(editor) -> list[Claim]:
    """A verified, a disputed, a pending and a verified claim, the last of which waits for a check."""
    text = rows.revision(editor)
    verdicts = (Verdict.VERIFIED, Verdict.DISPUTED, Verdict.PENDING, Verdict.VERIFIED)
    made = [rows.decided(text, verdict, start) for start, verdict in enumerate(verdicts)]
    Claim.objects.filter(pk=made[3].pk).update(review_status=ReviewStatus.WAITING)
    return made


def kept(four: list[Claim], action: ChangeAction, fields: dict, *, replace: bool = True):
    """The places of the claims that stay as they are, by the reason."""
    found = skipped(action, fields, replace=replace)
    places = {
        why: [four.index(one) for one in Claim.objects.filter(so).order_by("pk") if one in four]
        for why, so in found.items()
    }
    return {why: some for why, some in places.items() if some}


class TestKept:
    @pytest.mark.parametrize(
        ("replace", "places"),
        [
            (True, {"waiting": [3], "same": [0]}),
            (False, {"waiting": [3], "same": [0], "decided": [1]}),
        ],
    )
    def test_verdicts_of_others_are_replaced_only_if_that_is_wanted(self, four, replace, places):
        fields = {"verdict": "verified"}
        assert kept(four, ChangeAction.DECIDE, fields, replace=replace) == places

    def test_what_is_so_already(self, four):
        tag = Tag.objects.create(name="Flood")
        four[1].tags.add(tag)
        assert kept(four, ChangeAction.TAG, {"add_tag": tag.pk}) == {"same": [1]}
        assert kept(four, ChangeAction.TAG, {"remove_tag": tag.pk}) == {"same": [0, 2, 3]}
        assert kept(four, ChangeAction.DISMISS, {"dismissed": False}) == {"same": [0, 1, 2, 3]}

    def test_what_has_nothing_to_take_over(self, editor, four):
        """Of five pending claims one has an earlier verdict, one two that differ, and one a contradiction alone."""
        verified, disputed, *_rest = four
        text = rows.revision(editor)
        one, both, against, nothing = (rows.claim(text, start) for start in range(4))
        match(verified, one)
        match(verified, both)
        match(disputed, both)
        match(verified, against, relation=MatchRelation.CONTRADICTS)
        later = [one, both, against, nothing, verified, four[3]]
        assert kept(later, ChangeAction.TAKE_OVER, {}) == {
            "waiting": [5],
            "decided": [4],
            "unseen": [2, 3],
            "differing": [1],
        }


class TestPreview:
    def told(self, editor, four, **fields) -> list[tuple[str, str]]:
        job = BulkChange.objects.create(
            **{"action": "decide", "actor": editor, "actor_name": "Edda"} | fields
        )
        for claim in reversed(four):
            job.listed.create(claim=claim, version=1)
        return [(one.before, one.after) for one in preview(job, editor)]

    def test_verdicts_before_and_after_in_the_order_of_the_text(self, editor, four):
        found = self.told(editor, four[:3], fields={"verdict": "verified"})
        assert found == [
            ("Verified", "Verified"),
            ("Disputed", "Verified"),
            ("Pending", "Verified"),
        ]

    def test_who_is_to_check_blind_is_not_told(self, editor, four):
        Claim.objects.filter(pk=four[3].pk).update(blind=True)
        assert self.told(editor, four[3:], fields={"verdict": "disputed"}) == [
            ("Pending", "Disputed")
        ]

    def test_other_fields_in_words(self, editor, chief, four):
        (claim,) = four[:1]
        venn, tag = rows.source("Ada Venn"), Tag.objects.create(name="Flood")
        for fields, before, after in (
            ({"dismissed": True}, "in the queue", "dismissed"),
            ({"assigned_to_id": editor.pk}, "nobody", "Edda"),
            ({"source_id": venn.pk}, "no source", "Ada Venn"),
            ({"add_tag": tag.pk}, "no tag", "+ Flood"),
        ):
            assert self.told(editor, [claim], fields=fields) == [(before, after)]
        claim.tags.add(tag)
        Claim.objects.filter(pk=claim.pk).update(assigned_to=chief, source=venn, dismissed=True)
        for fields, before, after in (
            ({"dismissed": False}, "dismissed", "in the queue"),
            ({"assigned_to_id": None}, "Carl", "nobody"),
            ({"source_id": Source.objects.get().pk}, "Ada Venn", "Ada Venn"),
            ({"remove_tag": tag.pk}, "Flood", "– Flood"),
        ):
            assert self.told(editor, [claim], fields=fields) == [(before, after)]

    def test_a_group_goes_by_its_main_claim(self, editor, four):
        Claim.objects.filter(pk=four[0].pk).update(statement="Nine bridges")
        first, second = Claim.objects.filter(pk=four[0].pk).get(), four[1]
        into = group(first)
        found = self.told(
            editor, [first, second], action="merge-groups", fields={"group_id": into.pk}
        )
        assert found == [("Nine bridges", "Nine bridges"), ("no group", "Nine bridges")]

    def test_what_is_taken_over_names_its_article(self, editor, four):
        later = rows.claim(rows.revision(editor))
        at = timezone.now().replace(year=2026, month=3, day=2)
        match(four[0], later)
        Claim.objects.filter(pk=four[0].pk).update(listed_at=at)
        headline = four[0].revision.article.headline
        assert self.told(editor, [later, four[2]], action="take-over") == [
            ("Pending", f"Verified, as in “{headline}” of 2 Mar 2026")
        ]

    def test_of_many_the_first_are_shown(self, editor, four, monkeypatch):
        monkeypatch.setattr(bulk_changes, "PREVIEWED", 2)
        assert len(self.told(editor, four, fields={"verdict": "verified"})) == 2


def test_a_bulk_change_is_not_told_that_set_a_verdict_to_be_found_blind(editor, chief, four):
    job, other = rows.bulk_change(editor), rows.bulk_change(editor)
    waiting = four[3]
    for claim, of in ((waiting, job), (four[0], other)):
        rows.changed(claim, editor, change=rows.change(claim, editor, bulk_change=of))
    assert set(seen_bulk_changes(chief)) == {job, other}
    rows.decision(waiting, editor)
    Claim.objects.filter(pk=waiting.pk).update(blind=True, version=2)
    assert set(seen_bulk_changes(chief)) == {other}
    assert set(seen_bulk_changes(editor)) == {job, other}


def test_verdicts_due_for_review_come_by_their_age(four):
    today, now = timezone.localdate(), timezone.now()
    for claim, days in ((four[0], 1), (four[1], 2)):
        at = now - timedelta(days=days)
        Claim.objects.filter(pk=claim.pk).update(review_by=today, decided_at=at)
    Claim.objects.filter(pk=four[2].pk).update(review_by=today)
    assert list(due_for_review(today)) == [four[1], four[0]]
