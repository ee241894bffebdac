"""The command that creates access tokens."""

import pytest
from django.core.management import CommandError, call_command

from claims.models import AccessToken
from tests.api.conftest import Program


def made(capsys, *options: str) -> str:
    call_command("make_token", *options)
    return capsys.readouterr().out.strip()


def test_the_token_works(editor, capsys):
    secret = made(capsys, "edda", "--name", "website", "--scope", "read", "--scope", "review")
    assert Program(secret).get("/account")["scopes"] == ["read", "review"]


def test_a_system_has_an_id(editor, capsys):
    client_id, _secret = made(capsys, "edda", "--name", "cms", "--system").split("\t")
    assert AccessToken.objects.get().client_id == client_id
    assert AccessToken.objects.get().scopes == ["read"]


def test_an_account_that_is_not_there_is_named(db):
    with pytest.raises(CommandError, match="“nobody”"):
        call_command("make_token", "nobody", "--name", "x")
