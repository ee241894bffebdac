"""The second language: which one a reader gets, and that no page has untranslated texts."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from claims.actions import EvidenceDraft, decide_claim, dismiss_claims, import_article
from claims.choices import Verdict
from claims.errors import NotAllowedError, NotTextError
from claims.ingest.cleaning import clean
from claims.ingest.types import ArticleDraft
from claims.messages import message_of
from claims.models import Claim
from claims.queries.reports.editions import report_of

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def german(editor) -> Client:
    """An editor whose browser asks for German."""
    client = Client(**GERMAN)
    client.force_login(editor)
    return client


def shown(answer) -> str:
    return answer.content.decode()


class TestWhatTheBrowserAsksFor:
    def test_the_queue_is_german(self, german, article):
        page = shown(german.get(article.get_absolute_url()))
        assert '<html lang="de"' in page
        assert "Behauptung 1 von" in page
        assert "Bestritten" in page
        assert "Bridge over the Olm closed" in page

    def test_the_login_is_german(self, db):
        page = shown(Client(**GERMAN).get(reverse("login")))
        assert '<html lang="de"' in page
        assert "Bei Claim Workbench anmelden" in page

    def test_an_error_is_german(self, german, claim):
        answer = german.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "disputed", "reason": " "}
        )
        assert answer.status_code == 400
        assert "Ohne Begründung lässt sich das nicht speichern" in shown(answer)

    def test_the_admin_speaks_with_the_desks_words(self, client, chief, claim):
        client.force_login(chief)
        page = shown(client.get(reverse("admin:claims_claim_changelist"), **GERMAN))
        assert "Behauptungen" in page
        assert "Prüfwürdigkeit" in page

    @pytest.mark.parametrize("asked", ["", "en-GB", "fr", "xx-nonsense;q=2"])
    def test_everything_else_is_english(self, client, db, asked):
        page = shown(client.get(reverse("login"), HTTP_ACCEPT_LANGUAGE=asked))
        assert '<html lang="en"' in page
        assert "Log in to Claim Workbench" in page

    @pytest.mark.parametrize(
        ("number", "words"), [(0, "0 Behauptungen"), (1, "1 Behauptung"), (2, "2 Behauptungen")]
    )
    def test_plurals(self, german, editor, number, words):
        body = " ".join(["Rain fell on Monday.", "Snow fell on Tuesday."][:number]) or "Rain fell."
        made = import_article(actor=editor, draft=ArticleDraft(headline="H", body=body)).article
        claims = Claim.objects.of_article(made)
        if not number:
            dismiss_claims(actor=editor, versions={one.pk: one.version for one in claims})
        assert f'<span class="counts__total">{words}<' in shown(german.get(made.get_absolute_url()))

    def test_dates_are_written_as_in_german(self, german, article, claim, editor):
        evidence = EvidenceDraft(title="T", url="https://example.org/", looked_up="2026-05-03")
        decide_claim(
            actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, evidence=evidence
        )
        assert "abgerufen am 3. Mai 2026" in shown(
            german.get(f"{article.get_absolute_url()}?claim={claim.pk}")
        )

    def test_a_report_keeps_the_language_of_its_own_words(self, german, editor, article):
        report = shown_stream(german.get(reverse("article-report", args=[article.pk])))
        assert '<html lang="en" dir="ltr">' in report
        assert "Pending" in report
        assert "Offen" not in report
        with translation.override("de"):
            report = report_of(actor=editor, article=article).report
        assert [term.label for term, _number in report.verdicts] == [
            "Verified",
            "Disputed",
            "Pending",
        ]


def shown_stream(answer) -> str:
    return b"".join(answer.streaming_content).decode()


class TestSwitching:
    def test_it_sticks_and_returns_to_the_same_page(self, client, editor, article):
        client.force_login(editor)
        page = f"{article.get_absolute_url()}?show=pending"
        answer = client.post(
            reverse("set-language"), {"language": "de"}, HTTP_REFERER=f"http://testserver{page}"
        )
        assert answer["Location"] == f"http://testserver{page}"
        assert '<html lang="de"' in shown(client.get(page))
        again = shown(client.get(reverse("dashboard"), HTTP_ACCEPT_LANGUAGE="en"))
        assert '<html lang="de"' in again
        assert client.cookies["django_language"]["max-age"] > 30 * 24 * 3600

    def test_it_stands_on_the_login_and_needs_none(self, db):
        client = Client(enforce_csrf_checks=True)
        page = shown(client.get(reverse("login")))
        assert (
            '<button type="submit" name="language" value="en" lang="en" aria-current="true">English</button>'
            in page
        )
        assert '<button type="submit" name="language" value="de" lang="de">Deutsch</button>' in page
        token = client.cookies["csrftoken"].value
        fields = {"language": "de", "csrfmiddlewaretoken": token}
        client.post(reverse("set-language"), fields, HTTP_REFERER="http://testserver/login/")
        page = shown(client.get(reverse("login")))
        assert 'lang="de" aria-current="true">Deutsch' in page

    def test_it_needs_the_token_of_its_form(self, db):
        answer = Client(enforce_csrf_checks=True).post(reverse("set-language"), {"language": "de"})
        assert answer.status_code == 403

    def test_a_page_that_answers_a_form_leads_back_to_the_page_of_the_form(
        self, german, article, claim
    ):
        page = f"http://testserver{article.get_absolute_url()}?claim={claim.pk}"
        answer = german.post(
            reverse("decide", args=[claim.pk]),
            {"version": 1, "verdict": "disputed"},
            HTTP_REFERER=page,
        )
        assert f'<input type="hidden" name="next" value="{page}">' in shown(answer)

    @pytest.mark.parametrize(
        "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
    )
    def test_it_leads_nowhere_else(self, client, db, elsewhere):
        answer = client.post(
            reverse("set-language"), {"language": "de", "next": elsewhere}, HTTP_REFERER=elsewhere
        )
        assert answer["Location"] == "/"

    def test_a_language_that_is_not_there_changes_nothing(self, client, db):
        client.post(reverse("set-language"), {"language": "tlh"})
        assert '<html lang="en"' in shown(client.get(reverse("login")))


class TestErrors:
    def test_a_part_of_a_message_is_translated_with_its_own_places(self):
        with pytest.raises(NotTextError) as raised:
            clean("\x00" * 90 + "ten chars ")
        assert "90 of 100 characters" in str(raised.value)
        with translation.override("de"):
            assert "90 von 100 Zeichen sind Steuerzeichen" in message_of(raised.value)

    def test_the_deed_in_a_refusal_is_translated(self):
        with translation.override("de"):
            assert "Das darf Ihr Konto nicht: Artikel importieren." in message_of(
                NotAllowedError(what="import articles")
            )
