"""The filters of the list of claims: what each finds, saved filters, and what blind checks hide from them."""

from datetime import timedelta

import pytest
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
    save_filter,
)
from claims.choices import Quotation, SourceKind, Verdict
from claims.models import Article, Claim, Desk, Outlet, SavedFilter, Source, Tag
from claims.web.components import paging
from tests.web.claims.lists import LIST, ids, numbers, shown


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
        page = desk.get(LIST, {"review_status": "waiting", "columns": ["verdict", "decided"]})
        (line,) = page.context["table"].keyset.object_list
        assert line.pk == blind.pk
        line = page.content.decode().split("<tbody>")[1].partition("</tbody>")[0]
        assert "Disputed" not in line
        assert "<time" not in line

    def test_who_decided_it_sees_its_verdict(self, client, chief, blind):
        client.force_login(chief)
        page = client.get(LIST, {"review_status": "waiting", "columns": ["verdict", "decided"]})
        line = page.content.decode().split("<tbody>")[1].partition("</tbody>")[0]
        assert "Disputed" in line
        assert "<time" in line


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
