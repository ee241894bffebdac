"""Addresses with a user name or a password are refused in every address field."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.urls import reverse

from claims.actions import EvidenceDraft, add_evidence
from claims.errors import InvalidValueError
from claims.models import Evidence
from claims.models.newsroom import WEB_ADDRESS

SECRET = "https://edda:hunter2@desk.example.org/notice"
FIELDS = [
    (model, field)
    for model in apps.get_app_config("claims").get_models()
    for field in model._meta.concrete_fields
    if WEB_ADDRESS in field.validators
]


def test_there_are_such_fields():
    assert {
        "evidence.url",
        "evidence.archive_url",
        "article.url",
        "outlet.url",
        "feed.address",
    } <= {f"{model._meta.model_name}.{field.name}" for model, field in FIELDS}


@pytest.mark.parametrize(
    "field", [field for _model, field in FIELDS], ids=[str(field) for _model, field in FIELDS]
)
@pytest.mark.parametrize("address", [SECRET, "http://edda@desk.example.org/"])
def test_each_refuses_it_in_words(field, address):
    with pytest.raises(ValidationError, match="contains a user name or a password"):
        field.run_validators(address)


def test_an_at_sign_further_on_is_no_password():
    WEB_ADDRESS("https://social.example.org/@ada?mail=ada@example.org")


@pytest.mark.parametrize("name", ["url", "archive_url"])
def test_the_desk_says_so_and_keeps_nothing(desk, claim, name):
    sent = {
        "version": 1,
        "evidence-url": "https://example.org/",
        "evidence-stance": "for",
        "evidence-looked_up": "2026-01-01",
        f"evidence-{name}": SECRET,
    }
    answer = desk.post(reverse("add-evidence", args=[claim.pk]), sent)
    assert answer.status_code == 400
    assert "contains a user name or a password" in answer.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("name", ["url", "archive_url"])
def test_the_action_refuses_it(editor, claim, name):
    draft = EvidenceDraft(**{"title": "Notice", "url": "https://example.org/", name: SECRET})
    with pytest.raises(InvalidValueError, match="contains a user name or a password"):
        add_evidence(actor=editor, claim_id=claim.pk, version=1, evidence=draft)


def test_a_pasted_article_with_one_is_not_kept(desk):
    sent = {"headline": "H", "text": "It rained.", "language": "en", "url": SECRET}
    answer = desk.post(reverse("new-article"), sent)
    assert "contains a user name or a password" in answer.content.decode()
