"""Data entry in the admin: what it saves, what it logs, and what nobody can change."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import (
    EvidenceDraft,
    comment,
    decide_claim,
    dismiss_claims,
    draft_report,
    publish_report,
    undo_change,
)
from claims.choices import ChangeAction, Quotation, SourceKind, Stance, Verdict
from claims.models import APPEND_ONLY, Article, Claim, Decision, Erasure, Evidence, Source
from claims.queries.reports.editions import edition_of

pytestmark = pytest.mark.ignore_template_errors
"""Django's own admin templates ask for variables that are not always there."""


def rows(prefix: str, *filled: dict, initial: int = 0) -> dict[str, object]:
    """The fields of an inline's rows as the form sends them."""
    fields: dict[str, object] = {
        f"{prefix}-TOTAL_FORMS": len(filled),
        f"{prefix}-INITIAL_FORMS": initial,
    }
    for number, row in enumerate(filled):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


READ_ONLY = rows("decisions") | rows("changed") | rows("comments")
"""The inlines of a claim that nobody writes in."""


def change(client, record, **fields):
    address = reverse(f"admin:claims_{record._meta.model_name}_change", args=[record.pk])
    return client.post(address, fields)


class TestClaims:
    FIELDS = {"statement": "The bridge stays closed.", "source": "", "role": "", "told_to": ""}

    def test_a_new_wording_is_kept_with_the_old_one_in_the_history(self, admin, chief, claim):
        proposed = claim.statement
        kept = {"quotation": claim.quotation, "source": claim.source_id}
        kept |= {"role": claim.role, "told_to": claim.told_to}
        answer = change(admin, claim, **{**self.FIELDS, **kept}, **rows("evidence"), **READ_ONLY)
        assert answer.status_code == 302
        claim.refresh_from_db()
        assert (claim.statement, claim.version) == ("The bridge stays closed.", 2)
        step = claim.changed.get()
        assert (step.change.action, step.change.actor) == (ChangeAction.DATA_ENTRY, chief)
        assert step.before == {"statement": proposed}
        assert step.after == {"statement": "The bridge stays closed."}

    def test_a_source_for_the_articles_own_voice_makes_it_indirect_speech(self, admin, claim):
        source = Source.objects.create(name="Bo Tarn", kind=SourceKind.WITNESS)
        fields = {**self.FIELDS, "source": source.pk}
        answer = change(admin, claim, **fields, **rows("evidence"), **READ_ONLY)
        assert answer.status_code == 302
        claim.refresh_from_db()
        assert (claim.source, claim.quotation) == (source, Quotation.INDIRECT)

    def test_evidence_without_a_link_is_told_beside_the_form(self, admin, claim):
        document = {"stance": Stance.FOR, "title": "Notice", "url": "", "looked_up": "2026-01-02"}
        answer = change(admin, claim, **self.FIELDS, **rows("evidence", document), **READ_ONLY)
        assert answer.status_code == 200
        assert "evidence needs a link or a file" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_evidence_beside_it_is_added_changed_and_deleted(self, admin, chief, claim):
        document = {
            "stance": Stance.FOR,
            "title": "Notice",
            "url": "https://example.org/",
            "looked_up": "2026-01-02",
        }
        same = {**self.FIELDS, "statement": claim.statement, "source": claim.source_id or ""}
        same |= {"role": claim.role, "told_to": claim.told_to}
        change(admin, claim, **same, **rows("evidence", document), **READ_ONLY)
        added = Evidence.objects.get()
        assert (added.claim, added.added_by) == (claim, chief)
        kept = {**document, "id": added.pk, "title": "Notice of closure"}
        change(admin, claim, **same, **rows("evidence", kept, initial=1), **READ_ONLY)
        added.refresh_from_db()
        assert added.title == "Notice of closure"
        gone = {**kept, "DELETE": "on"}
        change(admin, claim, **same, **rows("evidence", gone, initial=1), **READ_ONLY)
        assert not Evidence.objects.not_removed().exists()
        assert [entry.history_type for entry in Evidence.history.order_by("pk")] == ["+", "~", "~"]
        claim.refresh_from_db()
        assert claim.version == 4

    def test_evidence_that_is_removed_and_changed_at_once_is_an_error_in_words(
        self, admin, chief, claim
    ):
        """As where someone removes it while another one's form is being saved."""
        kept = Evidence.objects.create(
            claim=claim, title="Notice", url="https://example.org/", added_by=chief
        )
        row = {"id": kept.pk, "stance": Stance.FOR, "url": kept.url, "looked_up": kept.looked_up}
        twice = ({**row, "title": "Notice", "DELETE": "on"}, {**row, "title": "Map"})
        answer = change(
            admin, claim, **self.FIELDS, **rows("evidence", *twice, initial=2), **READ_ONLY
        )
        assert answer.status_code == 409
        assert "this evidence has been removed" in answer.content.decode()
        assert Evidence.objects.not_removed().get().title == "Notice"

    def test_words_place_and_verdict_are_not_to_be_edited(self, admin, claim):
        words, place = claim.quote, claim.spans
        tampered = {"quote": "x", "spans": "[[0, 1]]", "verdict": "verified", "version": 9}
        change(admin, claim, **self.FIELDS, **tampered, **rows("evidence"), **READ_ONLY)
        claim.refresh_from_db()
        assert (claim.quote, claim.spans) == (words, place)
        assert (claim.verdict, claim.version) == (Verdict.PENDING, 2)

    def test_none_is_made_or_deleted_here(self, client, claim):
        client.force_login(User.objects.create_superuser("root", password="correct horse"))
        assert client.get(reverse("admin:claims_claim_add")).status_code == 403
        gone = reverse("admin:claims_claim_delete", args=[claim.pk])
        assert client.post(gone, {"post": "yes"}).status_code == 403
        assert Claim.objects.filter(pk=claim.pk).exists()


class TestSources:
    def test_a_source_with_its_aliases(self, admin, chief):
        answer = admin.post(
            reverse("admin:claims_source_add"),
            {"name": "Ada Venn", "kind": SourceKind.MINISTER, "article": ""}
            | rows("aliases", {"name": "A. Venn"}),
        )
        assert answer.status_code == 302
        source = Source.objects.get()
        assert [alias.name for alias in source.aliases.all()] == ["A. Venn"]
        assert source.history.get().history_user == chief

    @pytest.mark.parametrize("name", ["ada venn", "ADA VENN"])
    def test_the_same_name_again_is_told_beside_the_form(self, admin, name):
        Source.objects.create(name="Ada Venn", kind=SourceKind.MINISTER)
        answer = admin.post(
            reverse("admin:claims_source_add"),
            {"name": name, "kind": SourceKind.MINISTER, "article": ""} | rows("aliases"),
        )
        assert answer.status_code == 200
        assert answer.context["errors"]
        assert Source.objects.count() == 1

    def test_they_are_found_by_name_and_alias_while_typing(self, admin):
        source = Source.objects.create(name="Ada Venn", kind=SourceKind.MINISTER)
        source.aliases.create(name="The Iron Engineer")
        found = admin.get(
            reverse("admin:autocomplete"),
            {"term": "iron", "app_label": "claims", "model_name": "claim", "field_name": "source"},
        )
        assert [each["text"] for each in found.json()["results"]] == ["Ada Venn"]

    def test_one_who_makes_claims_stays(self, admin, article):
        source = Source.objects.filter(claims__isnull=False).first()
        admin.post(reverse("admin:claims_source_delete", args=[source.pk]), {"post": "yes"})
        assert Source.objects.filter(pk=source.pk).exists()

    def test_several_go_one_by_one_each_with_its_entry(self, admin):
        gone = [Source.objects.create(name=name, kind=SourceKind.OTHER) for name in "AB"]
        admin.post(
            reverse("admin:claims_source_changelist"),
            {
                "action": "delete_selected",
                "_selected_action": [each.pk for each in gone],
                "post": "yes",
            },
        )
        assert not Source.objects.exists()
        assert Source.history.filter(history_type="-").count() == 2


class TestTheLog:
    @pytest.fixture
    def decision(self, editor, claim) -> Decision:
        return decide_claim(
            actor=editor,
            claim_id=claim.pk,
            version=1,
            verdict=Verdict.VERIFIED,
            evidence=EvidenceDraft(title="Notice", url="https://example.org/"),
        )

    # Whose names were removed is told by commands alone.
    @pytest.fixture(
        params=[one for one in APPEND_ONLY if one is not Erasure], ids=lambda model: model.__name__
    )
    def entry(self, request, editor, chief, claim, decision):
        comment(actor=editor, claim_id=claim.pk, text="Is it open?")
        one = Claim.objects.filter(pk=claim.pk)
        report = draft_report(actor=editor, title="Bridges of May", claims=one)
        seen = edition_of(actor=chief, report=report).digest
        publish_report(actor=chief, report_id=report.pk, seen=seen)
        return request.param._default_manager.get()

    @pytest.fixture
    def root(self, db, client):
        client.force_login(User.objects.create_superuser("root", password="correct horse"))
        return client

    @pytest.mark.parametrize("action", ["change", "delete"])
    def test_nobody_touches_an_entry(self, root, entry, action):
        before = type(entry)._default_manager.values().get()
        address = reverse(f"admin:claims_{entry._meta.model_name}_{action}", args=[entry.pk])
        sent = {"post": "yes", "reason": "other", "note": "other", "text": "other", "before": "{}"}
        assert root.post(address, sent).status_code == 403
        assert type(entry)._default_manager.values().get() == before

    def test_nobody_adds_one(self, root, entry):
        address = reverse(f"admin:claims_{entry._meta.model_name}_add")
        assert root.post(address, {}).status_code == 403

    def test_every_role_reads_it(self, client, reader, entry):
        client.force_login(reader)
        name = f"admin:claims_{entry._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200
        assert client.get(reverse(f"{name}_change", args=[entry.pk])).status_code == 200

    def test_a_decided_article_is_not_deleted(self, admin, decision, article):
        answer = admin.post(
            reverse("admin:claims_article_delete", args=[article.pk]), {"post": "yes"}
        )
        assert answer.status_code == 200
        assert "Cannot delete article" in answer.content.decode()
        assert Article.objects.filter(pk=article.pk).exists()

    def test_the_history_of_a_claim_is_the_log_of_its_changes(
        self, admin, editor, decision, article, claim
    ):
        other = Claim.objects.of_article(article).exclude(pk=claim.pk).first()
        decide_claim(actor=editor, claim_id=other.pk, version=1, verdict=Verdict.VERIFIED)
        page = admin.get(reverse("admin:claims_claim_history", args=[claim.pk]), follow=True)
        assert page.status_code == 200
        assert [row.claim for row in page.context["cl"].result_list] == [claim]
        assert "Edda" in page.content.decode()

    def test_the_log_of_changes_marks_what_undoes_another(self, admin, editor, claim):
        done = dismiss_claims(actor=editor, versions={claim.pk: claim.version})
        undo_change(actor=editor, change_id=done.pk)
        page = admin.get(reverse("admin:claims_change_changelist")).content.decode()
        undone, first = re.findall(r'<td class="field-is_undo">(.*?)</td>', page)
        assert (undone, "Yes" in first) == ("Yes", False)

    def test_a_list_shows_the_start_of_a_digest(self, admin, article):
        digest = article.revisions.get().digest
        page = admin.get(reverse("admin:claims_revision_changelist")).content.decode()
        assert f'<td class="field-digest_begins">{digest[:12]}…</td>' in page

    def test_evidence_is_added_to_any_claim_and_stays_with_it(self, admin, editor, decision):
        added = admin.get(reverse("admin:claims_evidence_add")).content.decode()
        assert 'name="claim"' in added
        kept = Evidence.objects.get()
        page = admin.get(reverse("admin:claims_evidence_change", args=[kept.pk])).content.decode()
        assert 'name="title"' in page
        assert 'name="claim"' not in page

    def test_a_decision_names_the_documents_it_was_based_on(self, admin, decision):
        page = admin.get(reverse("admin:claims_decision_change", args=[decision.pk]))
        assert "<bdi>Notice</bdi>" in page.content.decode()

    def test_it_stands_on_the_page_of_its_claim(self, admin, editor, decision, claim):
        comment(actor=editor, claim_id=claim.pk, text="Is it open?")
        page = admin.get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
        assert "Is it open?" in page
        assert "Decided" in page


class TestReaders:
    def test_they_look_and_do_not_touch(self, client, reader, claim):
        client.force_login(reader)
        assert client.get(reverse("admin:claims_claim_changelist")).status_code == 200
        statement = claim.statement
        answer = change(client, claim, **TestClaims.FIELDS, **rows("evidence"), **READ_ONLY)
        assert answer.status_code == 403
        assert Claim.objects.get(pk=claim.pk).statement == statement

    def test_the_admins_login_is_the_desks(self, client, db):
        answer = client.get("/admin/login/?next=/admin/")
        assert answer["Location"] == "/login/?next=/admin/"
