"""Merging sources: the form, and possible duplicates."""

import pytest
from django.urls import reverse

from claims.actions import mark_distinct, merge_sources, unmerge_sources
from claims.actions.claims import bulk_steps
from claims.choices import SourceKind
from claims.models import Alias, BulkChange, DistinctSources, Source
from claims.queries.sources import duplicates
from tests.models import rows
from tests.web.sources.pages import MINISTER, text_of


class TestMerging:
    def test_find_look_and_merge(self, desk, venn, said):
        short = rows.source("A. Venn", kind=MINISTER)
        claim = said(short)
        address = reverse("merge-source", args=[short.pk])
        found = desk.get(address, {"name": "ada"})
        assert [one.pk for one in found.context["choices"]] == [venn.pk]
        looked_at = desk.get(address, {"into": venn.pk})
        preview = looked_at.context["preview"]
        assert (preview.names, preview.claims, preview.backwards) == (["A. Venn"], 1, False)
        assert "the same surname and compatible first names" in text_of(looked_at)
        claim.refresh_from_db()
        assert claim.source == short
        answer = desk.post(address, {"into": venn.pk}, follow=True)
        assert answer.redirect_chain[-1][0] == venn.get_absolute_url()
        assert "“A. Venn” has been merged into “Ada Venn”." in text_of(answer)
        claim.refresh_from_db()
        assert claim.source == venn

    def test_the_merged_ones_page_says_what_it_is_now_and_parts_them(
        self, desk, editor, venn, said
    ):
        short = rows.source("A. Venn", kind=MINISTER)
        claim = said(short)
        merge_sources(actor=editor, source=short, into=venn)
        text = text_of(desk.get(short.get_absolute_url()))
        assert "has been merged into" in text
        assert venn.get_absolute_url() in text
        assert "from" in text_of(desk.get(venn.get_absolute_url()))
        answer = desk.post(reverse("unmerge-source", args=[short.pk]), follow=True)
        assert "with 1 claim." in text_of(answer)
        claim.refresh_from_db()
        assert claim.source == short

    def test_the_history_names_what_it_was_merged_into_and_out_of(self, desk, editor, venn):
        short = rows.source("A. Venn", kind=MINISTER)
        merge_sources(actor=editor, source=short, into=venn)
        unmerge_sources(actor=editor, source=Source.objects.get(pk=short.pk))
        page = desk.get(reverse("source-history", args=[short.pk]))
        parted, merged, _made = page.context["record"]
        assert [(one.before, one.after) for one in merged.differences] == [("none", "Ada Venn")]
        assert [(one.before, one.after) for one in parted.differences] == [("Ada Venn", "none")]

    def test_while_claims_are_on_their_way_the_pages_say_so(self, desk, editor, venn, said):
        short = rows.source("A. Venn", kind=MINISTER)
        claim = said(short)
        merge_sources(actor=editor, source=short, into=venn)
        bulk_change = Source.objects.get(pk=short.pk).merge_job
        BulkChange.objects.filter(pk=bulk_change.pk).update(
            status="running", total=50000, done=1500
        )
        assert "1,500 of 50,000 so far" in text_of(desk.get(short.get_absolute_url()))
        assert desk.post(reverse("unmerge-source", args=[short.pk])).status_code == 302
        claim.refresh_from_db()
        assert claim.source == short
        BulkChange.objects.filter(undoes=bulk_change).update(status="running", total=9, done=4)
        assert "being moved back: 4 of 9" in text_of(desk.get(short.get_absolute_url()))
        answer = desk.post(reverse("merge-source", args=[short.pk]), {"into": venn.pk})
        assert answer.status_code == 409
        assert "still being moved" in answer.content.decode()

    def test_one_in_the_middle_of_a_chain_leads_to_the_next(self, desk, editor, venn):
        first, second = rows.source("A. Venn"), rows.source("A.B. Venn")
        merge_sources(actor=editor, source=first, into=second)
        merge_sources(actor=editor, source=Source.objects.get(pk=second.pk), into=venn)
        text = text_of(desk.get(first.get_absolute_url()))
        assert "Undo that merge first" in text
        assert reverse("unmerge-source", args=[first.pk]) not in text
        assert desk.post(reverse("unmerge-source", args=[first.pk])).status_code == 409

    def test_a_page_names_by_name_who_was_merged_into_it(self, desk, editor, venn):
        for name in ("B. Venn", "A. Venn"):
            merge_sources(actor=editor, source=rows.source(name), into=venn)
        merged = desk.get(venn.get_absolute_url()).context["merged"]
        assert [one.name for one in merged] == ["A. Venn", "B. Venn"]

    def test_many_claims_are_on_their_way_when_it_is_done(self, desk, venn, said, monkeypatch):
        short = rows.source("A. Venn", kind=MINISTER)
        said(short)
        said(short)
        words = "Its claims are being moved in the background."
        for at_once, told in ((1, True), (2, False)):
            monkeypatch.setattr(bulk_steps, "AT_ONCE", at_once)
            address = reverse("merge-source", args=[short.pk])
            answer = desk.post(address, {"into": venn.pk}, follow=True)
            assert (words in text_of(answer)) == told
            desk.post(reverse("unmerge-source", args=[short.pk]))

    def test_what_is_not_possible_says_why(self, desk, editor, venn, article):
        own = rows.source("Venn", kind=MINISTER, article=article)
        answer = desk.post(reverse("merge-source", args=[venn.pk]), {"into": own.pk})
        assert answer.status_code == 409
        assert "exists only in one article" in answer.content.decode()

    @pytest.mark.parametrize("into", ["", "x", "9" * 30, "999999"])
    def test_a_mistyped_target_asks_again(self, desk, venn, into):
        answer = desk.get(reverse("merge-source", args=[venn.pk]), {"into": into})
        assert "Merge into: name or alias" in text_of(answer)

    def test_only_posts_change_anything(self, desk, venn):
        assert desk.get(reverse("unmerge-source", args=[venn.pk])).status_code == 405
        assert desk.get(reverse("mark-distinct", args=[venn.pk, venn.pk])).status_code == 405

    def test_a_reader_may_not(self, client, reader, venn):
        client.force_login(reader)
        other = rows.source("Bo Tarn")
        for address in (
            reverse("merge-source", args=[venn.pk]),
            reverse("unmerge-source", args=[venn.pk]),
            reverse("mark-distinct", args=[venn.pk, other.pk]),
        ):
            assert client.post(address, {"into": other.pk}).status_code == 403


def pairs(proposals) -> set[tuple[str, str]]:
    return {(one.source.name, one.into.name) for one in proposals}


class TestLookingAlike:
    def test_a_bare_surname_and_the_one_who_bears_it(self, desk, venn, said, article):
        own = rows.source("Venn", kind=MINISTER, article=article)
        for source in (own, venn):
            said(source, role="the transport minister")
        found = desk.get(reverse("source-duplicates")).context["page"].proposals
        assert ("Venn", "Ada Venn") in pairs(found)
        proposal = next(one for one in found if one.source == own and one.into == venn)
        assert proposal.similarity.safe
        assert "only possible match" in text_of(desk.get(own.get_absolute_url()))
        rows.source("Bo Venn", kind=MINISTER)
        found = desk.get(reverse("source-duplicates")).context["page"].proposals
        assert not any(one.similarity.safe for one in found)
        assert {("Venn", "Ada Venn"), ("Venn", "Bo Venn")} <= pairs(found)

    def test_an_alias_that_is_anothers_name(self, desk, venn):
        other = rows.source("Adelheid Tarn")
        Alias.objects.create(source=other, name="Ada Venn")
        assert pairs(desk.get(reverse("source-duplicates")).context["page"].proposals) == {
            ("Adelheid Tarn", "Ada Venn")
        }
        assert pairs(desk.get(venn.get_absolute_url()).context["proposals"])
        assert pairs(desk.get(other.get_absolute_url()).context["proposals"])

    def test_who_has_another_first_name_is_somebody_else(self, desk, venn):
        rows.source("Bo Venn", kind=MINISTER)
        page = desk.get(reverse("source-duplicates"))
        assert not page.context["page"].proposals
        assert "There are no possible duplicates" in text_of(page)

    def test_unnamed_groups_of_two_articles_are_never_proposed(self, desk, editor):
        for _article in range(2):
            rows.source("officials", kind=SourceKind.OFFICIAL, article=rows.article(editor))
        assert not desk.get(reverse("source-duplicates")).context["page"].proposals

    def test_whoever_was_told_apart_is_not_asked_about_again(self, desk, venn):
        other = rows.source("A. Venn", kind=MINISTER)
        assert pairs(desk.get(reverse("source-duplicates")).context["page"].proposals)
        address = reverse("mark-distinct", args=[other.pk, venn.pk])
        answer = desk.post(address, {"next": venn.get_absolute_url()}, follow=True)
        assert answer.redirect_chain[-1][0] == venn.get_absolute_url()
        assert "are marked as different" in text_of(answer)
        assert DistinctSources.objects.count() == 1
        assert not desk.get(reverse("source-duplicates")).context["page"].proposals
        assert not answer.context["proposals"]
        preview = desk.get(reverse("merge-source", args=[other.pk]), {"into": venn.pk})
        assert "marked them as different" in text_of(preview)

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "made-up"])
    def test_nobody_is_led_to_another_site(self, desk, venn, elsewhere):
        address = reverse("mark-distinct", args=[venn.pk, rows.source("A. Venn").pk])
        answer = desk.post(address, {"next": elsewhere})
        assert answer["Location"] == reverse("source-duplicates")

    def test_every_pair_is_on_exactly_one_page(self, desk, monkeypatch):
        monkeypatch.setattr(duplicates, "_ROWS", 3)
        for number in range(8):
            for name in (f"Ada Number{number}", f"A. Number{number}"):
                rows.source(name, kind=MINISTER)
        seen, before = [], ""
        for _page in range(9):
            page = desk.get(reverse("source-duplicates"), {"before": before}).context["page"]
            seen += pairs(page.proposals)
            before = page.older
            if before is None:
                break
        assert sorted(seen) == sorted(
            (f"A. Number{number}", f"Ada Number{number}") for number in range(8)
        )

    def test_a_page_of_too_many_pairs_goes_on_where_it_stopped(self, desk, monkeypatch):
        monkeypatch.setattr(duplicates, "_PAIRS", 2)
        for number in range(5):
            for name in (f"Ada Number{number}", f"A. Number{number}"):
                rows.source(name, kind=MINISTER)
        first = desk.get(reverse("source-duplicates")).context["page"]
        assert len(first.proposals) == 2
        second = desk.get(reverse("source-duplicates"), {"before": first.older}).context["page"]
        assert len(pairs(first.proposals) | pairs(second.proposals)) == 4

    def test_a_mistyped_place_shows_the_first_page(self, desk, venn):
        for before in ("x", "-1", "9" * 40):
            assert desk.get(reverse("source-duplicates"), {"before": before}).status_code == 200

    def test_the_number_of_queries_is_fixed(self, count, said, editor):
        numbers = []
        for size in (1, 25):
            for number in range(size):
                for name in (f"Ada Number{size}x{number}", f"A. Number{size}x{number}"):
                    source = rows.source(name, kind=MINISTER)
                    Alias.objects.create(source=source, name=f"{name} too")
                    said(source, role="minister")
            numbers.append(count(reverse("source-duplicates")))
        assert numbers[0] == numbers[1]

    def test_both_were_told_apart_by_somebody_else(self, desk, chief, venn):
        other = rows.source("A. Venn", kind=MINISTER)
        mark_distinct(actor=chief, source=venn, other=other)
        assert not desk.get(venn.get_absolute_url()).context["proposals"]
