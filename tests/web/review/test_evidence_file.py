"""Downloading evidence files."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence


@pytest.fixture
def address(editor, claim) -> str:
    file = SimpleUploadedFile("notice.pdf", b"The bridge is closed.")
    evidence = EvidenceDraft(title="Notice", file=file)
    added = add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=evidence)
    return reverse("evidence-file", args=[added.pk])


def test_a_reader_gets_it(client, reader, address):
    client.force_login(reader)
    assert b"".join(client.get(address).streaming_content) == b"The bridge is closed."


def test_an_account_without_a_role_does_not(client, address):
    client.force_login(User.objects.create_user("nobody"))
    answer = client.get(address)
    assert answer.status_code == 403
    assert b"The bridge is closed." not in answer.content


def test_nobody_does_without_a_login(client, address):
    assert client.get(address).status_code == 302
