"""What browsers and proxies may cache, which features they may use, and how long a login lasts."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions import EvidenceDraft, add_evidence, draft_report, publish_report, set_public
from claims.choices import Verdict
from claims.queries.reports.editions import edition_of
from claims.web.site.idle import ACTIVE, REFRESH
from tests.models import rows

PRIVATE = "no-store, private"


class TestCaches:
    def test_nothing_behind_the_login_is_kept(self, desk, editor, article, claim):
        document = EvidenceDraft(title="Register", url="https://register.example.org/olm")
        evidence = add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=document)
        addresses = {
            article.get_absolute_url(): 200,
            reverse("dashboard"): 200,
            reverse("claims"): 200,
            reverse("article-report", args=[article.pk]): 200,
            reverse("article-report-file", args=[article.pk, "csv"]): 200,
            reverse("claim", args=[claim.pk]): 302,
            reverse("article", args=[999]): 404,
            f"{reverse('claims')}export/?every=1": 200,
            "/admin/claims/claim/": 200,
            reverse("evidence-file", args=[evidence.pk]): 404,
        }
        for address, status in addresses.items():
            answer = desk.get(address)
            assert (answer.status_code, answer["Cache-Control"]) == (status, PRIVATE), address

    def test_downloads_of_lists_are_not_kept_either(self, desk, article):
        answer = desk.post(reverse("export-claims"), {"list": "", "every": "1", "format": "csv"})
        assert (answer.status_code, answer["Cache-Control"]) == (200, PRIVATE)

    def test_public_pages_may_be(self, client, editor, chief, article):
        made = draft_report(actor=editor, title="Bridges", article=article)
        seen = edition_of(actor=chief, report=made).digest
        publish_report(actor=chief, report_id=made.pk, seen=seen)
        set_public(actor=chief, report_id=made.pk, public=True)
        for name in ("public-reports", "public-report"):
            answer = client.get(reverse(name, args=[made.pk] if name == "public-report" else []))
            assert answer.status_code == 200
            assert "no-store" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["dashboard", "login", "public-reports"])
def test_no_page_has_powers_that_it_does_not_use(desk, name):
    policy = desk.get(reverse(name))["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()"} <= set(policy)
    # A browser that does not know a feature logs a warning on every page.
    assert "bluetooth=()" not in policy


class TestIdle:
    @pytest.fixture
    def ends(self, desk):
        """When the session ends, as the server has it."""

        def ends():
            return Session.objects.get(pk=desk.session.session_key).expire_date

        return ends

    @pytest.fixture
    def idle(self, desk):
        """Let the person have done nothing for so many seconds."""

        def idle(seconds: int) -> None:
            session = desk.session
            session[ACTIVE] -= seconds
            session.save()
            left = timedelta(seconds=settings.SESSION_COOKIE_AGE - seconds)
            Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() + left)

        return idle

    def test_it_lasts_half_a_day_without_a_setting(self, desk, ends):
        assert settings.SESSION_COOKIE_AGE == 720 * 60
        assert ends() <= timezone.now() + timedelta(minutes=720)

    def test_after_the_limit_one_logs_in_again(self, desk, idle):
        idle(settings.SESSION_COOKIE_AGE + 1)
        answer = desk.get(reverse("dashboard"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("login"))

    def test_who_does_something_has_another_whole_limit(self, desk, ends, idle):
        idle(settings.SESSION_COOKIE_AGE - 60)
        almost_over = ends()
        answer = desk.get(reverse("dashboard"))
        assert ends() > almost_over + timedelta(hours=11)
        assert answer.cookies["sessionid"]["max-age"] == settings.SESSION_COOKIE_AGE

    @pytest.mark.parametrize("asked", ["presence", "bulk change"])
    def test_an_open_page_that_asks_by_itself_is_nobody_at_work(
        self, desk, editor, article, ends, idle, asked
    ):
        idle(settings.SESSION_COOKIE_AGE - 60)
        almost_over = ends()
        bulk = rows.bulk_change(editor, fields={"verdict": Verdict.VERIFIED})
        address, ask = {
            "presence": (reverse("presence", args=[article.pk]), desk.post),
            "bulk change": (reverse("bulk-change", args=[bulk.pk]), desk.get),
        }[asked]
        assert ask(address, headers={"HX-Request": "true"}).status_code == 200
        assert ends() == almost_over

    def test_it_is_written_again_at_the_very_second(self, desk, ends, monkeypatch):
        for later, extended in ((REFRESH - 1, False), (REFRESH, True)):
            now = desk.session[ACTIVE] + later
            monkeypatch.setattr("claims.web.site.idle.time", lambda now=now: now + 0.5)
            before = ends()
            desk.get(reverse("dashboard"))
            assert (ends() > before) == extended

    def test_it_is_written_no_more_often_than_each_few_minutes(self, desk, idle):
        for seconds, writes in ((0, False), (REFRESH // 2, False), (REFRESH, True), (0, False)):
            idle(seconds)
            with CaptureQueriesContext(connection) as queries:
                desk.get(reverse("dashboard"))
            written = [one["sql"] for one in queries if "django_session" in one["sql"]]
            assert any(sql.startswith("UPDATE") for sql in written) == writes


WORDS = "Rain fell over Ostrey,\nAda Venn said."


def test_what_was_typed_comes_back_where_the_login_has_expired(client, db):
    form = {"headline": "Rain over Ostrey", "body": WORDS, "version": "1"}
    answer = client.post("/articles/new/", form)
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Your login has expired" in page
    assert [page.count(f">{words}</textarea>") for words in ("Rain over Ostrey", WORDS, "1")] == [
        1,
        1,
        0,
    ]


def test_logging_out_twice_leads_to_the_login(client, db):
    assert client.post("/logout/").headers["Location"] == "/login/?next=/"


def test_what_everybody_may_read_is_alike_for_all(client, editor):
    client.force_login(editor)
    for address in ("/robots.txt", "/healthz"):
        assert "Cookie" not in client.get(address).headers.get("Vary", "")


@pytest.mark.parametrize(
    "key", ['"\\000aaaaaaaaaaaaaaaa"', '"\\377aaaaaaaaaaaaaaaa"', "a" * 5_000, "a"]
)
def test_a_cookie_that_can_be_no_sessions_is_none(db, key):
    client = Client(raise_request_exception=False)
    answer = client.get("/", headers={"Cookie": f"sessionid={key}"})
    assert (answer.status_code, answer.url) == (302, "/login/?next=/")
