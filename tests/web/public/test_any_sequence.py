"""Whatever is done in whatever order: every published digest can be computed, and all that is public says one verdict."""

import csv
import io
import json
import re

from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.actions import (
    change_newsroom,
    correct_fact,
    correct_notice,
    decide_claim,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.choices import Verdict
from claims.errors import WorkbenchError
from claims.models import Claim, Correction, Report, ReportedClaim, Snapshot
from claims.queries.reports.editions import edition_of
from claims.renderers.data.claimreview_rules import ENGLISH
from claims.renderers.digest import digest
from tests.conftest import version_of

CLAIMS = 2
"""How many claims the reports have: enough for them to differ."""

STEPS = st.one_of(
    st.tuples(st.just("decide"), st.integers(0, CLAIMS - 1), st.sampled_from(Verdict.values)),
    st.tuples(st.just("publish"), st.booleans()),
    st.tuples(st.just("show"), st.integers(0, 3)),
    st.tuples(st.just("withdraw"), st.integers(0, 3)),
    st.tuples(st.just("correct"), st.integers(0, 3)),
    st.tuples(st.just("fact"), st.integers(0, 3), st.integers(0, CLAIMS - 1)),
    st.tuples(st.just("amend"), st.integers(0, 3)),
)


class Newsroom:
    """What a newsroom does, by the names of the steps; a step that is not possible now does nothing."""

    def __init__(self, chief: User, claims: list[Claim]) -> None:
        self.chief, self.claims, self.number = chief, claims, 0

    def words(self) -> str:
        self.number += 1
        return f"Words {self.number}."

    def decide(self, place: int, verdict: str) -> None:
        claim = self.claims[place]
        decide_claim(
            actor=self.chief, verdict=Verdict(verdict), reason=self.words(), **version_of(claim)
        )

    def publish(self, whole: bool) -> None:
        chosen = self.claims if whole else self.claims[:1]
        claims = Claim.objects.filter(pk__in=[claim.pk for claim in chosen])
        made = draft_report(actor=self.chief, title=self.words(), claims=claims)
        seen = edition_of(actor=self.chief, report=made).digest
        publish_report(actor=self.chief, report_id=made.pk, seen=seen)
        set_public(actor=self.chief, report_id=made.pk, public=True)

    def show(self, place: int) -> None:
        if found := nth(Report.objects.order_by("pk"), place):
            set_public(actor=self.chief, report_id=found.pk, public=True)

    def withdraw(self, place: int) -> None:
        if found := nth(Report.objects.order_by("pk"), place):
            set_public(actor=self.chief, report_id=found.pk, public=False, notice=self.words())

    def correct(self, place: int) -> None:
        if found := nth(Correction.objects.open().order_by("pk"), place):
            publish_correction(
                actor=self.chief,
                correction_id=found.pk,
                decision_id=found.decision_id,
                notice=self.words(),
            )

    def fact(self, place: int, claim: int) -> None:
        rows = ReportedClaim.objects.filter(claim=self.claims[claim]).order_by("pk")
        if found := nth(rows, place):
            correct_fact(
                actor=self.chief,
                report_id=found.report_id,
                claim_id=found.claim_id,
                notice=self.words(),
            )

    def amend(self, place: int) -> None:
        if found := nth(Correction.objects.published(), place):
            correct_notice(actor=self.chief, correction_id=found.pk, notice=self.words())


def nth(rows, place: int):
    return rows[place : place + 1].first()


def last_told(claim: Claim) -> str:
    """The verdict that the public was told last of a claim: in a report, or in a notice on one."""
    told = [
        (row.report.published_at, row.pk, row.verdict)
        for row in ReportedClaim.objects.filter(claim=claim, report__public=True)
    ]
    told += [
        (row.published_at, row.pk, row.decision.verdict)
        for row in Correction.objects.published().filter(
            reported__claim=claim, reported__report__public=True
        )
    ]
    return max(told)[2]


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.getvalue().decode()


def check_digests() -> None:
    for snapshot in Snapshot.objects.all():
        assert digest(snapshot.data.encode()) == snapshot.digest
    for report in Report.objects.public():
        file = json.loads(read(reverse("public-report-file", args=[report.pk, "json"])))
        data = json.dumps(file["report"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert digest(data.encode()) == file["digest"]
        assert file["digest"] in read(reverse("public-report", args=[report.pk]))


def check_claim(claim: Claim) -> None:
    """The claim's page, its markup, and every report with it, as a page and as files, say what was told last."""
    reports = [row.report for row in ReportedClaim.objects.filter(claim=claim, report__public=True)]
    address = reverse("public-claim", args=[claim.pk])
    if not reports:
        withdrawn = Report.objects.withdrawn().filter(claims__claim=claim).exists()
        assert Client().get(address).status_code == (410 if withdrawn else 404)
        return
    verdict = last_told(claim)
    page = read(address)
    assert re.search(r'<p class="verdict (\w+)">', page)[1] == verdict
    markup = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert bool(markup) == (verdict in ENGLISH)
    if markup:
        rating = json.loads(markup[1])["reviewRating"]
        assert rating["alternateName"] == ENGLISH[verdict]
    check_lists(claim, verdict)
    in_sitemap = f"{address}</loc>" in read(reverse("public-sitemap-section", args=["claims"]))
    assert in_sitemap == (verdict in ENGLISH)
    for report in reports:
        whole = read(reverse("public-report", args=[report.pk]))
        entry = whole.partition(f'id="claim-{claim.pk}"')[2]
        assert re.search(r'class="verdict verdict--small (\w+)"', entry)[1] == verdict
        file = json.loads(read(reverse("public-report-file", args=[report.pk, "json"])))
        published = {line["id"]: line["verdict"] for line in file["report"]["lines"]}
        assert file["verdicts_in_force"].get(str(claim.pk), published[claim.pk]) == verdict


def check_lists(claim: Claim, verdict: str) -> None:
    """The card, the list of checks and the feed of reviews say it too; a pending claim is in neither."""
    card = read(reverse("public-card", args=[claim.pk]))
    assert re.search(r'<p class="verdict verdict--small (\w+)">', card)[1] == verdict
    address = reverse("public-claim", args=[claim.pk])
    for one in ENGLISH:
        listed = read(f"{reverse('public-checks')}?verdict={one}")
        assert (f'href="{address}"' in listed) == (verdict == one)
    feed = json.loads(read(reverse("public-claimreview")))
    told = {
        item["item"]["url"]: item["item"]["reviewRating"]["alternateName"]
        for item in feed["dataFeedElement"]
    }
    expected = ENGLISH.get(verdict)
    assert told.get(f"https://desk.example.org{address}") == expected


def check_desk_files(chief: User, browser: Client) -> None:
    for report in Report.objects.public():
        address = reverse("report-public-file", args=[report.pk, "csv"])
        rows = csv.DictReader(io.StringIO(browser.get(address).getvalue().decode()))
        for row in rows:
            assert row["verdict"] == last_told(Claim.objects.get(pk=row["id"]))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, *HealthCheck])
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_all_that_is_public_says_one_verdict_and_keeps_its_digests(chief, article, steps):
    claims = list(Claim.objects.of_article(article).in_reading_order()[:CLAIMS])
    with transaction.atomic():
        browser = Client()
        browser.force_login(chief)
        change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)"})
        newsroom = Newsroom(chief, claims)
        newsroom.publish(whole=True)
        for name, *given_to_it in steps:
            try:
                getattr(newsroom, name)(*given_to_it)
            except WorkbenchError:
                continue
        check_digests()
        for claim in claims:
            check_claim(claim)
        check_desk_files(chief, browser)
        transaction.set_rollback(True)
