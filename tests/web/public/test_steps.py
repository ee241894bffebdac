"""What everyone can read after each step of a report's life: each field has a word, which is looked for everywhere."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import (
    correct_fact,
    draft_report,
    publish_correction,
    publish_report,
    set_public,
)
from claims.models import Claim, Correction, Desk, Report, Source, Tag
from claims.queries.reports.editions import edition_of
from tests.web.public.test_public_fields import READ_BY_ALL, Words, public_texts, report, text_of

__all__ = ["report"]
"""A fixture of the module beside: a public report with all that a desk keeps around it."""

TOLD = READ_BY_ALL | {"Report.withdrawal"}


@pytest.fixture
def words() -> Words:
    return Words()


def leaks(words: Words, texts) -> dict[str, set[str]]:
    """The places where a word shows that is not for everyone, by its field."""
    found: dict[str, set[str]] = {}
    for place, text in texts:
        for field, word in words.of.items():
            if field not in TOLD and word in text:
                found.setdefault(field, set()).add(place)
    return found


def site(report: Report):
    """Every public address that there may be of a report, whatever answers there."""
    everybody = Client()
    claims = Claim.objects.values_list("pk", flat=True)
    for address in (
        reverse("public-reports"),
        reverse("public-checks"),
        reverse("public-claimreview"),
        reverse("public-feed"),
        reverse("public-json-feed"),
        reverse("public-corrections"),
        reverse("public-sitemap"),
        *(
            reverse(f"public-{name}{end}", args=[pk])
            for name, model in (("source", Source), ("topic", Tag), ("desk", Desk))
            for end in ("", "-feed")
            for pk in model._default_manager.values_list("pk", flat=True)
        ),
        *(reverse("public-card", args=[claim]) for claim in claims),
        reverse("public-report", args=[report.pk]),
        *(reverse("public-claim", args=[claim]) for claim in claims),
        *(reverse("public-report-file", args=[report.pk, key]) for key in ("json", "pdf")),
    ):
        yield address, text_of(everybody.get(address).getvalue())


def test_nothing_internal_shows_after_any_step(chief, editor, report, words):
    # Corrected, and the notice itself as well: both by the fixture.
    assert leaks(words, public_texts(report)) == {}

    claim = report.claims.first().claim_id
    for open_one in Correction.objects.open():
        publish_correction(
            actor=chief,
            correction_id=open_one.pk,
            decision_id=open_one.decision_id,
            notice=words.word("Correction.notice"),
        )
    assert leaks(words, public_texts(report)) == {}

    correct_fact(
        actor=chief,
        report_id=report.pk,
        claim_id=claim,
        notice=f"{words.word('Correction.notice')} again",
    )
    assert leaks(words, public_texts(report)) == {}

    draft = draft_report(
        actor=chief,
        title=words.word("Report (second).title"),
        claims=Claim.objects.filter(pk=claim),
        scope=f"Assigned to: {words.word('Report.scope')}",
    )
    assert leaks(words, site(draft)) == {}
    seen = edition_of(actor=chief, report=draft).digest
    publish_report(actor=chief, report_id=draft.pk, seen=seen)
    assert leaks(words, site(draft)) == {}

    notice = words.word("Report.withdrawal")
    set_public(actor=chief, report_id=report.pk, public=False, notice=notice)
    shown = dict(site(report))
    assert leaks(words, shown.items()) == {}
    gone = shown[reverse("public-report", args=[report.pk])]
    assert notice in gone
    # Of a withdrawn report, only that it was withdrawn, and why.
    kept = {"Report.withdrawal", *(name for name in TOLD if name.startswith("Newsroom."))}
    assert [name for name in TOLD - kept if words.of.get(name, "zq-none") in gone] == []
