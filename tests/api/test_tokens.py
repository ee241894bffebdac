"""What a token opens, and when it stops."""

import base64
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.test import Client
from django.utils import timezone

from claims.actions import (
    close_account,
    create_token,
    reset_password,
    revoke_token,
    set_active,
)
from claims.api import auth
from claims.choices import TokenScope
from claims.errors import InvalidValueError, NotAllowedError
from claims.models import AccessToken
from tests.api.conftest import Program, program_of


def status(program: Program) -> int:
    return program.ask("GET", "/account").status_code


def test_a_token_tells_whose_it_is(program, editor):
    told = program.get("/account")
    assert told["username"] == editor.username
    assert told["role"] == "editor"
    assert set(told["scopes"]) == set(TokenScope.values)


@pytest.mark.parametrize("secret", ["", "cwt_", "cwt_nobody-has-this", "a:b:c", "\u00e9"])
def test_no_other_text_opens_anything(db, secret):
    answer = Client().get(
        "/api/v1/account", headers={"Authorization": f"Bearer {secret}"} if secret else {}
    )
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_login_of_the_desk_opens_nothing(desk):
    assert desk.get("/api/v1/account").status_code == 401


def test_only_the_digest_is_stored(editor):
    token, secret = create_token(actor=editor, owner=editor, name="website", scopes=["read"])
    assert secret not in str(AccessToken.objects.values().get())
    assert secret.startswith(token.beginning)
    assert LogEntry.objects.get().object_repr == "website"
    assert secret not in str(LogEntry.objects.values().get())


def test_a_revoked_token_opens_nothing(editor, program):
    assert status(program) == 200
    revoke_token(actor=editor, token_id=AccessToken.objects.get().pk)
    assert status(program) == 401


def test_an_expired_token_opens_nothing(editor):
    program = program_of(editor, last_day=timezone.localdate())
    assert status(program) == 200
    AccessToken.objects.update(expires_at=timezone.now())
    assert status(program) == 401


def test_a_closed_account_opens_nothing(editor, program):
    editor.is_active = False
    editor.save()
    assert status(program) == 401


def test_the_tokens_of_a_closed_account_do_not_work_when_it_is_opened_again(
    admin_user, editor, program
):
    close_account(actor=admin_user, account=editor, hand_over_to=None)
    set_active(actor=admin_user, account=editor, active=True)
    assert status(program) == 401


def test_a_token_allows_no_more_than_its_scopes(editor, claim):
    program = program_of(editor, ["read"])
    answer = program.post(
        f"/claims/{claim.pk}/decisions", {"verdict": "verified"}, seen=claim.version
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient-scope")
    assert not claim.decisions.exists()


def test_a_token_allows_no_more_than_its_accounts_role(reader, claim):
    program = program_of(reader)
    answer = program.post(
        f"/claims/{claim.pk}/decisions", {"verdict": "verified"}, seen=claim.version
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


def test_when_it_was_last_used_is_noted(editor, program):
    assert AccessToken.objects.get().last_used_at is None
    program.get("/account")
    assert AccessToken.objects.get().last_used_at is not None


def test_people_manage_their_own_tokens_and_administrators_all(editor, chief, admin_user):
    with pytest.raises(NotAllowedError):
        create_token(actor=chief, owner=editor, name="x", scopes=["read"])
    token, _secret = create_token(actor=admin_user, owner=editor, name="x", scopes=["read"])
    with pytest.raises(NotAllowedError):
        revoke_token(actor=chief, token_id=token.pk)
    assert revoke_token(actor=editor, token_id=token.pk).revoked_at


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"scopes": []},
        {"scopes": ["all"]},
        {"last_day": timezone.localdate() - timedelta(days=1)},
        {"last_day": date(9999, 12, 31)},
    ],
)
def test_what_is_no_token_is_refused(editor, wrong):
    fields = {"name": "x", "scopes": ["read"]} | wrong
    with pytest.raises(InvalidValueError):
        create_token(actor=editor, owner=editor, **fields)
    assert not AccessToken.objects.exists()


def ask_for_token(token: AccessToken, secret: str, **more: str):
    sent = {
        "grant_type": "client_credentials",
        "client_id": token.client_id,
        "client_secret": secret,
    }
    return Client().post("/api/v1/oauth/token", sent | more)


@pytest.fixture
def system(editor) -> tuple[AccessToken, str]:
    return create_token(
        actor=editor, owner=editor, name="cms", scopes=["read", "intake"], system=True
    )


def test_a_system_exchanges_its_secret_for_a_short_lived_token(system):
    token, secret = system
    assert status(Program(secret)) == 401
    answer = ask_for_token(token, secret)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert (told["token_type"], told["expires_in"], told["scope"]) == (
        "Bearer",
        3600,
        "read intake",
    )
    assert Program(told["access_token"]).get("/account")["scopes"] == ["intake", "read"]


def test_a_system_may_ask_for_less(system):
    told = ask_for_token(*system, scope="read").json()
    assert Program(told["access_token"]).get("/account")["scopes"] == ["read"]
    more = ask_for_token(*system, scope="read publish")
    assert (more.status_code, more.json()["code"]) == (400, "invalid_scope")


def test_a_system_may_send_its_secret_as_basic(system):
    token, secret = system
    basic = base64.b64encode(f"{token.client_id}:{secret}".encode()).decode()
    answer = Client().post(
        "/api/v1/oauth/token",
        {"grant_type": "client_credentials"},
        headers={"Authorization": f"Basic {basic}"},
    )
    assert answer.status_code == 200


def test_a_short_lived_token_ends_with_its_hour_and_its_system(system, editor, monkeypatch):
    program = Program(ask_for_token(*system).json()["access_token"])
    assert status(program) == 200
    with monkeypatch.context() as patch:
        patch.setattr(auth, "LASTS", -1)
        assert status(program) == 401
    revoke_token(actor=editor, token_id=system[0].pk)
    assert status(program) == 401


def test_a_wrong_secret_gets_no_token(system):
    token, _secret = system
    assert ask_for_token(token, "cwt_wrong").status_code == 401
    assert ask_for_token(token, "").status_code == 401
    forged = signing.dumps([token.pk, ["publish"]], salt="another")
    assert status(Program(forged)) == 401


def test_a_token_may_ask_only_so_often(program, settings):
    settings.API_REQUESTS_PER_MINUTE = 3
    answers = [program.ask("GET", "/account") for _time in range(8)]
    # A minute may end among them.
    refused = [one for one in answers if one.status_code == 429]
    assert refused
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 60
    assert refused[0].json()["code"] == "too-many-requests"


def test_answers_are_kept_by_no_cache(program):
    assert program.ask("GET", "/account").headers["Cache-Control"] == "no-store, private"


def test_a_reset_password_revokes_tokens(admin_user, editor, program):
    reset_password(actor=admin_user, account=editor)
    assert status(program) == 401


def test_a_role_that_needs_a_second_factor_needs_it_here_too(editor, program, settings):
    settings.REQUIRE_SECOND_FACTOR = ["editor"]
    answer = program.ask("GET", "/account")
    assert (answer.status_code, answer.json()["code"]) == (403, "second-factor-required")
    Authenticator.objects.create(user=editor, type=Authenticator.Type.TOTP, data={})
    assert status(program) == 200


def test_a_wrong_secret_is_told_as_oauth_has_it(system):
    answer = ask_for_token(system[0], "cwt_wrong")
    assert answer.json()["error"] == "invalid_client"
    assert answer.headers["Cache-Control"] == "no-store"
