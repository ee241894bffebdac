"""Verdicts are in the same order wherever they appear side by side."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions import draft_report
from claims.choices import Verdict
from claims.models import Claim
from claims.queries.workload import days_of_work
from claims.web.components.charts import verdicts
from claims.web.dashboard import chart_of

ORDER = ["verified", "disputed", "pending"]
"""The desk's words for them, in the order of the keys 1, 2 and 3."""


def test_it_is_that_of_the_closed_list():
    assert Verdict.values == ORDER


def first_three(page: str, pattern: str) -> list[str]:
    """The first verdicts on a page that a pattern finds."""
    return [found for found in re.findall(pattern, page) if found in ORDER][:3]


COUNTS = r'class="count count--(\w+)"'
BUTTONS = r'name="verdict" value="(\w+)"'
FILTERS = r'href="[^"]*(?:show|verdict)=(\w+)"'
CHOICES = r'<option value="(\w+)"'


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("dashboard", COUNTS),
        ("articles", COUNTS),
        ("article", COUNTS),
        ("article", BUTTONS),
        ("article", FILTERS),
        ("claims", FILTERS),
        ("claims-filter", CHOICES),
        ("change-claims", CHOICES),
        ("source", COUNTS),
        ("report", COUNTS),
    ],
)
def test_on_the_pages(desk, editor, article, claim, name, pattern):
    report = draft_report(actor=editor, title="Bridges", claims=Claim.objects.all())
    source = Claim.objects.exclude(source=None).first().source
    address = {
        "article": article.get_absolute_url(),
        "source": reverse("source", args=[source.pk]),
        "report": report.get_absolute_url(),
        "change-claims": f"{reverse('change-claims')}?every=1",
    }.get(name) or reverse(name)
    page = desk.get(address).content.decode()
    assert first_three(page, pattern) == ORDER


@pytest.mark.ignore_template_errors
def test_in_data_entry(desk, claim):
    page = desk.get(reverse("admin:claims_claim_changelist")).content.decode()
    assert first_three(page, r'href="\?verdict=(\w+)"') == ORDER
    page = desk.get(reverse("admin:claims_decision_changelist")).content.decode()
    assert first_three(page, r'href="\?verdict__exact=(\w+)"') == ORDER


def test_in_the_charts(editor, claim):
    assert [one.key for one in verdicts()] == ORDER
    assert [one.key for one in chart_of(days_of_work([timezone.localdate()])).series][:2] == ORDER[
        :2
    ]
