"""Reports from draft to publication: frozen forever, and public where that is asked for."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.utils import timezone, translation

from claims.access import Role
from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    change_newsroom,
    delete_record,
    discard_report,
    dismiss_claims,
    draft_report,
    leave_out_waiting,
    publish_report,
    rename_report,
    reword_claim,
    second_check,
    set_public,
)
from claims.choices import Verdict
from claims.errors import InvalidValueError, LookAgainError, NotAllowedError, NotPossibleError
from claims.models import Article, Claim, Report, Snapshot
from claims.queries.reports.editions import edition_of, frozen_edition, report_of
from claims.renderers.digest import digest
from tests.actions.reports.conftest import decided, published
from tests.conftest import version_of
from tests.models import rows
from tests.renderers.reports import LOGO


class TestDraft:
    def test_it_shows_the_article_as_it_stands(self, editor, article, claim):
        report = draft_report(actor=editor, title=" Bridges  of May ", article=article)
        assert (report.title, report.is_draft, report.public) == ("Bridges of May", True, False)
        before = edition_of(actor=editor, report=report)
        decided(editor, claim, Verdict.VERIFIED)
        after = edition_of(actor=editor, report=report)
        assert before.report.lines[0].verdict.code == "pending"
        assert after.report.lines[0].verdict.code == "verified"
        assert (after.number, after.corrections, after.url) == (None, (), "")

    def test_of_a_choice_it_holds_these_claims_and_says_which(self, editor, article):
        chosen = Claim.objects.of_article(article).in_reading_order()[1:3]
        claims = Claim.objects.filter(pk__in=[one.pk for one in chosen])
        report = draft_report(actor=editor, title="Two", claims=claims, scope="Two of them")
        made = edition_of(actor=editor, report=report).report
        assert [line.id for line in made.lines] == [one.pk for one in chosen]
        assert made.scope == "Two of them"
        assert made.articles[0].claims > len(made.lines)

    def test_of_several_articles_each_ones_claims_stand_together_in_the_order_of_the_text(
        self, editor
    ):
        day = timezone.now()
        for number in range(3):
            home = rows.article(editor, published_at=day + timedelta(days=number))
            revision = rows.revision(editor, article=home)
            for start in (20, 0, 9):
                rows.claim(revision, start)
        made = report_of(actor=editor, claims=Claim.objects.all(), title="All").report
        homes = [line.article for line in made.lines]
        newest_first = list(Article.objects.order_by("-published_at").values_list("pk", flat=True))
        assert homes == [pk for pk in newest_first for _time in range(3)]
        assert [one.id for one in made.articles] == newest_first
        starts = Claim.objects.in_bulk()
        assert [starts[line.id].start for line in made.lines] == [0, 9, 20] * 3

    def test_what_was_dismissed_since_falls_out(self, editor, article, claim):
        claims = Claim.objects.of_article(article)
        report = draft_report(actor=editor, title="All", claims=claims)
        number = len(edition_of(actor=editor, report=report).report.lines)
        dismiss_claims(actor=editor, versions={claim.pk: claim.version})
        lines = edition_of(actor=editor, report=report).report.lines
        assert len(lines) == number - 1
        assert claim.pk not in [line.id for line in lines]

    def test_no_claims_make_no_report(self, editor):
        with pytest.raises(NotPossibleError, match="none of the selected claims is active"):
            draft_report(actor=editor, title="None", claims=Claim.objects.none())

    def test_too_many_claims_are_refused_with_what_to_do(self, monkeypatch, editor, article):
        for room in ("queries.reports.contents", "actions.reports.drafts"):
            monkeypatch.setattr(f"claims.{room}.MAX_CLAIMS", 2)
        with pytest.raises(NotPossibleError, match="Narrow the filter"):
            draft_report(actor=editor, title="All", claims=Claim.objects.all())
        with pytest.raises(NotPossibleError, match="Narrow the filter"):
            draft_report(actor=editor, title="All", article=article)
        assert not Report.objects.exists()
        two = Claim.objects.filter(pk__in=[one.pk for one in Claim.objects.order_by("pk")[:2]])
        assert len(draft_report(actor=editor, title="Two", claims=two).claim_ids) == 2

    @pytest.mark.parametrize("title", ["", "   ", "T" * 301])
    def test_a_title_that_does_not_fit_is_refused(self, editor, article, title):
        with pytest.raises(InvalidValueError):
            draft_report(actor=editor, title=title, article=article)

    def test_it_can_be_renamed_and_thrown_away(self, editor, article):
        report = draft_report(actor=editor, title="Bridges", article=article)
        assert rename_report(actor=editor, report_id=report.pk, title="Boats").title == "Boats"
        for _click in range(2):
            discard_report(actor=editor, report_id=report.pk)
        assert not Report.objects.exists()
        assert [entry.history_type for entry in Report.history.order_by("pk")] == ["+", "~", "-"]


class TestPublishing:
    def test_the_snapshot_is_what_was_seen(self, chief, editor, article, claim):
        decided(editor, claim, Verdict.VERIFIED)
        draft = draft_report(actor=editor, title="Bridges", article=article)
        seen = edition_of(actor=chief, report=draft)
        report = publish_report(actor=chief, report_id=draft.pk, seen=seen.digest)
        frozen = frozen_edition(report)
        assert frozen.report.lines == seen.report.lines
        assert frozen.report.published_by == frozen.report.approved_by == "Carl"
        assert frozen.report.published_at == report.published_at
        assert frozen.number == report.pk
        assert frozen.digest == digest(frozen.canonical) == Snapshot.objects.get().digest

    def test_a_second_click_changes_nothing(self, chief, report):
        again = publish_report(actor=chief, report_id=report.pk, seen="whatever")
        assert again.published_at == report.published_at
        assert Snapshot.objects.count() == 1

    def test_what_changed_since_the_look_is_not_published(self, chief, editor, article, claim):
        report = draft_report(actor=editor, title="Bridges", article=article)
        seen = edition_of(actor=chief, report=report).digest
        decided(editor, claim, Verdict.DISPUTED)
        with pytest.raises(LookAgainError):
            publish_report(actor=chief, report_id=report.pk, seen=seen)
        assert Report.objects.get().is_draft

    @pytest.mark.parametrize("who", ["reader", "editor"])
    def test_only_a_chief_publishes(self, request, editor, article, who):
        report = draft_report(actor=editor, title="Bridges", article=article)
        with pytest.raises(NotAllowedError, match="publish reports"):
            publish_report(actor=request.getfixturevalue(who), report_id=report.pk, seen="")

    def test_it_can_be_neither_renamed_nor_thrown_away(self, editor, report):
        with pytest.raises(NotPossibleError, match="cannot be changed"):
            rename_report(actor=editor, report_id=report.pk, title="Boats")
        with pytest.raises(NotPossibleError, match="cannot be changed"):
            discard_report(actor=editor, report_id=report.pk)

    def test_its_article_cannot_be_deleted(self, chief, article, report):
        with pytest.raises(ProtectedError):
            delete_record(actor=chief, record=article)

    def test_an_article_without_a_claim_makes_nothing_to_publish(self, chief, editor):
        empty = rows.revision(editor).article
        report = draft_report(actor=editor, title="Nothing", article=empty)
        seen = edition_of(actor=chief, report=report).digest
        with pytest.raises(NotPossibleError, match="no claim"):
            publish_report(actor=chief, report_id=report.pk, seen=seen)

    def test_a_verdict_to_be_checked_blind_is_not_told(self, chief, editor, article, claim):
        decided(editor, claim, Verdict.DISPUTED, "A secret until then.")
        ask_second_check(actor=editor, blind=True, **version_of(claim))
        draft = draft_report(actor=editor, title="Bridges", article=article)
        line = edition_of(actor=editor, report=draft).report.lines[0]
        assert (line.verdict.code, line.reason, line.checked_by) == ("pending", "", "")
        assert line.waiting
        with pytest.raises(NotPossibleError, match="leave these claims out"):
            published(chief, draft)
        for leave_out in (True, False, True):
            left = leave_out_waiting(actor=chief, report_id=draft.pk, leave_out=leave_out)
            assert left.left_out == ([claim.pk] if leave_out else [])
        report = published(chief, left)
        made = frozen_edition(report).report
        assert claim.pk not in [line.id for line in made.lines]
        assert made.left_out == 1

    def test_a_second_check_is_told(self, chief, editor, article, claim):
        decided(editor, claim, Verdict.VERIFIED)
        ask_second_check(actor=editor, **version_of(claim))
        second_check(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
        line = report_of(actor=editor, article=article).report.lines[0]
        assert (line.checked_by, line.second_checked_by) == ("Edda", "Carl")
        assert line.second_checked_at > line.checked_at


class TestForEver:
    """Nothing that happens afterwards changes what a published report says."""

    def test_edits_leave_it_alone(self, chief, editor, article, claim, report):
        before = frozen_edition(report)
        reword_claim(actor=editor, statement="Something else", **version_of(claim))
        add_evidence(
            actor=editor,
            evidence=EvidenceDraft(title="Later", url="https://later.example.org/"),
            **version_of(claim),
        )
        decided(editor, claim, Verdict.DISPUTED)
        Article.objects.filter(pk=article.pk).update(headline="Another headline")
        change_newsroom(actor=chief, words={"name": "Another desk", "method": "Another way."})
        User.objects.filter(pk__in=[chief.pk, editor.pk]).update(first_name="Renamed")
        after = frozen_edition(Report.objects.get(pk=report.pk))
        assert after.canonical == before.canonical
        assert after.report == before.report
        assert digest(after.canonical) == after.digest == before.digest

    def test_the_one_who_published_it_may_be_deleted(self, article, claim, editor):
        leaving = User.objects.create_user("leaving", first_name="Lea")
        leaving.groups.set([Group.objects.get(name=Role.CHIEF.value)])
        report = published(leaving, draft_report(actor=leaving, title="Bridges", article=article))
        before = frozen_edition(report)
        leaving.delete()
        report.refresh_from_db()
        assert (report.published_by, report.published_by_name) == (None, "Lea")
        assert frozen_edition(report) == before

    def test_a_reader_of_another_language_gets_the_same(self, report):
        before = frozen_edition(report)
        with translation.override("de"):
            assert frozen_edition(report) == before

    def test_a_code_that_is_no_longer_known_stands_for_itself(self, editor, claim):
        draft = report_of(actor=editor, claims=Claim.objects.filter(pk=claim.pk), title="Old")
        data = json.loads(draft.canonical)
        data["lines"][0]["quotation"] = "by-telegram"
        report = rows.report(editor, published_at=timezone.now())
        Snapshot.objects.create(report=report, data=json.dumps(data), digest="d")
        assert frozen_edition(report).report.lines[0].quotation.label == "by-telegram"


class TestPublic:
    def test_a_draft_cannot_be(self, chief, editor, article):
        report = draft_report(actor=editor, title="Bridges", article=article)
        with pytest.raises(NotPossibleError, match="publish the report first"):
            set_public(actor=chief, report_id=report.pk, public=True)

    def test_without_an_address_nothing_is_public(self, settings, chief, report):
        settings.PUBLIC_URL = ""
        with pytest.raises(NotPossibleError, match="PUBLIC_URL"):
            set_public(actor=chief, report_id=report.pk, public=True)

    def test_it_has_an_address_then_and_none_before_and_after(self, chief, report):
        assert frozen_edition(report).url == ""
        report = set_public(actor=chief, report_id=report.pk, public=True)
        assert frozen_edition(report).url == f"https://desk.example.org/published/{report.pk}/"
        report = set_public(actor=chief, report_id=report.pk, public=False, notice="It was wrong.")
        assert frozen_edition(report).url == ""


class TestNewsroom:
    def test_reports_say_what_it_is(self, chief, editor, article):
        words = {"name": "The Ostrey Desk (fiction)", "funding": "Its readers", "contact": "Quay 3"}
        change_newsroom(actor=chief, words=words, logo=ContentFile(LOGO, "logo.png"))
        edition = report_of(actor=editor, article=article)
        newsroom = edition.report.newsroom
        assert (newsroom.name, newsroom.funding, newsroom.contact) == tuple(words.values())
        assert edition.logo == LOGO

    def test_a_published_report_keeps_its_picture(self, chief, report, editor, article):
        change_newsroom(actor=chief, words={}, logo=ContentFile(LOGO, "logo.png"))
        with_logo = published(chief, draft_report(actor=editor, title="B", article=article))
        change_newsroom(actor=chief, words={}, logo=False)
        assert frozen_edition(with_logo).logo == LOGO
        assert frozen_edition(report).logo == b""

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"<svg onload='alert(1)'/>", "must be a PNG or a JPEG"),
            (LOGO[:30] + b"x" * 40, "must be a PNG or a JPEG"),
            (b"", "empty"),
            (LOGO + b"\0" * 500_000, "larger than 500 KB"),
        ],
        ids=["no picture", "broken inside", "empty", "large"],
    )
    def test_what_is_no_logo_is_refused(self, chief, content, why):
        with pytest.raises(InvalidValueError, match=why):
            change_newsroom(actor=chief, words={}, logo=SimpleUploadedFile("logo.png", content))
