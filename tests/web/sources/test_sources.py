"""The pages of sources: the list, a source, merging, and possible duplicates."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    ask_second_check,
    decide_claim,
    mark_distinct,
    merge_sources,
    unmerge_sources,
)
from claims.choices import Quotation, SourceKind, Verdict
from claims.models import Alias, BulkChange, Claim, DistinctSources, Outlet, Source
from claims.queries.sources import duplicates
from claims.queries.sources import records as source_records
from claims.web.components import paging
from tests.models import rows

MINISTER = SourceKind.MINISTER


def text_of(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def venn(db) -> Source:
    return rows.source("Ada Venn", kind=MINISTER, country="Ostrey", organisation="Ministry")


def test_a_page_shows_all_its_rows(desk):
    names = [f"Ada Venn {number:02}" for number in range(40)]
    for name in names:
        rows.source(name, kind=MINISTER)
    text = text_of(desk.get(reverse("sources")))
    assert re.findall(r'class="name" href="[^"]*"><bdi>([^<]*)', text) == names
    assert 'rel="next"' not in text


def test_columns_that_no_source_on_the_page_fills_are_left_out(desk, venn):
    def heads() -> list[str]:
        text = text_of(desk.get(reverse("sources")))
        return re.findall(r'<th [^>]*scope="col"[^>]*>\s*(?:<a[^>]*>)?(\w+)', text)

    assert heads() == ["Name", "Kind", "Organisation", "Country", "Claims"]
    Source.objects.update(organisation="")
    assert heads() == ["Name", "Kind", "Country", "Claims"]
    Source.objects.update(country="")
    assert heads() == ["Name", "Kind", "Claims"]


@pytest.fixture
def said(editor):
    """A claim of a source, in an article of its own."""

    def said(source: Source, at=None, **fields) -> Claim:
        article = rows.article(editor, published_at=at or timezone.now())
        return rows.claim(rows.revision(editor, article=article), source=source, **fields)

    return said


@pytest.fixture
def count(desk):
    """How many queries a page takes, once what is kept between requests is there."""

    def count(address: str) -> int:
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    return count


class TestList:
    def names(self, desk, **asked) -> list[str]:
        table = desk.get(reverse("sources"), asked).context["table"]
        return [row.source.name for row in table.data]

    def test_it_shows_who_they_are_and_how_much_they_said(self, desk, venn, said):
        for _claim in range(3):
            said(venn)
        page = desk.get(reverse("sources"))
        text = text_of(page)
        assert all(words in text for words in ("Ada Venn", "Minister", "Ministry", "Ostrey"))
        assert [row.claims_made for row in page.context["table"].data] == [3]

    def test_by_the_beginning_of_a_name_or_alias(self, desk, venn):
        other = rows.source("Bo Tarn", kind=SourceKind.WITNESS)
        Alias.objects.create(source=other, name="Vennel")
        rows.source("Cy Orr")
        assert self.names(desk, name="venn") == ["Ada Venn", "Bo Tarn"]
        assert self.names(desk, name="venn", kind=SourceKind.WITNESS) == ["Bo Tarn"]
        assert self.names(desk, kind=MINISTER) == ["Ada Venn"]

    def test_with_a_name_of_their_own_or_of_one_article(self, desk, venn, article):
        rows.source("Zed officials", article=article)
        assert "Zed officials" not in self.names(desk, named="yes", name="zed")
        assert self.names(desk, named="no", name="zed") == ["Zed officials"]

    def test_whoever_was_merged_is_not_listed(self, desk, editor, venn):
        merge_sources(actor=editor, source=rows.source("A. Venn"), into=venn)
        assert self.names(desk) == ["Ada Venn"]
        assert self.names(desk, name="A. Venn") == ["Ada Venn"]

    def test_a_mistyped_filter_shows_the_list(self, desk, venn):
        assert self.names(desk, kind="nobody", named="perhaps", page="") == ["Ada Venn"]

    def test_nothing_found_says_so_and_leads_back(self, desk, venn):
        assert "No sources match" in text_of(desk.get(reverse("sources"), {"name": "x"}))

    def test_an_empty_list_says_what_to_do(self, desk):
        assert "There are no sources yet" in text_of(desk.get(reverse("sources")))

    @pytest.mark.parametrize("sort", ["name", "-name"])
    def test_every_source_is_on_exactly_one_page(self, desk, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 3)
        for number in range(8):
            rows.source(f"Source {number // 2}", kind=SourceKind.values[number])
        seen, place = [], None
        for _page in range(5):
            query = {"sort": sort} | ({"page": place} if place else {})
            table = desk.get(reverse("sources"), query).context["table"]
            seen += [source.pk for source in table.data]
            place = table.keyset.next
            if not place:
                break
        assert sorted(seen) == sorted(Source.objects.values_list("pk", flat=True))

    def test_the_number_of_queries_is_fixed(self, count, venn, said):
        few = count(reverse("sources"))
        for number in range(20):
            source = rows.source(f"Source {number}")
            Alias.objects.create(source=source, name=f"Alias {number}")
            said(source)
        assert count(reverse("sources")) == few
        assert count(reverse("sources") + "?name=a") == few

    def test_who_may_see_no_source_sees_none(self, client, db):
        client.force_login(User.objects.create_user("nobody"))
        assert client.get(reverse("sources")).status_code == 403


class TestPage:
    def test_it_says_who_it_is(self, desk, venn, article):
        venn.wikidata = "Q42"
        venn.links = "https://venn.example/\njavascript:alert(1)"
        venn.note = "Answers on Mondays"
        venn.save()
        Alias.objects.create(source=venn, name="The minister")
        text = text_of(desk.get(venn.get_absolute_url()))
        for words in ("The minister", "Ministry", "Ostrey", "Answers on Mondays"):
            assert words in text
        assert 'rel="noopener noreferrer" href="https://www.wikidata.org/wiki/Q42"' in text
        assert 'href="https://venn.example/"' in text
        assert "javascript:alert(1)" in text
        assert 'href="javascript:' not in text
        assert reverse("admin:claims_source_change", args=[venn.pk]) in text

    def test_who_may_not_change_it_gets_no_way_to(self, client, reader, venn):
        client.force_login(reader)
        text = text_of(client.get(venn.get_absolute_url()))
        assert reverse("admin:claims_source_change", args=[venn.pk]) not in text
        assert reverse("merge-source", args=[venn.pk]) not in text

    def test_roles_as_stated_over_time(self, desk, venn, said):
        days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
        for at, role in zip(days, ("minister", "", "minister"), strict=True):
            said(venn, at, role=role)
        said(venn, days[1], role="candidate")
        roles = desk.get(venn.get_absolute_url()).context["record"].roles
        assert [(one.words, one.first, one.last, one.times) for one in roles] == [
            ("minister", days[0].date(), days[2].date(), 2),
            ("candidate", days[1].date(), days[1].date(), 1),
        ]

    def test_its_record_counts_what_the_desk_checks(self, desk, editor, venn, said):
        claims = [said(venn) for _claim in range(4)]
        decide_claim(actor=editor, claim_id=claims[0].pk, version=1, verdict=Verdict.VERIFIED)
        Claim.objects.filter(pk=claims[1].pk).update(dismissed=True)
        Claim.objects.filter(pk=claims[2].pk).update(checkable=False)
        record = desk.get(venn.get_absolute_url()).context["record"]
        assert record.counts.by_verdict() == {"pending": 1, "verified": 1, "disputed": 0}
        assert record.counts.total == 2
        assert {one.key: number for one, number in record.figure.sums} == {
            "verified": 1,
            "disputed": 0,
            "pending": 1,
        }
        assert [claim.pk for claim in record.table.data] == [claim.pk for claim in claims][::-1]

    def test_by_month_over_two_years_and_by_year_over_more(self, desk, venn, said):
        for year, month in ((2026, 3), (2026, 1)):
            said(venn, datetime(year, month, 9, tzinfo=UTC))
        figure = desk.get(venn.get_absolute_url()).context["record"].figure
        assert [row.label for row in figure.rows] == ["January 2026", "February 2026", "March 2026"]
        said(venn, datetime(2020, 3, 9, tzinfo=UTC))
        figure = desk.get(venn.get_absolute_url()).context["record"].figure
        assert [row.label for row in figure.rows] == [str(year) for year in range(2020, 2027)]

    def test_of_many_claims_the_newest_tell_the_roles(self, desk, venn, said, monkeypatch):
        monkeypatch.setattr(source_records, "RECENT", 2)
        for day, role in enumerate(("first", "second", "third"), 1):
            said(venn, datetime(2026, 1, day, tzinfo=UTC), role=role)
        page = desk.get(venn.get_absolute_url())
        assert {one.words for one in page.context["record"].roles} == {"second", "third"}
        assert page.context["record"].counts.total == 3
        assert "the newest 1,000" in text_of(page)

    def test_one_that_nobody_quotes(self, desk, venn):
        text = text_of(desk.get(venn.get_absolute_url()))
        assert "No article quotes this source" in text

    def test_what_is_to_be_checked_blind_shows_no_verdict(self, client, editor, chief, venn, said):
        claim = said(venn, statement="The one to check")
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.DISPUTED, reason="Secret"
        )
        ask_second_check(actor=chief, claim_id=claim.pk, version=2, blind=True)
        client.force_login(editor)
        page = client.get(venn.get_absolute_url())
        record = page.context["record"]
        assert record.counts.by_verdict() == {"pending": 1, "verified": 0, "disputed": 0}
        assert {one.key: number for one, number in record.figure.sums}["disputed"] == 0
        assert "Shown after your check" in text_of(page)
        assert "icon--disputed" not in text_of(page).split('id="claims"')[1]
        figures = client.get(reverse("statistics")).context["statistics"]
        assert {one.key: number for one, number in figures.shown[0].sums}["disputed"] == 0
        client.force_login(chief)
        record = client.get(venn.get_absolute_url()).context["record"]
        assert record.counts.by_verdict() == {"pending": 0, "verified": 0, "disputed": 1}

    def test_the_number_of_queries_is_fixed(self, count, venn, said, article):
        said(venn, role="minister")
        few = count(venn.get_absolute_url())
        for number in range(30):
            said(venn, role=f"role {number}")
            Alias.objects.create(source=venn, name=f"Venn {number}")
            other = rows.source(f"A. {number} Venn", kind=MINISTER)
            said(other, role="minister")
        assert count(venn.get_absolute_url()) <= few + 3  # the proposals' own
        more = count(venn.get_absolute_url())
        for number in range(30, 60):
            said(rows.source(f"A. {number} Venn", kind=MINISTER), role="minister")
        assert count(venn.get_absolute_url()) == more


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

    def test_nobody_is_led_to_another_site(self, desk, venn):
        address = reverse("mark-distinct", args=[venn.pk, rows.source("A. Venn").pk])
        answer = desk.post(address, {"next": "https://evil.example/"})
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


class TestFigures:
    @pytest.fixture
    def of_weeks(self, desk):
        def of_weeks(**asked):
            return desk.get(reverse("statistics"), asked).context["statistics"]

        return of_weeks

    def test_by_week_verdict_kind_and_outlet(self, of_weeks, editor, venn, said):
        now = timezone.now()
        claims = [said(venn, now), said(venn, now - timedelta(weeks=1))]
        rows.claim(claims[0].revision, start=10, quotation=Quotation.NARRATION)
        decide_claim(actor=editor, claim_id=claims[0].pk, version=1, verdict=Verdict.VERIFIED)
        figures = of_weeks()
        assert figures.total == 3
        weeks, verdicts, outlets, kinds = figures.shown
        assert len(weeks.rows) == 4
        assert dict(weeks.rows[-1].numbers) == {"verified": 1, "pending": 1}
        assert dict(weeks.rows[-2].numbers) == {"pending": 1}
        assert {row.label: sum(row.numbers.values()) for row in verdicts.rows} == {
            "Verified": 1,
            "Disputed": 0,
            "Pending": 2,
        }
        assert [(row.label, sum(row.numbers.values())) for row in kinds.rows] == [
            ("Minister", 2),
            ("The article's own voice", 1),
        ]
        assert [row.label for row in outlets.rows] == ["Unknown outlet"]

    def test_a_period_leaves_out_what_is_older_and_what_nobody_checks(self, of_weeks, venn, said):
        now = timezone.now()
        said(venn, now - timedelta(weeks=5))
        said(venn, now, dismissed=True)
        said(venn, now, checkable=False)
        assert of_weeks(weeks=4).total == 0
        assert of_weeks(weeks=12).total == 1
        assert of_weeks(weeks="many").total == 0

    def test_the_commonest_outlets_have_names(self, of_weeks, editor, monkeypatch):
        monkeypatch.setattr("claims.queries.statistics._OUTLETS", 1)
        for number, name in enumerate(("Courier", "Post", "Post")):
            outlet, _made = Outlet.objects.get_or_create(
                name_key=name.casefold(), defaults={"name": name}
            )
            article = rows.article(editor, outlet=outlet, published_at=timezone.now())
            rows.claim(rows.revision(editor, article=article), start=number)
        assert [row.label for row in of_weeks().shown[2].rows] == ["Post", "Other outlets"]

    def test_a_period_without_a_claim_says_so(self, desk):
        assert "No article from this period" in text_of(desk.get(reverse("statistics")))

    def test_every_number_of_the_drawing_stands_in_its_table(self, desk, venn, said):
        said(venn)
        text = text_of(desk.get(reverse("statistics")))
        assert text.count('role="img"') == text.count('<table class="figures">') == 4

    @pytest.mark.parametrize("weeks", [4, 12, 52])
    def test_the_number_of_queries_is_fixed(self, count, venn, said, weeks):
        said(venn)
        few = count(f"{reverse('statistics')}?weeks={weeks}")
        for number in range(20):
            said(venn, timezone.now() - timedelta(weeks=number))
        assert count(f"{reverse('statistics')}?weeks={weeks}") == few
