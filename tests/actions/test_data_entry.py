"""Data entry: what people change, and what they delete."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from claims.actions import (
    Entry,
    decide_claim,
    delete_record,
    enter_record,
    enter_records,
    import_article,
    undo_change,
)
from claims.choices import ChangeAction, Quotation, SourceKind, Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Alias, Article, Change, Claim, Evidence, Outlet, Source, Tag
from tests.actions.database import everything
from tests.models import rows


def _reworded(editor: User, claim: Claim, statement: str = "The bridge is closed") -> Claim:
    claim.statement = statement
    return enter_record(actor=editor, record=claim, fields=["statement"])


class TestEntering:
    def test_a_new_record_is_kept_with_its_history(self, editor):
        source = enter_record(actor=editor, record=Source(name="Ada Venn", kind="minister"))
        assert Source.objects.get() == source
        entry = source.history.get()
        assert (entry.history_type, entry.history_user, entry.name) == ("+", editor, "Ada Venn")

    def test_a_changed_record_keeps_what_it_was(self, editor, chief):
        source = enter_record(actor=editor, record=Source(name="Ada Ven"))
        source.name = "Ada Venn"
        enter_record(actor=chief, record=source, fields=["name"])
        newest, first = source.history.all()
        assert (newest.history_user, newest.name) == (chief, "Ada Venn")
        assert (first.history_user, first.name) == (editor, "Ada Ven")

    def test_evidence_belongs_to_who_entered_it_and_touches_its_claim(self, editor, chief, claim):
        record = Evidence(claim=claim, title="T", url="https://example.org/", added_by=chief)
        enter_record(actor=editor, record=record)
        claim.refresh_from_db()
        assert Evidence.objects.get().added_by == editor
        assert (claim.version, claim.verdict) == (2, Verdict.PENDING)

    def test_an_article_moves_up_in_the_list_of_changes(self, chief, article):
        start = timezone.now()
        article.outlet = Outlet.objects.create(name="The Courier (fiction)")
        enter_record(actor=chief, record=article, fields=["outlet"])
        article.refresh_from_db()
        assert str(article.outlet) == "The Courier (fiction)"
        assert start <= article.changed_at


class TestListsKeepStep:
    """With what claims copy of their article and their source."""

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("outlet", lambda: Outlet.objects.create(name="The Courier (fiction)")),
            ("outlet", lambda: None),
            ("published_at", timezone.now),
            ("published_at", lambda: None),
        ],
        ids=["outlet", "no outlet", "published", "not known when"],
    )
    def test_with_an_article(self, chief, article, field, value):
        setattr(article, field, value())
        enter_record(actor=chief, record=article, fields=[field])
        assert Claim.objects.exists()
        assert not Claim.objects.with_stale_copies().exists()

    def test_with_the_kind_of_a_source(self, chief, claim):
        claim.source.kind = SourceKind.EXPERT
        enter_record(actor=chief, record=claim.source, fields=["kind"])
        claim.refresh_from_db()
        assert claim.source_kind == SourceKind.EXPERT
        assert not Claim.objects.with_stale_copies().exists()

    def test_what_is_out_of_step_is_found(self, claim):
        Claim.objects.filter(pk=claim.pk).update(source_kind="")
        assert list(Claim.objects.with_stale_copies()) == [claim]


class TestAChangedClaim:
    def test_it_is_a_step_in_the_log_of_changes(self, editor, claim):
        proposed = claim.statement
        _reworded(editor, claim)
        change = Change.objects.get()
        assert (change.action, change.actor, change.article) == (
            ChangeAction.DATA_ENTRY,
            editor,
            claim.revision.article,
        )
        step = change.claims.get()
        assert (step.claim, step.version) == (claim, 2)
        assert step.before == {"statement": proposed}
        assert step.after == {"statement": "The bridge is closed"}

    def test_it_can_be_undone(self, editor, chief, claim):
        proposed = claim.statement
        _reworded(editor, claim)
        undo_change(actor=chief, change_id=Change.objects.get().pk)
        claim.refresh_from_db()
        assert (claim.statement, claim.version) == (proposed, 3)

    def test_what_reads_the_same_is_no_step(self, editor, claim):
        before = everything()
        _reworded(editor, claim, claim.statement)
        assert everything() == before

    def test_a_source_given_to_the_articles_own_voice_makes_it_indirect_speech(self, editor, claim):
        Claim.objects.filter(pk=claim.pk).update(source=None, quotation=Quotation.NARRATION)
        claim.source = rows.source("Bo Tarn")
        enter_record(actor=editor, record=claim, fields=["source"])
        claim.refresh_from_db()
        assert (claim.source.name, claim.quotation) == ("Bo Tarn", Quotation.INDIRECT)

    def test_a_claim_is_not_added_by_hand(self, claim):
        """It belongs to words of an article, and is made on the desk."""
        claim.pk, claim._state.adding = None, True
        before = everything()
        with pytest.raises(Claim.DoesNotExist):
            enter_record(actor=User.objects.create_superuser("root"), record=claim)
        User.objects.get(username="root").delete()
        assert everything() == before

    def test_it_is_touched_and_its_version_grows(self, editor, claim):
        start = timezone.now()
        _reworded(editor, claim)
        claim.refresh_from_db()
        assert (claim.version, claim.statement) == (2, "The bridge is closed")
        assert start <= claim.touched_at
        assert start <= Article.objects.get().changed_at

    def test_another_editors_verdict_in_between_stays(self, editor, chief, claim):
        seen = Claim.objects.get(pk=claim.pk)
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        _reworded(editor, seen)
        claim.refresh_from_db()
        assert (claim.verdict, claim.statement) == (Verdict.VERIFIED, "The bridge is closed")
        assert claim.version == 3

    def test_only_what_was_changed_is_written(self, editor, claim):
        seen = Claim.objects.get(pk=claim.pk)
        claim.role = "transport minister"
        enter_record(actor=editor, record=claim, fields=["role"])
        _reworded(editor, seen)
        claim.refresh_from_db()
        assert (claim.role, claim.statement) == ("transport minister", "The bridge is closed")

    def test_a_form_sent_without_a_change_changes_nothing(self, editor, claim):
        """Nobody looked at it: it does not count as checked, and nobody's view becomes stale."""
        before = everything()
        enter_record(actor=editor, record=claim, fields=[])
        assert everything() == before


class TestEnteringMany:
    def test_new_ones_are_found_by_their_names_and_have_their_histories(self, editor):
        source = Source(name="Ada VENN", kind=SourceKind.MINISTER)
        entries = [Entry(source), Entry(Alias(source=source, name="A. Venn"))]
        enter_records(actor=editor, entries=entries, note="sources.csv")
        assert Source.objects.called("ada venn").get() == Source.objects.called("a. venn").get()
        for record in (Source.objects.get(), Alias.objects.get()):
            entry = record.history.get()
            assert (entry.history_type, entry.history_user) == ("+", editor)
            assert (entry.name, entry.history_change_reason) == (record.name, "sources.csv")

    def test_a_long_note_is_shortened_to_what_histories_store(self, editor):
        tag = Tag(name="Rain")
        enter_records(actor=editor, entries=[Entry(tag)], note="x" * 101)
        assert tag.history.get().history_change_reason == "x" * 100
        other = Tag(name="Snow")
        enter_records(actor=editor, entries=[Entry(other)], note="")
        assert other.history.get().history_change_reason is None

    def test_changed_ones_keep_what_they_were_and_what_others_changed_meanwhile(self, editor):
        tags = [enter_record(actor=editor, record=Tag(name=name)) for name in ("Rain", "Snow")]
        sources = [enter_record(actor=editor, record=Source(name=name)) for name in ("Ada", "Bo")]
        Source.objects.filter(pk=sources[0].pk).update(country="Ostrey")
        sources[0].name, sources[1].organisation = "ADA VENN", "The Harbour Board"
        tags[1].name = "Sleet"
        entries = [
            Entry(sources[0], ["name"]),
            Entry(sources[1], ["organisation"]),
            Entry(tags[0]),
            Entry(tags[1], ["name"]),
        ]
        enter_records(actor=editor, entries=entries)
        changed = Source.objects.called("ada venn").get()
        assert (changed.name, changed.country) == ("ADA VENN", "Ostrey")
        assert [entry.name for entry in changed.history.all()] == ["ADA VENN", "Ada"]
        assert Source.objects.get(name="Bo").organisation == "The Harbour Board"
        assert [tag.name for tag in Tag.objects.all()] == ["Rain", "Sleet"]
        assert [tag.history.count() for tag in Tag.objects.all()] == [1, 2]

    def test_one_that_cannot_be_kept_keeps_the_others_out(self, editor):
        Tag.objects.create(name="Rain")
        before = everything()
        with pytest.raises(IntegrityError):
            enter_records(
                actor=editor, entries=[Entry(Source(name="Ada")), Entry(Tag(name="rain"))]
            )
        assert everything() == before

    @pytest.mark.parametrize("model", [Tag, Claim])
    def test_one_that_is_gone_keeps_the_others_out(self, editor, article, model):
        before = everything()
        gone = Entry(model(pk=10**9), ["name" if model is Tag else "statement"])
        gone.record._state.adding = False
        with pytest.raises(model.DoesNotExist):
            enter_records(actor=editor, entries=[Entry(Source(name="Ada")), gone])
        assert everything() == before

    def test_claims_of_one_article_are_one_step_and_of_two_are_two(self, editor, article):
        other = import_article(actor=editor, draft=ArticleDraft(headline="Rain", body="It rained."))
        claims = list(Claim.objects.of_article(article))
        claims += list(Claim.objects.of_article(other.article))
        for number, claim in enumerate(claims):
            claim.statement = f"Statement {number}"
        entries = [Entry(claim, ["statement"]) for claim in reversed(claims)]
        enter_records(actor=editor, entries=entries, note="claims.csv")
        steps = Change.objects.order_by("article_id")
        assert [(step.action, step.note) for step in steps] == [
            (ChangeAction.DATA_ENTRY, "claims.csv")
        ] * 2
        assert [step.article for step in steps] == [article, other.article]
        assert sum(step.claims.count() for step in steps) == len(claims)
        for claim in claims:
            assert Claim.objects.get(pk=claim.pk).statement == claim.statement

    def test_claims_that_read_the_same_are_no_step(self, editor, claim):
        before = everything()
        enter_records(actor=editor, entries=[Entry(claim, ["statement", "source"])])
        assert everything() == before

    def test_none_at_all(self, editor):
        before = everything()
        enter_records(actor=editor, entries=[])
        assert everything() == before

    def test_lists_keep_step(self, chief, article):
        outlet = Outlet.objects.create(name="The Courier (fiction)")
        article.outlet, article.published_at = outlet, timezone.now()
        sources = list(Source.objects.filter(claims__isnull=False).distinct())
        for source in sources:
            source.kind = SourceKind.EXPERT
        entries = [Entry(source, ["kind"]) for source in sources]
        entries += [Entry(article, ["outlet", "published_at"])]
        enter_records(actor=chief, entries=entries)
        assert not Claim.objects.with_stale_copies().exists()
        assert set(Claim.objects.values_list("outlet", flat=True)) == {outlet.pk}


class TestDeleting:
    def test_a_record_goes_and_its_history_stays(self, chief):
        source = rows.source()
        pk = source.pk
        delete_record(actor=chief, record=source)
        assert not Source.objects.exists()
        entry = Source.history.filter(id=pk).first()
        assert (entry.history_type, entry.history_user, entry.name) == ("-", chief, "Ada Venn")

    def test_an_alias_goes_and_its_source_stays(self, chief):
        alias = Alias.objects.create(source=rows.source(), name="A. Venn")
        delete_record(actor=chief, record=alias)
        assert not Alias.objects.exists()
        assert Source.objects.exists()

    def test_evidence_touches_its_claim(self, editor, chief, claim):
        evidence = rows.evidence(claim, editor)
        delete_record(actor=chief, record=evidence)
        claim.refresh_from_db()
        assert not Evidence.objects.not_removed().exists()
        assert claim.version == 2

    def test_an_article_with_a_decision_stays_whole(self, editor, chief, article, claim):
        decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        before = everything()
        with pytest.raises(ProtectedError):
            delete_record(actor=chief, record=article)
        assert everything() == before

    @pytest.mark.parametrize("log", [rows.changed, rows.comment], ids=["change", "comment"])
    def test_an_article_that_another_log_tells_of_stays_whole(
        self, editor, chief, article, claim, log
    ):
        log(claim, editor)
        before = everything()
        with pytest.raises(ProtectedError):
            delete_record(actor=chief, record=article)
        assert everything() == before

    def test_a_source_that_makes_claims_stays(self, chief, article):
        source = Source.objects.filter(claims__isnull=False).first()
        before = everything()
        with pytest.raises((ProtectedError, RestrictedError)):
            delete_record(actor=chief, record=source)
        assert everything() == before

    @pytest.mark.parametrize(
        "body",
        ["It rained.", "Rain will fall, Ada Venn said.", "Rain will fall, officials said."],
        ids=["narration", "a known source", "a separate source"],
    )
    def test_an_article_that_nobody_decided_on_goes_with_all_that_is_its_own(
        self, editor, chief, body
    ):
        draft = ArticleDraft(headline="Imported by mistake", body=body)
        article = import_article(actor=editor, draft=draft).article
        delete_record(actor=chief, record=article)
        assert not Article.objects.exists()
        assert not Claim.objects.exists()
        assert not Source.objects.exclude(article=None)
