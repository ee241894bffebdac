"""The list of claims: filters, counts, order and pages, columns, saved filters, and the queue behind a row."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    decide_claim,
    dismiss_claims,
    mark_checkable,
    preview_bulk_change,
    save_filter,
    start_bulk_change,
)
from claims.choices import ChangeAction, Quotation, SourceKind, Verdict
from claims.models import Article, BulkChange, Claim, Desk, Outlet, SavedFilter, Source, Tag
from claims.queries.claims import verdict_counts
from claims.web.claims.tables import ClaimTable
from claims.web.components import paging
from tests.models import rows

LIST = "/claims/"


@pytest.fixture
def several(editor: User) -> list[Claim]:
    """Four claims each of three articles, an hour apart, the last one published last."""
    found = []
    for number in range(3):
        revision = rows.revision(editor)
        Article.objects.filter(pk=revision.article_id).update(
            headline=f"Article {number}", published_at=datetime(2026, 3, 1 + number, 12, tzinfo=UTC)
        )
        revision.article.refresh_from_db()
        found += [rows.claim(revision, start) for start in range(4)]
    return found


def shown(client: Client, **query) -> list[int]:
    """The ids of the listed claims, in their order."""
    page = client.get(LIST, query)
    assert page.status_code == 200
    return [claim.pk for claim in page.context["table"].keyset.object_list]


def numbers(client: Client, **query) -> dict[str, tuple[int, bool]]:
    page = client.get(LIST, query)
    return {one.verdict: tuple(one.count) for one in page.context["counts"]}


def ids(*claims: Claim) -> list[int]:
    return [claim.pk for claim in claims]


class TestFilters:
    def test_without_one_it_lists_what_is_in_work_newest_first(self, desk, editor, several):
        dismiss_claims(actor=editor, versions={several[0].pk: 1})
        mark_checkable(actor=editor, claim_id=several[1].pk, version=1, checkable=False)
        assert shown(desk) == ids(*several[:1:-1])
        assert shown(desk, state="dismissed") == ids(several[0])
        assert shown(desk, state="not-checkable") == ids(several[1])
        assert shown(desk, state="all") == ids(*several[::-1])

    def test_verdict_and_process(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        decide_claim(
            actor=editor, claim_id=several[1].pk, version=1, verdict=Verdict.DISPUTED, reason="R"
        )
        ask_second_check(actor=editor, claim_id=several[1].pk, version=2, blind=False)
        assert shown(desk, verdict="verified") == ids(several[0])
        assert shown(desk, verdict="decided") == ids(several[1], several[0])
        assert shown(desk, review_status="waiting") == ids(several[1])
        assert several[0].pk not in shown(desk, verdict="pending")

    def test_source_by_number_and_by_any_of_its_names(self, desk, several):
        source = Source.objects.create(name="Ada Venn", kind=SourceKind.MINISTER)
        source.aliases.create(name="The Iron Engineer")
        Claim.objects.filter(pk=several[3].pk).update(
            source=source, source_kind="minister", quotation=Quotation.DIRECT
        )
        for typed in (str(source.pk), "ada venn", "THE IRON engineer"):
            assert shown(desk, source=typed) == ids(several[3])
        assert shown(desk, source="Bo Tarn") == []
        assert shown(desk, kind="minister") == ids(several[3])
        assert several[3].pk not in shown(desk, kind="none")
        assert shown(desk, quotation="direct") == ids(several[3])

    def test_outlet_desk_and_article(self, desk, editor, several):
        article = several[0].revision.article
        outlet = Outlet.objects.create(name="The Courier (fiction)")
        economy = Desk.objects.create(name="Economy")
        Article.objects.filter(pk=article.pk).update(outlet=outlet, desk=economy)
        Claim.objects.filter(revision__article=article).update(outlet=outlet)
        first = ids(*several[3::-1])
        assert shown(desk, outlet=outlet.pk) == first
        assert shown(desk, desk=economy.pk) == first
        assert shown(desk, article=article.pk) == first

    def test_a_desk_and_evidence_of_more_records_than_are_named_one_by_one(
        self, desk, editor, several, monkeypatch
    ):
        monkeypatch.setattr("claims.queries.claims.conditions._FEW", 0)
        economy = Desk.objects.create(name="Economy")
        Article.objects.filter(pk=several[0].revision.article_id).update(desk=economy)
        document = EvidenceDraft(title="Register", url="https://example.org/")
        add_evidence(actor=editor, claim_id=several[5].pk, version=1, evidence=document)
        assert shown(desk, desk=economy.pk) == ids(*several[3::-1])
        assert shown(desk, evidence="yes") == ids(several[5])

    def test_people_evidence_tags_and_who_saw_it(self, desk, editor, chief, several):
        one, two, three, *others = several
        assign_claims(actor=chief, versions={one.pk: 1}, to=editor)
        assign_claims(actor=chief, versions={two.pk: 1}, to=chief)
        document = EvidenceDraft(title="Register", url="https://example.org/")
        add_evidence(actor=editor, claim_id=three.pk, version=1, evidence=document)
        flood = Tag.objects.create(name="Flood")
        others[0].tags.add(flood)
        assert shown(desk, assigned="me") == ids(one)
        assert shown(desk, assigned=chief.pk) == ids(two)
        assert one.pk not in shown(desk, assigned="nobody")
        assert shown(desk, evidence="yes") == ids(three)
        assert three.pk not in shown(desk, evidence="no")
        assert shown(desk, tag=flood.pk) == ids(others[0])
        assert shown(desk, touched="yes") == ids(three, two, one)
        assert shown(desk, touched="no") == ids(*others[::-1])

    def test_check_worthiness_and_days(self, desk, editor, several):
        Claim.objects.filter(pk=several[2].pk).update(checkworthiness=0.8)
        assert shown(desk, worth="0.5") == ids(several[2])
        second_day = ids(*several[7:3:-1])
        assert shown(desk, published_from="2026-03-02", published_to="2026-03-02") == second_day
        decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        today = timezone.localdate()
        assert shown(desk, decided_from=today, decided_to=today) == ids(several[0])
        assert shown(desk, decided_from=today + timedelta(days=1)) == []

    def test_several_hold_together(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        decide_claim(actor=editor, claim_id=several[4].pk, version=1, verdict=Verdict.VERIFIED)
        article = several[4].revision.article
        assert shown(desk, verdict="verified", article=article.pk) == ids(several[4])

    @pytest.mark.parametrize(
        "query",
        [
            {"verdict": "perhaps"},
            {"outlet": "999999"},
            {"tag": "x"},
            {"worth": "2"},
            {"published_from": "31.12.2026"},
            {"published_from": "0001-01-01"},
            {"decided_to": "9999-12-31"},
            {"article": "1 OR 1=1"},
            {"source": "9" * 40},
            {"assigned": "999999"},
        ],
    )
    def test_what_cannot_be_understood_lists_nothing(self, desk, several, query):
        assert shown(desk, **query) == []

    def test_the_order_stays_while_filters_come_and_go(self, desk, several):
        page = desk.get(LIST, {"verdict": "pending", "sort": "worth"})
        (chip,) = page.context["filter"].chips
        assert chip.without == "sort=worth"
        assert {one.url for one in page.context["counts"]} == {
            "/claims/?sort=worth",
            "/claims/?verdict=verified&sort=worth",
            "/claims/?verdict=disputed&sort=worth",
        }
        fields = desk.get("/claims/filter/", {"sort": "worth"}).content.decode()
        assert '<input type="hidden" name="sort" value="worth">' in fields

    def test_that_is_said_with_the_way_out(self, desk, several):
        text = desk.get(LIST, {"verdict": "perhaps"}).content.decode()
        assert "A filter is not valid" in text
        assert "Show all active claims" in text

    def test_chips_say_what_holds_and_take_it_away(self, desk, several, monkeypatch):
        monkeypatch.setattr(paging, "PER_PAGE", 5)
        place = desk.get(LIST).context["table"].keyset.next
        page = desk.get(LIST, {"verdict": "pending", "kind": "minister", "page": place})
        chips = {(chip.label, chip.value): chip.without for chip in page.context["filter"].chips}
        assert chips == {
            ("Verdict", "Pending"): "kind=minister",
            ("Source kind", "Minister"): "verdict=pending",
        }


class TestBlindChecks:
    @pytest.fixture
    def blind(self, chief, several) -> Claim:
        found = several[0]
        decide_claim(
            actor=chief, claim_id=found.pk, version=1, verdict=Verdict.DISPUTED, reason="R"
        )
        ask_second_check(actor=chief, claim_id=found.pk, version=2, blind=True)
        return found

    def test_the_checker_finds_it_by_no_verdict(self, desk, blind):
        for verdict in ("pending", "verified", "disputed", "decided"):
            assert blind.pk not in shown(desk, verdict=verdict)
        assert numbers(desk)["disputed"] == (0, False)

    def test_a_bulk_change_does_not_tell_it_either(self, desk, blind):
        for verdict in ("disputed", "verified"):
            page = desk.post(
                f"/claims/change/?chosen={blind.pk}", {"what": verdict, "reason": "R"}, follow=True
            )
            assert page.context["bulk_change"].skipped == {"waiting": 1}

    def test_its_line_shows_no_verdict(self, desk, blind):
        page = desk.get(LIST, {"review_status": "waiting"})
        (line,) = page.context["table"].keyset.object_list
        assert line.pk == blind.pk
        assert "Disputed" not in page.content.decode().split("<tbody>")[1]

    def test_who_decided_it_sees_its_verdict(self, client, chief, blind):
        client.force_login(chief)
        page = client.get(LIST, {"review_status": "waiting"})
        assert "Disputed" in page.content.decode().split("<tbody>")[1]


class TestCounts:
    def test_they_are_exact_where_few_and_leave_the_verdict_out(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
        wanted = {"pending": (11, False), "verified": (1, False), "disputed": (0, False)}
        assert numbers(desk) == wanted
        assert numbers(desk, verdict="verified") == wanted

    @pytest.mark.parametrize(("bound", "exact"), [(12, True), (11, False)])
    def test_up_to_the_bound_they_are_exact_and_past_it_they_say_about(
        self, desk, several, monkeypatch, bound, exact
    ):
        monkeypatch.setattr(verdict_counts, "COUNTED", bound)
        monkeypatch.setattr(verdict_counts, "_SAMPLE", 5)
        assert numbers(desk)["pending"] == (12, not exact)
        text = " ".join(desk.get(LIST).content.decode().split())
        assert ("about 12" in text) != exact
        assert numbers(desk, article=several[0].revision.article_id)["pending"] == (4, False)

    def test_a_short_list_among_very_many_claims_is_counted(self, desk, several, monkeypatch):
        monkeypatch.setattr(verdict_counts, "COUNTED", 4)
        for size in ("_GLANCE", "_SAMPLE"):
            monkeypatch.setattr(verdict_counts, size, 5)
        assert numbers(desk, article=several[0].revision.article_id)["pending"] == (4, False)
        assert numbers(desk)["pending"] == (12, True)

    @pytest.mark.parametrize(
        ("found", "span", "size", "told"),
        [
            (45, 11_980, 300, 1_800),  # 1,797, which one digit made 2,000
            (14, 10_000, 100, 1_400),
            (1, 60_000, 3_000, 20),
            (374, 100_000, 3_000, 12_000),
            (2_999, 1_000_000, 3_000, 1_000_000),
            (0, 60_000, 3_000, 0),
        ],
    )
    def test_an_estimate_keeps_its_second_digit(self, found, span, size, told):
        assert verdict_counts._rounded(found, span, size) == told


def test_an_article_without_a_date_has_none_in_the_list_and_sorts_by_when_it_was_added(
    desk, several
):
    Article.objects.filter(pk=several[0].revision.article_id).update(published_at=None)
    Claim.objects.filter(pk=several[0].pk).update(listed_at=datetime(2027, 1, 1, tzinfo=UTC))
    page = desk.get(reverse("claims"), {"sort": "-published"}).content.decode()
    first, second = re.findall(r'<tr class="list__row.*?</tr>', page, re.DOTALL)[:2]
    assert "unknown" in first
    assert "<time" not in first
    assert 'datetime="2026-03-03T12:00:00+00:00"' in second


def test_what_waits_for_a_blind_check_is_in_no_count_and_the_page_says_so(
    client, desk, editor, chief, several
):
    decide_claim(actor=editor, claim_id=several[0].pk, version=1, verdict=Verdict.VERIFIED)
    assert "included in these counts" not in desk.get(LIST).content.decode()
    ask_second_check(actor=editor, claim_id=several[0].pk, version=2, blind=True)
    told = "1 claim is waiting for a blind second check and is not included in these counts."
    for who in (editor, chief):
        client.force_login(who)
        page = client.get(LIST)
        assert sum(one.count.number for one in page.context["counts"]) == len(several) - 1
        assert told in page.content.decode()
    elsewhere = {"article": several[-1].revision.article_id}
    assert "included in these counts" not in desk.get(LIST, elsewhere).content.decode()


class TestOrder:
    @pytest.mark.parametrize(
        "sort", ["statement", "-statement", "published", "-published", "worth", "-worth"]
    )
    def test_every_claim_is_on_exactly_one_page(self, desk, several, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 5)
        seen, query = [], {"sort": sort}
        while True:
            page = desk.get(LIST, query).context["table"].keyset
            seen += [claim.pk for claim in page.object_list]
            if not page.next:
                break
            query["page"] = page.next
        assert sorted(seen) == sorted(ids(*several))

    @pytest.mark.parametrize("sort", ["decided", "-decided", "touched", "-touched"])
    def test_claims_without_the_day_come_last(self, desk, editor, several, sort):
        for claim in several[:2]:
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        decided, others = ids(*several[:2]), ids(*several[2:])
        step = -1 if sort[0] == "-" else 1
        assert shown(desk, sort=sort) == decided[::step] + others[::step]

    def test_a_place_survives_what_others_do(self, desk, editor, several, monkeypatch):
        monkeypatch.setattr(paging, "PER_PAGE", 5)
        first = desk.get(LIST).context["table"].keyset
        dismiss_claims(actor=editor, versions={first.object_list[0].pk: 1})
        second = shown(desk, page=first.next)
        assert second == ids(*several[6:1:-1])

    def test_as_many_queries_for_many_claims_as_for_few(self, desk, editor, several):
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                desk.get(LIST, {"columns": list(ClaimTable.base_columns)})
            return len(queries)

        desk.get(LIST)
        few = asked()
        for _number in range(8):
            revision = rows.revision(editor)
            for start in range(4):
                rows.claim(revision, start)
        assert asked() == few


class TestColumns:
    def test_those_chosen_show_and_are_remembered(self, desk, several):
        columns = {"columns": ["statement", "article", "worth"]}
        for page in (desk.get(LIST, columns), desk.get(LIST)):
            head = [column.name for column in page.context["table"].columns]
            assert head == ["statement", "article", "worth"]
            assert "Article 2" in page.content.decode()

    def test_what_is_no_column_is_left_out(self, desk, several):
        page = desk.get(LIST, {"columns": ["nothing", "verdict"]})
        assert [column.name for column in page.context["table"].columns] == ["verdict"]


class TestSavedFilters:
    def test_it_is_kept_and_shown_again(self, desk, editor, several):
        address = reverse("save-filter")
        page = desk.post(address, {"name": "  To do ", "query": "verdict=pending"}, follow=True)
        assert "Saved as “To do”." in page.content.decode()
        kept = SavedFilter.objects.get()
        assert (kept.name, kept.owner, kept.shared) == ("To do", editor, False)
        assert page.request["QUERY_STRING"] == "verdict=pending"

    def test_the_same_name_again_replaces_it(self, desk, editor):
        for query in ("verdict=pending", "kind=court"):
            save_filter(actor=editor, name="Mine", query=query, shared=False)
        assert SavedFilter.objects.get().query == "kind=court"

    def test_others_see_it_only_if_it_is_shared(self, client, editor, chief):
        save_filter(actor=editor, name="Private", query="", shared=False)
        kept = save_filter(actor=editor, name="Everybody's", query="", shared=True)
        client.force_login(chief)
        assert [one.name for one in client.get(LIST).context["saved"]] == ["Everybody's"]
        refused = client.post(reverse("delete-filter", args=[kept.pk]))
        assert refused.status_code == 409
        assert SavedFilter.objects.filter(pk=kept.pk).exists()

    def test_its_owner_deletes_it_twice_without_harm(self, desk, editor):
        kept = save_filter(actor=editor, name="Mine", query="", shared=True)
        for _click in range(2):
            desk.post(reverse("delete-filter", args=[kept.pk]))
        assert not SavedFilter.objects.exists()

    @pytest.mark.parametrize(
        ("name", "query"), [("", ""), ("x" * 101, ""), ("x", "q=" + "y" * 2000)]
    )
    def test_what_cannot_be_kept_is_said(self, desk, name, query):
        page = desk.post(reverse("save-filter"), {"name": name, "query": query}, follow=True)
        assert page.status_code == 200
        assert not SavedFilter.objects.exists()
        assert "errornote" in page.content.decode() or "error" in page.content.decode()


class TestTheQueueOfAList:
    def test_a_line_opens_its_article_under_the_same_filter(self, desk, editor, several):
        decide_claim(actor=editor, claim_id=several[4].pk, version=1, verdict=Verdict.VERIFIED)
        page = desk.get(LIST, {"verdict": "pending"}).content.decode()
        article = several[5].revision.article_id
        address = f"/articles/{article}/?claim={several[5].pk}&list=verdict%3Dpending"
        assert address.replace("&", "&amp;") in page
        queue = desk.get(address).context["queue"]
        assert [claim.pk for claim in queue.listed] == ids(*several[5:8])

    def test_it_goes_on_in_the_next_article_that_has_one(self, desk, editor, several):
        for claim in several[4:8]:
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        newest = several[8].revision.article_id
        queue = desk.get(f"/articles/{newest}/?list=verdict%3Dpending").context["queue"]
        oldest = several[0].revision.article_id
        assert queue.onward == f"/articles/{oldest}/?claim={several[0].pk}&list=verdict%3Dpending"
        last = desk.get(f"/articles/{oldest}/?list=verdict%3Dpending").context["queue"]
        assert last.onward is None

    def test_a_decision_keeps_the_list(self, desk, several):
        address = f"{reverse('decide', args=[several[0].pk])}?list=verdict%3Dpending"
        answer = desk.post(address, {"version": 1, "verdict": "verified"})
        article = several[0].revision.article_id
        assert answer.url == f"/articles/{article}/?claim={several[1].pk}&list=verdict%3Dpending"


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
            ({"what": "source", "source": "Nobody Known"}, "No source has this name."),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(self, desk, several, fields, wrong):
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
            ({"what": "dismiss"}, {"state": "dismissed"}),
        ):
            page = desk.post(f"{self.CHANGE}?chosen={several[2].pk}", fields, follow=True)
            desk.post(reverse("start-bulk-change", args=[page.context["bulk_change"].pk]))
            assert shown(desk, **{"state": "all", **query}) == ids(several[2])

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
        text = desk.get(reverse("bulk-changes")).content.decode()
        assert reverse("bulk-change", args=[bulk_change.pk]) in text
        assert "Edda" in text
