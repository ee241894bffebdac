"""Matches and groups in data entry: read, and changed only on the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import take_over_verdict
from claims.models import ClaimGroup, ClaimMatch, Decision
from tests.actions.matching.conftest import claim_of, earlier, later, match
from tests.conftest import version_of
from tests.models import match_rows

__all__ = ["earlier", "later", "match"]


@pytest.fixture
def taken(client, chief, editor, later, match) -> Decision:
    client.force_login(chief)
    match.why = [["other_words", {"shared": "9"}]]
    match.save()
    return take_over_verdict(actor=editor, match_id=match.pk, **version_of(later))


def _shown(client, model, pk: int) -> str:
    name = f"admin:claims_{model._meta.model_name}_change"
    return client.get(reverse(name, args=[pk])).content.decode()


def test_a_match_says_who_settled_it_and_why_it_was_proposed(client, taken, match):
    page = _shown(client, ClaimMatch, match.pk)
    assert "Says the same" in page
    assert "Confirmed" in page
    assert "edda" in page
    assert "other_words <bdi>9</bdi>" in page
    assert 'name="_save"' not in page


def test_a_group_lists_its_claims(client, taken, earlier, later):
    group = ClaimGroup.objects.get()
    page = _shown(client, ClaimGroup, group.pk)
    for claim in (earlier, later):
        assert reverse("admin:claims_claim_change", args=[claim.pk]) in page
    assert 'name="_save"' not in page
    first, second = (
        page.index(f'"{reverse("admin:claims_claim_change", args=[claim.pk])}"')
        for claim in (earlier, later)
    )
    assert first < second
    listed = client.get(reverse("admin:claims_claimgroup_changelist")).content.decode()
    assert '<td class="field-number">2</td>' in listed


def test_a_decision_names_the_claim_that_it_took_over_from(client, taken, chief, earlier):
    words = "Ostrey counts its bridges"
    earlier.statement = words
    earlier.save()
    assert words in _shown(client, Decision, taken.pk)


@pytest.mark.parametrize("model", ["claimmatch", "claimgroup"])
def test_a_list_takes_as_many_queries_for_many(client, taken, editor, later, model):
    address = reverse(f"admin:claims_{model}_changelist")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    count()
    one = count()
    for month in (5, 6, 7):
        other = claim_of(editor, month)
        match_rows.match(later, other)
        match_rows.group(other)
    assert count() == one
