"""Whom public pages name: people who agree to it, for as long as they do, and never beside an open second check."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from claims.actions import (
    agree_to_byline,
    ask_second_check,
    close_account,
    decide_claim,
    draft_report,
    publish_report,
    withdraw_byline,
)
from claims.choices import Verdict
from claims.models import Report, Snapshot
from claims.queries.reports.editions import edition_of, frozen_edition
from claims.renderers import FORMATS
from claims.renderers.data.claimreview import review_of
from claims.renderers.digest import canonical
from claims.renderers.public import for_public
from claims.renderers.types import Term
from tests.conftest import version_of
from tests.web.public.pages import read, text_of

WRITER, CHECKER, CHIEF = "Quillon Marr", "Tamsin Orrey", "Edda Pell"


def published(chief: User, draft: Report) -> Report:
    seen = edition_of(actor=chief, report=draft).digest
    return publish_report(actor=chief, report_id=draft.pk, seen=seen, public=True)


@pytest.fixture
def checker(db) -> User:
    return User.objects.create_superuser("tamsin")


@pytest.fixture
def draft(editor, checker, article, claim) -> Report:
    """A draft of one person with a claim that another has decided."""
    decide_claim(actor=checker, verdict=Verdict.VERIFIED, reason="Seen.", **version_of(claim))
    return draft_report(actor=editor, title="Bridges", article=article)


@pytest.fixture
def agreed(editor, checker, chief) -> None:
    for actor, name in ((editor, WRITER), (checker, CHECKER), (chief, CHIEF)):
        agree_to_byline(actor=actor, name=name, about=f"What {name} does.")


@pytest.fixture
def everybody(db) -> Client:
    return Client()


def page(report: Report) -> str:
    return " ".join(read(Client(), reverse("public-report", args=[report.pk])).split())


def files(report: Report) -> dict[str, str]:
    """The public edition in each format."""
    edition = for_public(frozen_edition(Report.objects.get(pk=report.pk)))
    return {key: text_of(b"".join(one.write(edition))) for key, one in FORMATS.items()}


def people() -> str:
    return read(Client(), reverse("public-people"))


class TestAgreed:
    def test_the_page_of_a_report_says_who_did_what(self, agreed, chief, draft):
        shown = page(published(chief, draft))
        for words, name in (
            ("Written by", WRITER),
            ("Checked by", CHECKER),
            ("Approved by", CHIEF),
        ):
            assert f"{words} <bdi>{name}</bdi>" in shown

    def test_only_those_who_agree_are_named(self, checker, chief, draft):
        agree_to_byline(actor=checker, name=CHECKER)
        shown = page(published(chief, draft))
        assert f"Checked by <bdi>{CHECKER}</bdi>" in shown
        assert "Written by" not in shown
        assert "Approved by" not in shown

    def test_the_list_of_people_has_them_with_what_they_say(self, everybody, agreed):
        shown = people()
        assert '<meta name="robots" content="noindex">' not in shown
        assert shown.index(CHIEF) < shown.index(WRITER) < shown.index(CHECKER)
        assert f"What {WRITER} does." in shown
        assert reverse("public-people") in read(everybody, reverse("public-about"))

    def test_the_files_of_the_report_say_it_too(self, agreed, chief, draft):
        report = published(chief, draft)
        found = files(report)
        for key in ("html", "docx", "md", "json"):
            for name in (WRITER, CHECKER, CHIEF):
                assert name in found[key], key
        pdf = Client().get(reverse("public-report-file", args=[report.pk, "pdf"])).getvalue()
        assert CHECKER in PdfReader(BytesIO(pdf)).pages[0].extract_text()

    def test_a_report_from_before_names_them_on_its_page_alone(self, checker, chief, draft):
        report = published(chief, draft)
        before = files(report)
        agree_to_byline(actor=checker, name=CHECKER)
        assert f"Checked by <bdi>{CHECKER}</bdi>" in page(report)
        assert files(report) == before

    def test_the_review_for_search_engines_is_the_newsrooms(self, agreed, chief, draft, claim):
        report = published(chief, draft)
        edition = for_public(frozen_edition(report))
        newsroom = replace(edition.report.newsroom, name="The Ostrey Desk (fiction)")
        edition = replace(edition, report=replace(edition.report, newsroom=newsroom))
        line = next(one for one in edition.report.lines if one.id == claim.pk)
        line = replace(line, quotation=Term("direct", "Direct"), source="Oswin Tarrabel")
        review = review_of(edition, line)
        assert isinstance(review, dict)
        assert review["author"]["@type"] == "Organization"
        assert not any(name in json.dumps(review) for name in (WRITER, CHECKER, CHIEF))


class TestWithdrawn:
    def test_pages_stop_at_once_and_files_say_what_they_said(self, agreed, checker, chief, draft):
        report = published(chief, draft)
        assert CHECKER in page(report)
        assert CHECKER in people()
        before = files(report)
        withdraw_byline(actor=checker)
        assert CHECKER not in page(report)
        assert CHECKER not in people()
        assert WRITER in page(report)
        assert files(report) == before

    def test_a_later_report_names_them_nowhere(self, agreed, checker, chief, draft):
        withdraw_byline(actor=checker)
        report = published(chief, draft)
        assert CHECKER not in Snapshot.objects.get(report=report).data
        assert not any(CHECKER in text for text in files(report).values())

    def test_who_has_left_is_not_named(self, agreed, checker, chief, draft):
        report = published(chief, draft)
        assert CHECKER in page(report)
        admin = User.objects.create_superuser("adela")
        close_account(actor=admin, account=checker, hand_over_to=None)
        assert CHECKER not in page(report)
        assert CHECKER not in people()

    def test_without_anybody_nothing_is_listed_and_nobody_sent_there(self, everybody):
        assert "Nobody is named here." in people()
        assert '<meta name="robots" content="noindex">' in people()
        assert reverse("public-people") not in read(everybody, reverse("public-about"))


class TestBlind:
    def test_nobody_is_named_for_a_claim_whose_second_check_is_open(
        self, agreed, checker, chief, draft, claim
    ):
        report = published(chief, draft)
        assert CHECKER in page(report)
        ask_second_check(actor=checker, blind=True, **version_of(claim))
        assert CHECKER not in page(report)
        assert WRITER in page(report)

    def test_nor_in_the_files_of_a_report_that_is_published_then(
        self, agreed, checker, chief, draft, claim
    ):
        ask_second_check(actor=checker, blind=False, **version_of(claim))
        report = published(chief, draft)
        assert not any(CHECKER in text for text in files(report).values())
        assert any(WRITER in text for text in files(report).values())


def test_reports_without_names_keep_their_data(chief, draft):
    report = published(chief, draft)
    data = Snapshot.objects.get(report=report).data
    assert "bylines" not in data
    assert canonical(frozen_edition(report).report).decode() == data
