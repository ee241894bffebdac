"""The page of one's own access tokens."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions import create_token
from claims.models import AccessToken
from tests.api.conftest import Program

PAGE = {"name": "website", "scopes": ["read", "intake"]}


@pytest.fixture
def desk(client, editor) -> Client:
    """A browser in which an editor has just logged in with the password."""
    client.post(reverse("login"), {"username": editor.username, "password": "correct horse"})
    return client


def test_whoever_logged_in_long_ago_is_asked_who_they_are(client, editor):
    client.force_login(editor)
    answer = client.post(reverse("tokens"), PAGE)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not AccessToken.objects.exists()


def test_a_token_is_shown_once(desk, editor):
    answer = desk.post(reverse("tokens"), PAGE)
    assert answer.status_code == 201
    (secret,) = re.findall(r'value="(cwt_[\w-]+)"', answer.content.decode())
    assert Program(secret).get("/account")["username"] == editor.username
    again = desk.get(reverse("tokens")).content.decode()
    assert secret not in again
    assert "website" in again
    assert AccessToken.objects.get().scopes == ["read", "intake"]


def test_a_system_gets_an_id_and_a_secret(desk):
    page = desk.post(reverse("tokens"), PAGE | {"system": "on"}).content.decode()
    assert re.search(r'value="cwc_[0-9a-f]{24}"', page)
    assert "Client secret" in page


def test_what_was_typed_stays(desk):
    answer = desk.post(
        reverse("tokens"), {"name": "website", "last_day": "2020-01-01", "scopes": ["read"]}
    )
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="website"' in page
    assert "the last day is in the past" in page
    assert not AccessToken.objects.exists()


def test_a_token_without_a_scope_is_not_created(desk):
    assert desk.post(reverse("tokens"), {"name": "website"}).status_code == 400
    assert not AccessToken.objects.exists()


def test_a_revoked_token_is_listed_as_such(desk, editor):
    token, secret = create_token(actor=editor, owner=editor, name="website", scopes=["read"])
    page = desk.post(reverse("revoke-token", args=[token.pk]), follow=True).content.decode()
    assert "The token “website” is revoked." in page
    assert reverse("revoke-token", args=[token.pk]) not in page
    assert Program(secret).ask("GET", "/account").status_code == 401


def test_the_newest_stands_first(desk, editor):
    for name in ("website", "archive"):
        create_token(actor=editor, owner=editor, name=name, scopes=["read"])
    listed = desk.get(reverse("tokens")).context["tokens"]
    assert [one.name for one in listed] == ["archive", "website"]


def test_somebody_elses_token_is_not_there(desk, chief):
    token, _secret = create_token(actor=chief, owner=chief, name="of the chief", scopes=["read"])
    assert desk.post(reverse("revoke-token", args=[token.pk])).status_code == 404
    assert "of the chief" not in desk.get(reverse("tokens")).content.decode()
    token.refresh_from_db()
    assert token.revoked_at is None
