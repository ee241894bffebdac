"""People appear under their names everywhere, and never under their user names."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence, assign_claims, enter_record
from claims.models import Evidence, Source


@pytest.fixture
def maria(editor: User) -> User:
    editor.first_name, editor.last_name = "Maria", "Renn"
    editor.save()
    return editor


def test_whom_a_claim_was_assigned_to(desk, maria, chief, article, claim):
    assign_claims(actor=chief, versions={claim.pk: 1}, to=maria)
    for address in (reverse("article-history", args=[article.pk]), claim.get_absolute_url()):
        text = desk.get(address, follow=True).content.decode()
        assert '<ins dir="auto">Maria Renn</ins>' in text
        assert ">edda<" not in text


def test_whom_a_claim_can_be_assigned_to(desk, maria, claim):
    for address in (
        claim.get_absolute_url(),
        f"{reverse('change-claims')}?chosen={claim.pk}",
    ):
        text = desk.get(address, follow=True).content.decode()
        assert f'<option value="{maria.pk}">Maria Renn</option>' in text
        assert ">edda<" not in text


def test_who_entered_a_source(desk, maria):
    source = enter_record(actor=maria, record=Source(name="Ada Venn"))
    text = desk.get(reverse("source-history", args=[source.pk])).content.decode()
    assert "<bdi>Maria Renn</bdi>" in text


@pytest.mark.ignore_template_errors
def test_who_added_evidence(client, maria, chief, claim):
    draft = EvidenceDraft(title="Notice", url="https://example.org/notice")
    add_evidence(actor=maria, claim_id=claim.pk, version=1, evidence=draft)
    client.force_login(chief)
    listed = client.get(reverse("admin:claims_evidence_changelist")).content.decode()
    record = reverse("admin:claims_evidence_change", args=[Evidence.objects.get().pk])
    for text in (listed, client.get(record).content.decode()):
        assert "Maria Renn" in text
        assert "edda" not in text
