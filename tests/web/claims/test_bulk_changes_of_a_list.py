"""Several claims of a list changed at once, and the list of such changes."""

import pytest
from django.urls import reverse

from claims.actions import decide_claim, preview_bulk_change, start_bulk_change
from claims.choices import ChangeAction, SourceKind, Verdict
from claims.models import BulkChange, Claim, Source, Tag
from tests.web.claims.lists import ids, shown


class TestBulkChanges:
    CHANGE = "/claims/change/"

    def test_chosen_ones_are_previewed_done_and_taken_back(self, desk, several):
        chosen = f"{self.CHANGE}?chosen={several[0].pk}&chosen={several[5].pk}"
        preview = desk.post(chosen, {"what": "verified", "reason": "Register"}, follow=True)
        text = preview.content.decode()
        assert "2 claims would change" in text
        assert not Claim.objects.filter(verdict="verified").exists()
        bulk_change = preview.context["bulk_change"]
        done = desk.post(reverse("start-bulk-change", args=[bulk_change.pk]), follow=True)
        assert "2 claims changed." in done.content.decode()
        assert shown(desk, verdict="verified") == ids(several[5], several[0])
        desk.post(reverse("undo-bulk-change", args=[bulk_change.pk]), follow=True)
        assert shown(desk, verdict="verified") == []

    def test_all_that_match_and_what_stays(self, desk, editor, chief, several):
        decide_claim(
            actor=chief, claim_id=several[0].pk, version=1, verdict=Verdict.DISPUTED, reason="R"
        )
        article = several[0].revision.article_id
        address = f"{self.CHANGE}?every=1&list=article%3D{article}"
        preview = desk.post(address, {"what": "verified"}, follow=True)
        text = preview.content.decode()
        assert "3 claims would change" in text
        assert "1 claim skipped: already decided" in text
        desk.post(reverse("start-bulk-change", args=[preview.context["bulk_change"].pk]))
        assert set(shown(desk, verdict="verified")) == set(ids(*several[1:4]))
        assert shown(desk, verdict="disputed") == ids(several[0])

    def test_an_id_that_no_claim_can_have_is_no_claim(self, desk, several):
        address = f"{self.CHANGE}?chosen={'9' * 40}&chosen={several[0].pk}"
        preview = desk.post(address, {"what": "verified"}, follow=True)
        assert preview.context["bulk_change"].total == 1

    def test_a_filter_that_cannot_be_understood_changes_nothing(self, desk, several):
        answer = desk.post(
            f"{self.CHANGE}?every=1&list=verdict%3Dperhaps", {"what": "verified"}, follow=True
        )
        assert answer.status_code == 400
        assert not BulkChange.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({}, "required"),
            ({"what": "disputed"}, "Say why these claims are disputed."),
            ({"what": "add_tag"}, "Choose a tag."),
            ({"what": "remove_tag"}, "Choose a tag."),
            ({"what": "source", "source": " "}, "No source has this name."),
            ({"what": "source", "source": "Nobody Known"}, "No source has this name."),
            ({"what": "source", "source": "Bo Tarn"}, "Several sources have this name."),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(self, desk, several, fields, wrong):
        for kind in (SourceKind.WITNESS, SourceKind.EXPERT):
            Source.objects.create(name="Bo Tarn", kind=kind)
        typed = {"reason": "As typed", **fields}
        if fields.get("what") == "disputed":
            typed["reason"] = "  "
        page = desk.post(f"{self.CHANGE}?chosen={several[0].pk}", typed)
        assert page.status_code == 400
        assert wrong in page.content.decode()
        assert typed["reason"].strip() in page.content.decode()

    def test_source_tags_and_people(self, desk, editor, several):
        source = Source.objects.create(name="Ada Venn", kind=SourceKind.MINISTER)
        flood = Tag.objects.create(name="Flood")
        for fields, query in (
            ({"what": "source", "source": "ada venn"}, {"source": str(source.pk)}),
            ({"what": "add_tag", "tag": flood.pk}, {"tag": flood.pk}),
            ({"what": "assign", "to": editor.pk}, {"assigned": "me"}),
            ({"what": "remove_tag", "tag": flood.pk}, {"assigned": "me"}),
            ({"what": "dismiss"}, {"state": "dismissed"}),
            ({"what": "restore"}, {"assigned": "me", "state": ""}),
            ({"what": "assign"}, {"source": str(source.pk)}),
        ):
            page = desk.post(f"{self.CHANGE}?chosen={several[2].pk}", fields, follow=True)
            desk.post(reverse("start-bulk-change", args=[page.context["bulk_change"].pk]))
            assert shown(desk, **{"state": "all", **query}) == ids(several[2])
        claim = Claim.objects.get(pk=several[2].pk)
        assert (claim.assigned_to, list(claim.tags.all())) == (None, [])

    def test_readers_may_not_and_others_cannot_begin_it(
        self, client, reader, editor, chief, several
    ):
        client.force_login(reader)
        assert client.get(f"{self.CHANGE}?every=1").status_code == 403
        bulk_change = preview_bulk_change(
            actor=editor,
            action=ChangeAction.DECIDE,
            fields={"verdict": "verified"},
            claims=Claim.objects.all(),
        )
        client.force_login(chief)
        refused = client.post(reverse("start-bulk-change", args=[bulk_change.pk]))
        assert refused.status_code == 409
        assert "belongs to someone else" in refused.content.decode()

    def test_the_list_of_bulk_changes(self, desk, editor, several):
        assert (
            "There are no bulk changes yet." in desk.get(reverse("bulk-changes")).content.decode()
        )
        bulk_change = preview_bulk_change(
            actor=editor,
            action=ChangeAction.DECIDE,
            fields={"verdict": "verified"},
            claims=Claim.objects.all(),
        )
        start_bulk_change(actor=editor, bulk_change_id=bulk_change.pk)
        newer, unbegun = (
            preview_bulk_change(
                actor=editor,
                action=ChangeAction.DISMISS,
                fields={"dismissed": True},
                claims=Claim.objects.all(),
            )
            for _number in range(2)
        )
        start_bulk_change(actor=editor, bulk_change_id=newer.pk)
        text = desk.get(reverse("bulk-changes")).content.decode()
        first, second = (
            text.index(f'"{reverse("bulk-change", args=[one.pk])}"') for one in (newer, bulk_change)
        )
        assert first < second
        assert f'"{reverse("bulk-change", args=[unbegun.pk])}"' not in text
        assert "Edda" in text
