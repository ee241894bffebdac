"""The desk's pages and answers, without a browser."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, decide_claim, import_article
from claims.choices import Verdict
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Decision, Evidence
from claims.web.components import paging
from claims.web.review.forms import CLAIM_ACTION_FORMS


def paste(client: Client, **fields: str):
    return client.post(
        reverse("new-article"), {"language": "en", "headline": "H", "text": "", **fields}
    )


class TestArticles:
    def test_the_list_shows_headline_outlet_and_counts(self, desk, article):
        text = desk.get(reverse("articles")).content.decode()
        assert "Bridge over the Olm closed" in text
        assert "The Ostrey Courier (fiction)" in text

    def test_an_empty_list_says_what_to_do(self, desk):
        assert "Add the first article" in desk.get(reverse("articles")).content.decode()

    def test_only_articles_with_pending_claims(self, desk, editor, article):
        for claim in Claim.objects.of_article(article):
            decide_claim(actor=editor, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        text = desk.get(reverse("articles"), {"waiting": 1}).content.decode()
        assert "Bridge over the Olm" not in text
        assert "Nothing is pending" in text

    @pytest.mark.parametrize(
        "sort", ["headline", "-headline", "published", "-published", "-changed"]
    )
    def test_every_article_is_on_exactly_one_page(self, desk, editor, monkeypatch, sort):
        monkeypatch.setattr(paging, "PER_PAGE", 3)
        headlines = [f"Headline {number // 2}" for number in range(10)]
        for number, headline in enumerate(headlines):
            draft = ArticleDraft(headline=headline, body=f"Rain fell on day {number}.")
            import_article(actor=editor, draft=draft)
        seen, there, back = _walk(desk, sort)
        assert len(seen) == 10
        assert sorted(seen) == sorted(Article.objects.values_list("pk", flat=True))
        assert back == there[-2::-1]

    @pytest.mark.parametrize(
        "query",
        [
            "sort=nothing",
            "sort=claims",
            "sort=-",
            "page=",
        ],
    )
    def test_a_mistyped_address_shows_the_list(self, desk, article, query):
        page = desk.get(f"{reverse('articles')}?{query}")
        assert page.status_code == 200
        assert "Bridge over the Olm closed" in page.content.decode()


def _walk(client: Client, sort: str) -> tuple[list[int], list[list[int]], list[list[int]]]:
    """The articles of all pages in a row, page by page there, and page by page back."""

    def page(place: str | None):
        query = {"sort": sort} | ({"page": place} if place else {})
        table = client.get(reverse("articles"), query).context["table"]
        return table.keyset, [row.record.pk for row in table.rows]

    keyset, rows = page(None)
    there, back = [rows], []
    while (following := keyset.next) and len(there) < 10:
        keyset, rows = page(following)
        there.append(rows)
    while (previous := keyset.previous) and len(back) < 10:
        keyset, rows = page(previous)
        back.append(rows)
    return [pk for rows in there for pk in rows], there, back


class TestPasting:
    def test_an_article_is_split_and_shown(self, desk):
        answer = paste(
            desk, headline="Rain", text="Rain will fall, minister Ada Venn said.\n\nIt did."
        )
        article = Article.objects.get()
        assert answer.status_code == 302
        assert answer["Location"] == article.get_absolute_url()
        assert Claim.objects.of_article(article).count() >= 2

    def test_without_text_it_says_so_and_keeps_the_headline(self, desk):
        answer = paste(desk, headline="A headline that took a while")
        assert answer.status_code == 400
        assert "There is no text to split" in answer.content.decode()
        assert "A headline that took a while" in answer.content.decode()
        assert not Article.objects.exists()

    def test_five_megabytes_are_refused_with_the_limit(self, desk):
        answer = paste(desk, text="Rain fell. " * 500_000)
        assert answer.status_code == 413
        assert "This is too long for one article" in answer.content.decode()
        assert not Article.objects.exists()

    def test_a_form_larger_than_the_server_reads_is_refused_clearly(self, desk, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
        answer = paste(desk, text="Rain fell. " * 500)
        assert answer.status_code == 413
        assert "Nothing was saved" in answer.content.decode()

    def test_binary_junk_is_refused_as_no_text(self, desk):
        answer = paste(desk, text="".join(chr(number % 32) for number in range(4000)))
        assert answer.status_code == 415
        assert "does not look like text" in answer.content.decode()
        assert not Article.objects.exists()

    def test_a_second_click_makes_no_second_article(self, desk):
        for _click in range(2):
            answer = paste(desk, headline="Rain", text="Rain fell.")
        assert Article.objects.count() == 1
        assert answer["Location"] == Article.objects.get().get_absolute_url()

    def test_markup_stays_text(self, desk):
        paste(
            desk,
            headline="<script>alert(1)</script>",
            text="<img src=x onerror=alert(1)> fell, Ada Venn said.",
        )
        page = desk.get(Article.objects.get().get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page

    def test_a_reader_may_not(self, client, reader):
        client.force_login(reader)
        assert paste(client, text="Rain fell.").status_code == 403
        assert not Article.objects.exists()


class TestDeciding:
    def test_disputed_without_a_reason_changes_nothing(self, desk, claim):
        answer = desk.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "disputed", "reason": " "}
        )
        assert answer.status_code == 400
        assert "Say why this claim is disputed" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_stale_version_changes_nothing_and_keeps_the_words(self, desk, chief, claim):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Theirs"
        )
        answer = desk.post(
            reverse("decide", args=[claim.pk]),
            {"version": 1, "verdict": "disputed", "reason": "Mine"},
        )
        assert answer.status_code == 409
        assert "Theirs" in answer.content.decode()
        assert "Mine" in answer.content.decode()
        assert Decision.objects.get().reason == "Theirs"

    @pytest.mark.parametrize(
        ("name", "word", "fields"),
        [
            ("decide", "", {"verdict": "verified", "evidence-url": "no address"}),
            ("decide", "", {"verdict": "maybe", "reason": "Mine"}),
            ("decide", "", {"verdict": "disputed", "reason": ""}),
            ("add-evidence", "", {"evidence-url": "no address"}),
            ("add-evidence", "", {}),
            ("change-claim", "reword", {"statement": ""}),
        ],
    )
    def test_that_somebody_else_changed_the_claim_comes_before_what_is_wrong_with_the_form(
        self, desk, chief, claim, name, word, fields
    ):
        decide_claim(
            actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED, reason="Theirs"
        )
        address = reverse(name, args=[claim.pk, word] if word else [claim.pk])
        answer = desk.post(address, {"version": 1, **fields})
        assert answer.status_code == 409
        assert "Your changes have not been saved yet" in answer.content.decode()
        assert Decision.objects.get().reason == "Theirs"

    def test_a_reader_is_refused_and_told_whom_to_ask(self, client, reader, claim):
        client.force_login(reader)
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
        )
        assert answer.status_code == 403
        assert "Ask an administrator" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_a_reader_sees_no_buttons(self, client, reader, article):
        client.force_login(reader)
        assert 'name="verdict"' not in client.get(article.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"version": 1},
            {"version": 1, "verdict": "maybe"},
            {"version": "x", "verdict": "verified"},
        ],
    )
    def test_a_form_without_its_parts_is_refused(self, desk, claim, fields):
        assert desk.post(reverse("decide", args=[claim.pk]), fields).status_code == 400
        assert not Decision.objects.exists()

    def test_a_wrong_link_saves_neither_evidence_nor_verdict(self, desk, claim):
        answer = desk.post(
            reverse("decide", args=[claim.pk]),
            {
                "version": 1,
                "verdict": "verified",
                "evidence-url": "javascript:alert(1)",
                "evidence-stance": "for",
                "evidence-looked_up": "2026-01-01",
            },
        )
        assert answer.status_code == 400
        assert not Decision.objects.exists()
        assert not Evidence.objects.exists()

    def test_a_double_click_decides_once(self, desk, claim):
        for _click in range(2):
            answer = desk.post(
                reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
            )
            assert answer.status_code == 302
        assert Decision.objects.count() == 1

    def test_a_double_click_adds_one_document(self, desk, claim):
        fields = {
            "version": 1,
            "evidence-url": "https://example.org/a",
            "evidence-stance": "for",
            "evidence-looked_up": "2026-01-01",
        }
        for _click in range(2):
            assert desk.post(reverse("add-evidence", args=[claim.pk]), fields).status_code == 302
        assert Evidence.objects.count() == 1

    def test_the_verdict_in_force_again_is_no_second_decision(self, desk, claim):
        for version in (1, 2):
            fields = {"version": version, "verdict": "verified", "reason": "As the log says"}
            assert desk.post(reverse("decide", args=[claim.pk]), fields).status_code == 302
        assert Decision.objects.count() == 1

    def test_evidence_without_a_link_says_so(self, desk, claim):
        fields = {"version": 1, "reason": "Typed", "evidence-stance": "for"}
        answer = desk.post(
            reverse("add-evidence", args=[claim.pk]), fields | {"evidence-looked_up": "2026-01-01"}
        )
        assert answer.status_code == 400
        assert "the document is missing" in answer.content.decode()
        assert "Typed" in answer.content.decode()

    def test_evidence_on_a_stale_claim_is_kept_in_the_form(self, desk, chief, claim):
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        fields = {
            "version": 1,
            "evidence-url": "https://example.org/mine",
            "evidence-stance": "for",
            "evidence-looked_up": "2026-01-01",
        }
        answer = desk.post(reverse("add-evidence", args=[claim.pk]), fields)
        assert answer.status_code == 409
        assert "https://example.org/mine" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_an_undo_after_somebody_elses_change_is_refused(self, desk, chief, claim):
        decide_claim(actor=chief, claim_id=claim.pk, version=1, verdict=Verdict.VERIFIED)
        first = claim.changed.get().change
        decide_claim(actor=chief, claim_id=claim.pk, version=2, verdict=Verdict.PENDING)
        answer = desk.post(reverse("undo", args=[first.pk]))
        assert answer.status_code == 409
        assert "someone has changed the claim since" in answer.content.decode()
        assert Decision.objects.count() == 2

    def test_a_second_click_on_undo_undoes_once(self, desk, claim):
        desk.post(reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"})
        change = claim.changed.get().change
        for _click in range(2):
            assert desk.post(reverse("undo", args=[change.pk])).status_code == 302
        assert [one.verdict for one in claim.decisions.newest_first()] == ["pending", "verified"]

    @pytest.mark.parametrize("name", ["decide", "add-evidence"])
    def test_a_form_without_a_version_is_refused(self, desk, claim, name):
        answer = desk.post(reverse(name, args=[claim.pk]), {"verdict": "verified"})
        assert answer.status_code == 400
        assert not Decision.objects.exists()

    def test_an_expired_login_answers_htmx_with_a_notice(self, client, claim):
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 401
        assert answer["HX-Retarget"] == "#notice"
        assert "Your login has expired" in answer.content.decode()

    def test_a_refusal_answers_htmx_with_a_notice(self, client, reader, claim):
        client.force_login(reader)
        answer = client.post(
            reverse("decide", args=[claim.pk]),
            {"version": 1, "verdict": "verified"},
            headers={"HX-Request": "true"},
        )
        assert answer.status_code == 403
        assert answer["HX-Retarget"] == "#notice"

    def test_only_posts_change_anything(self, desk, claim):
        for name in ("decide", "add-evidence"):
            assert desk.get(reverse(name, args=[claim.pk])).status_code == 405
        for word in CLAIM_ACTION_FORMS:
            assert desk.get(reverse("change-claim", args=[claim.pk, word])).status_code == 405

    def test_forms_need_their_token(self, editor, claim):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor)
        answer = client.post(
            reverse("decide", args=[claim.pk]), {"version": 1, "verdict": "verified"}
        )
        assert answer.status_code == 403
        assert "opened before you last logged in" in answer.content.decode()


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


class TestHealth:
    def test_ok_when_all_is_applied(self, client, db):
        assert client.get("/healthz").json() == {"status": "ok"}

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("_log_can_be_flushed")
    def test_says_that_migrations_wait(self, client):
        call_command("migrate", "sessions", "zero", verbosity=0)
        try:
            answer = client.get("/healthz")
        finally:
            call_command("migrate", "sessions", verbosity=0)
        assert answer.status_code == 503
        assert answer.json()["status"] == "migrations waiting"

    def test_says_that_the_disk_is_full(self, client, db, settings):
        settings.DISK_RESERVE = 1 << 80
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "disk full"


class TestFailing:
    def test_a_failure_says_what_is_lost_and_names_the_request(self, editor, article):
        client = Client(raise_request_exception=False)
        client.force_login(editor)
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE claims_comment RENAME TO away")
        answer = client.get(article.get_absolute_url())
        assert answer.status_code == 500
        assert "The error has been logged" in answer.content.decode()
        assert answer["X-Request-ID"] in answer.content.decode()

    def test_a_host_that_is_not_ours_is_refused(self, client, db):
        answer = client.get("/articles/", headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "did not understand" in answer.content.decode()


class TestAccess:
    @pytest.mark.parametrize("name", ["articles", "new-article"])
    def test_pages_need_a_login(self, client, db, name):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('login')}?next={reverse(name)}"

    def test_articles_claims_and_reports_need_a_login(self, client, article, claim):
        for address in (
            article.get_absolute_url(),
            claim.get_absolute_url(),
            reverse("article-report", args=[article.pk]),
            reverse("article-report-file", args=[article.pk, "json"]),
        ):
            assert client.get(address).status_code == 302

    def test_an_account_without_a_role_sees_nothing(self, client, article, claim):
        client.force_login(User.objects.create_user("nobody"))
        for address in (
            reverse("articles"),
            article.get_absolute_url(),
            claim.get_absolute_url(),
            reverse("article-report", args=[article.pk]),
            reverse("article-report-file", args=[article.pk, "csv"]),
        ):
            assert client.get(address).status_code == 403

    def test_what_is_not_there_says_so(self, desk, article):
        assert desk.get("/articles/999999/").status_code == 404
        answer = desk.get(reverse("article-report-file", args=[article.pk, "odt"]))
        assert answer.status_code == 404
        assert "Choose one of" in answer.content.decode()

    def test_a_claims_own_address_leads_to_it(self, desk, article, claim):
        answer = desk.get(claim.get_absolute_url())
        assert answer["Location"] == f"{article.get_absolute_url()}?claim={claim.pk}"


def test_times_are_in_the_readers_zone_and_the_zone_is_named(client, editor, article):
    client.force_login(editor)
    article.published_at = datetime(2026, 1, 2, 22, 30, tzinfo=UTC)
    article.save()
    assert "2 Jan 2026, 22:30 UTC" in client.get(article.get_absolute_url()).content.decode()
    client.cookies["zone"] = "Asia/Karachi"
    assert "3 Jan 2026, 03:30 PKT" in client.get(article.get_absolute_url()).content.decode()
    client.cookies["zone"] = "../../etc/passwd"
    assert "2 Jan 2026, 22:30 UTC" in client.get(article.get_absolute_url()).content.decode()
