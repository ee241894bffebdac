"""Pages ask the database the same number of questions whatever they show."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim


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

    def test_of_the_article_page(self, count, editor):
        small, large = self._article(editor, 2), self._article(editor, 40)
        # Both have a change for the next undo to take back, which is read as well.
        first = Claim.objects.of_article(small).first()
        decide_claim(actor=editor, claim_id=first.pk, version=1, verdict=Verdict.VERIFIED)
        for number, claim in enumerate(Claim.objects.of_article(large)):
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
            if number == 0:
                for version in range(2, 8):
                    document = EvidenceDraft(title="T", url=f"https://example.org/{version}")
                    add_evidence(
                        actor=editor, claim_id=claim.pk, version=version, evidence=document
                    )
        assert count(small.get_absolute_url()) == count(large.get_absolute_url())

    def test_of_the_list(self, count, editor):
        self._article(editor, 1)
        few = count(reverse("articles"))
        for number in range(2, 12):
            self._article(editor, number)
        assert count(reverse("articles")) == few

    def test_of_the_report(self, count, editor):
        small, large = self._article(editor, 2), self._article(editor, 40)
        assert count(reverse("article-report", args=[small.pk])) == count(
            reverse("article-report", args=[large.pk])
        )

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
