"""A public report with internal work around it, and someone without an account."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.actions import (
    EvidenceDraft,
    add_evidence,
    ask_second_check,
    change_newsroom,
    comment,
    decide_claim,
    draft_report,
    publish_report,
    second_check,
    set_public,
)
from claims.choices import Verdict
from claims.models import Article, Source
from claims.models import Correction as OpenCorrection
from claims.models import Report as ReportRecord
from claims.queries.reports.editions import edition_of
from tests.conftest import version_of
from tests.web.public.pages import INTERNAL


@pytest.fixture
def everybody() -> Client:
    """A browser of someone without an account."""
    return Client()


@pytest.fixture
def report(chief, editor, article, claim) -> ReportRecord:
    """A public report of an article, with everything internal around it."""
    second = User.objects.create_superuser("osric", first_name=INTERNAL["second"])
    User.objects.filter(pk=editor.pk).update(first_name=INTERNAL["checker"])
    User.objects.filter(pk=chief.pk).update(first_name=INTERNAL["maker"])
    editor.refresh_from_db()
    chief.refresh_from_db()
    change_newsroom(actor=chief, words={"name": "The Ostrey Desk (fiction)"})
    Article.objects.filter(pk=article.pk).update(
        url="https://courier.example.org/bridge", published_at=timezone.now()
    )
    Source.objects.filter(pk=claim.source_id).update(note=INTERNAL["source note"])
    for title, url, excerpt, confidential in (
        ("Notice of closure", "https://roads.example.org/notice", "Closed until May.", False),
        (
            INTERNAL["confidential title"],
            INTERNAL["confidential link"],
            INTERNAL["confidential excerpt"],
            True,
        ),
    ):
        added = add_evidence(
            actor=editor,
            evidence=EvidenceDraft(
                title=title, url=url, excerpt=excerpt, confidential=confidential
            ),
            **version_of(claim),
        )
        assert added.confidential == confidential
    decide_claim(
        actor=editor, verdict=Verdict.VERIFIED, reason="As the notice says.", **version_of(claim)
    )
    ask_second_check(actor=editor, **version_of(claim))
    second_check(actor=second, verdict=Verdict.VERIFIED, **version_of(claim))
    comment(actor=editor, claim_id=claim.pk, text=INTERNAL["comment"])
    made = draft_report(actor=chief, title="The bridge over the Olm", article=article)
    seen = edition_of(actor=chief, report=made).digest
    publish_report(actor=chief, report_id=made.pk, seen=seen)
    draft_report(actor=chief, title=INTERNAL["draft title"], article=article)
    add_evidence(
        actor=editor,
        evidence=EvidenceDraft(title=INTERNAL["later evidence"], url="https://later.example.org/"),
        **version_of(claim),
    )
    decide_claim(
        actor=editor,
        verdict=Verdict.DISPUTED,
        reason=INTERNAL["later reason"],
        **version_of(claim),
    )
    OpenCorrection.objects.update(notice=INTERNAL["open notice"])
    return set_public(actor=chief, report_id=made.pk, public=True)
