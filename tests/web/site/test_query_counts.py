"""Pages ask the database the same number of questions whatever they show."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    assign_claims,
    decide_claim,
    draft_report,
    import_article,
    publish_report,
)
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Mail, MailedArticle
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.models import rows


class TestQueries:
    """Pages ask the database the same number of questions whatever they show."""

    @pytest.fixture
    def count(self, desk):
        def count(address: str) -> int:
            desk.get(address)  # fills what is kept between requests
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert desk.get(address).status_code == 200
            return len(queries)

        return count

    @staticmethod
    def _article(editor: User, number: int) -> Article:
        body = "\n\n".join(
            f"Flood {day} hit Ostrey, minister Vera Lund{day} said." for day in range(number)
        )
        return import_article(
            actor=editor, draft=ArticleDraft(headline=f"Floods {number}", body=body)
        ).article

    @staticmethod
    def _add_evidence(editor: User, claim: Claim, number: int) -> None:
        for version in range(2, 2 + number):
            document = EvidenceDraft(title="T", url=f"https://example.org/{version}")
            add_evidence(actor=editor, claim_id=claim.pk, version=version, evidence=document)

    def test_of_the_article_page(self, count, editor):
        small, large = self._article(editor, 2), self._article(editor, 40)
        # Of both, the last claim has the change for the next undo to take back, which is read as well.
        for article, documents in ((small, 1), (large, 6)):
            for number, claim in enumerate(Claim.objects.of_article(article)):
                decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
                if number == 0:
                    self._add_evidence(editor, claim, documents)
        assert count(small.get_absolute_url()) == count(large.get_absolute_url())

    def test_of_the_list(self, count, editor):
        self._article(editor, 1)
        few = count(reverse("articles"))
        for number in range(2, 12):
            self._article(editor, number)
        assert count(reverse("articles")) == few

    def test_of_the_first_page(self, count, editor, chief):
        """With one of each thing that waits, and with more than are shown."""
        numbers = []
        for _round in range(2):
            for number in range(5, 15) if numbers else range(3, 5):
                self._wait(editor, chief, self._article(editor, number))
            numbers.append(count(reverse("dashboard")))
        assert numbers[0] == numbers[1] <= 31

    @staticmethod
    def _wait(editor: User, chief: User, article: Article) -> None:
        mine, to_check, due, *_ = Claim.objects.of_article(article)
        assign_claims(actor=chief, versions={mine.pk: 1}, to=editor)
        for claim in (to_check, due):
            decide_claim(actor=chief, verdict=Verdict.VERIFIED, **version_of(claim))
        ask_second_check(actor=chief, **version_of(to_check))
        draft_report(actor=editor, title="Draft", article=article)
        report = draft_report(actor=chief, title="Flood", article=article)
        seen = edition_of(actor=chief, report=report).digest
        publish_report(actor=chief, report_id=report.pk, seen=seen)
        decide_claim(
            actor=chief,
            verdict=Verdict.DISPUTED,
            reason="No.",
            review_by=timezone.localdate(),
            **version_of(due),
        )

    def test_of_the_report(self, count, editor):
        small, large = self._article(editor, 2), self._article(editor, 40)
        assert count(reverse("article-report", args=[small.pk])) == count(
            reverse("article-report", args=[large.pk])
        )

    def test_of_archives_and_mails(self, count, editor):
        User.objects.filter(pk=editor.pk).update(is_superuser=True)
        mail, article = rows.mail(), self._article(editor, 1)
        addresses = [
            reverse("archives"),
            reverse("admin:claims_mail_changelist"),
            reverse("admin:claims_mail_change", args=[mail.pk]),
        ]
        numbers = []
        for many in (1, 8):
            for _time in range(many):
                rows.archive(editor)
                rows.mail(uid=Mail.objects.count() + 1)
                MailedArticle.objects.create(mail=mail, article=article)
            numbers.append([count(address) for address in addresses])
        assert numbers[0] == numbers[1]

    @pytest.mark.parametrize(
        "model", ["article", "source", "alias", "claim", "evidence", "decision", "revision"]
    )
    def test_of_the_admin_lists(self, client, chief, editor, model):
        client.force_login(chief)
        address = reverse(f"admin:claims_{model}_changelist")
        numbers = []
        for size in (1, 15):
            for claim in Claim.objects.of_article(self._article(editor, size)):
                document = EvidenceDraft(title="T", url="https://example.org/")
                decide_claim(
                    actor=editor,
                    claim_id=claim.pk,
                    version=1,
                    verdict=Verdict.VERIFIED,
                    evidence=document,
                )
                if claim.source:
                    claim.source.aliases.get_or_create(name=f"Alias {claim.pk}")
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        assert numbers[0] == numbers[1]
