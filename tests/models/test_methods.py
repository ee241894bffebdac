"""What single rows say of themselves: names, states, progress, addresses, and what a log keeps of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import migrations
from django.db.models import TextField
from django.utils import timezone

from claims.choices import JobStatus, Verdict
from claims.models import (
    Article,
    BulkChange,
    Claim,
    Comment,
    Correction,
    Evidence,
    Export,
    Newsroom,
    Outlet,
    Report,
    SecondCheck,
    Source,
    Tag,
    Task,
    Thumbnail,
    Worker,
)
from claims.models.base.migrating import touches
from claims.models.claims.claim import SURE
from claims.models.newsroom import WEB_ADDRESS
from claims.models.reasons import places
from claims.models.reports.reports import claim_address, claims_address
from claims.models.sources import last_name_key
from tests.models import rows

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class TestClaims:
    @pytest.mark.parametrize(
        ("statement", "shown"), [("x" * 80, "x" * 80), ("x" * 81, "x" * 79 + "…")]
    )
    def test_a_long_statement_is_cut_for_lists(self, statement, shown):
        assert str(Claim(statement=statement)) == shown

    def test_it_is_a_proposal_until_somebody_has_touched_it(self):
        assert Claim(verdict="verified").state == "proposed"
        assert Claim(verdict="verified", touched_at=NOON).state == "verified"

    def test_its_source_is_sure_from_a_certain_confidence_on(self):
        assert Claim(source_confidence=SURE).is_source_sure
        assert not Claim(source_confidence=SURE - 0.01).is_source_sure

    def test_its_reasons_are_told_in_words_without_unknown_ones(self):
        assert Claim(reasons=["figure", "of old", "date"]).reason_labels == ["a figure", "a date"]

    def test_a_new_one_has_what_lists_need_from_its_article_and_source(self, editor):
        outlet = Outlet.objects.create(name="The Courier")
        article = rows.article(editor, outlet=outlet, published_at=NOON)
        text = rows.revision(editor, article=article)
        named = rows.claim(text, 0, source=rows.source(kind="minister"))
        assert (named.listed_at, named.outlet, named.source_kind) == (NOON, outlet, "minister")
        undated = rows.claim(rows.revision(editor))
        assert undated.listed_at == undated.revision.article.imported_at
        assert (undated.outlet, undated.source_kind) == (None, "")

    def test_later_changes_of_the_article_are_not_copied_by_saving(self, editor):
        claim = rows.claim(rows.revision(editor))
        claim.revision.article.published_at = NOON
        claim.save()
        assert claim.listed_at != NOON

    def test_its_tags_are_logged_in_order(self, editor):
        claim = rows.claim(rows.revision(editor))
        tags = [Tag.objects.create(name=name) for name in ("Flood", "Bridge", "April")]
        claim.tags.set(tags)
        assert claim.tag_ids == sorted(tag.pk for tag in tags)


class TestSources:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("Ada Venn", "venn"),
            ("Ada Venn-Tarn.", "venn-tarn"),
            ("Bo O’Neill", "o’neill"),
            ("…", ""),
        ],
    )
    def test_the_last_word_of_a_name(self, name, key):
        assert last_name_key(name) == key

    def test_a_merged_source_is_what_it_was_merged_into_however_often(self, db):
        last = rows.source("Ada Venn")
        middle = rows.source("A. Venn", merged_into=last)
        first = rows.source("Venn", merged_into=middle)
        assert first.current() == middle.current() == last.current() == last

    def test_a_name_is_saved_with_what_is_derived_from_it(self, db):
        source = rows.source("Ada Venn")
        source.name = "Bo Tarn"
        source.save(update_fields=["name"])
        assert list(Source.objects.filter(name_key="bo tarn", last_name_key="tarn")) == [source]
        source.organisation, source.name = "Roads", "Not saved"
        source.save(update_fields=["organisation"])
        assert Source.objects.get(pk=source.pk).name_key == "bo tarn"

    def test_a_name_that_is_taken_is_said_of_the_name(self, db):
        Outlet.objects.create(name="The Courier")
        with pytest.raises(ValidationError) as error:
            Outlet(name="THE COURIER").full_clean()
        assert set(error.value.message_dict) == {"name"}
        Outlet(name="THE COURIER", country="Ostrey").clean_fields(exclude=["name"])
        Outlet(name="THE COURIER").validate_constraints(exclude={"name"})
        with pytest.raises(ValidationError):
            Source(name="Ada Venn", kind="ghost").validate_constraints(exclude={"name"})
        with pytest.raises(ValidationError):
            Outlet(name="THE COURIER", name_key="the courier").validate_constraints()


class TestEvidence:
    def test_the_same_page_or_the_same_file_is_the_same_document(self):
        page, file = {"address_key": "p"}, {"sha256": "f"}
        assert Evidence(**page).is_same_document(Evidence(**page, sha256="g"))
        assert Evidence(**file).is_same_document(Evidence(**file, address_key="q"))
        assert not Evidence(**page).is_same_document(Evidence(**file))
        assert not Evidence(**page, sha256="f").is_same_document(
            Evidence(address_key="q", sha256="g")
        )
        assert not Evidence().is_same_document(Evidence())

    def test_the_log_gives_back_what_it_kept(self, editor):
        claim = rows.claim(rows.revision(editor))
        piece = rows.evidence(claim, editor, position=3, primary=True, excerpt="Nine bridges")
        kept = piece.in_log()
        other = rows.evidence(claim, editor, title="x", looked_up=date(2020, 1, 1))
        other.take_from_log(None)
        assert (other.in_log(), other.removed_at is None) == (None, False)
        other.take_from_log(kept)
        assert (other.removed_at, other.position, other.primary) == (None, 3, True)
        assert other.in_log() == kept | {"id": other.pk}

    def test_an_entry_of_old_has_no_place(self, editor):
        piece = rows.evidence(rows.claim(rows.revision(editor)), editor)
        assert "position" not in piece.in_log()
        piece.position = 4
        piece.take_from_log({**piece.as_kept(), "file_name": "", "size": 0, "content_type": ""})
        assert piece.position == 0


class TestSecondChecks:
    def test_it_agrees_once_it_came_to_the_same_verdict(self, editor):
        check = rows.second_check(rows.decision(rows.claim(rows.revision(editor)), editor), editor)
        assert check.agrees is None
        check.verdict = Verdict.VERIFIED.value
        assert check.agrees is True
        check.verdict = Verdict.DISPUTED.value
        assert check.agrees is False

    def test_the_log_gives_back_what_it_kept(self, editor, chief):
        check = rows.second_check(rows.decision(rows.claim(rows.revision(editor)), editor), editor)
        assert check.in_log() is None
        check.withdrawn_at = None
        waiting = check.in_log()
        answered = check.answered_in_log(chief, "Carl", Verdict.DISPUTED, "No.")
        check.take_from_log(answered)
        assert check.in_log() == answered
        assert check.answered_at.isoformat() == answered["answered_at"]
        check.take_from_log(waiting)
        assert check.in_log() == waiting
        check.take_from_log(None)
        assert (check.in_log(), isinstance(check, SecondCheck)) == (None, True)


@pytest.mark.parametrize("model", [BulkChange, Export])
class TestJobs:
    @pytest.mark.parametrize(
        ("done", "total", "percent"), [(0, 0, 100), (0, 3, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100)]
    )
    def test_its_progress_is_rounded_down(self, model, done, total, percent):
        assert model(done=done, total=total).percent == percent

    def test_it_has_ended_when_nothing_more_happens(self, model):
        ended = [status for status in JobStatus if model(status=status).ended]
        assert ended == [JobStatus.DONE, JobStatus.STOPPED, JobStatus.FAILED]


def test_a_bulk_change_knows_what_has_taken_it_back(editor):
    change = rows.bulk_change(editor)
    assert change.taken_back_by is None
    back = rows.bulk_change(editor, undoes=change)
    assert BulkChange.objects.get(pk=change.pk).taken_back_by == back


def test_an_export_is_there_for_a_day():
    assert Export(created_at=NOON).expires_at == NOON + timedelta(days=1)


class TestReports:
    @pytest.mark.parametrize("home", ["", "https://desk.example.org"])
    def test_only_a_public_report_has_an_address_and_only_with_a_public_site(self, settings, home):
        settings.PUBLIC_URL = home
        report = Report(pk=7)
        assert report.public_address == ""
        report.public = True
        assert report.public_address == report.future_address
        assert report.future_address.startswith(home)
        assert bool(report.future_address) == bool(home)
        assert claim_address(5) == (f"{claims_address()}5/" if home else "")

    def test_it_is_a_draft_until_it_is_published(self):
        assert Report().is_draft
        assert not Report(published_at=NOON).is_draft

    def test_a_correction_of_what_was_pending_is_an_update(self):
        assert Correction(previous_verdict="pending").is_update
        assert not Correction(previous_verdict="verified").is_update

    def test_readers_were_told_when_it_was_published_or_corrected_itself(self):
        later = NOON + timedelta(hours=1)
        assert Correction(published_at=NOON).told_at == NOON
        assert Correction(published_at=NOON, notice_changed_at=later).told_at == later


def test_the_newsroom_goes_by_its_name_or_by_what_it_is():
    assert str(Newsroom(name="The Ostrey Desk")) == "The Ostrey Desk"
    assert str(Newsroom()) == "The newsroom"


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://courier.example.org/a@b", True),
        ("https://ada:secret@courier.example.org/", False),
        ("https://ada@courier.example.org/", False),
        ("ftp://courier.example.org/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_link_leads_to_the_web_and_holds_no_password(address, is_link):
    if is_link:
        WEB_ADDRESS(address)
    else:
        with pytest.raises(ValidationError):
            WEB_ADDRESS(address)


def test_the_places_to_fill_in_a_template_are_those_in_braces():
    text = "{source} says {figure}, not { }{}" + "{" + "x" * 60 + "}" + "{" + "y" * 61 + "}"
    assert places(text) == ["{source}", "{figure}", "{ }", "{" + "x" * 60 + "}"]


def test_a_task_is_told_in_words_and_a_worker_by_its_machine():
    assert str(Task(task_path="claims.actions.intake.feeds.check_feed")) == "Check a feed"
    assert str(Task(task_path="claims.actions.other")) == "claims.actions.other"
    assert str(Worker(host="desk", process=7)) == "desk · 7"


def test_an_article_saved_without_its_address_keeps_its_key(editor):
    article = rows.article(editor, url="https://courier.example.org/rain")
    article.headline = "Rain"
    article.save(update_fields=["headline"])
    assert list(Article.objects.at([article.url])) == [article]
    assert timezone.is_aware(article.changed_at)


@pytest.mark.parametrize(
    ("operation", "is_touched"),
    [
        (migrations.AlterField("claim", "statement", TextField()), True),
        (migrations.RenameField("claim", "words", "statement"), True),
        (migrations.RenameField("claim", "statement", "words"), True),
        (migrations.AlterField("claim", "quote", TextField()), False),
        (migrations.AlterField("correction", "statement", TextField()), False),
    ],
)
def test_a_migration_touches_the_column_that_it_names(operation, is_touched):
    other, own = (migrations.Migration(name, "claims") for name in ("0001", "0002"))
    own.operations = [operation, migrations.RunPython(migrations.RunPython.noop)]
    assert touches([(other, False), (own, False)], Claim, {"statement"}) == is_touched
    assert not touches([(other, False)], Claim, {"statement"})


def test_a_thumbnail_goes_by_the_start_of_the_digest():
    assert str(Thumbnail(sha256="0123456789abcdef")) == "0123456789ab"


def test_a_comment_goes_by_its_first_words():
    assert str(Comment(text="x" * 81)) == "x" * 80
