"""The desk's pages and answers, without a browser: who gets them, what a failure says, and in which zone times are."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse


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
