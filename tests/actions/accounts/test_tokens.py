"""Access tokens: who may create and revoke them, which ones, and when their use is noted."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from claims.actions import create_token, revoke_token
from claims.actions.accounts import tokens
from claims.actions.accounts.tokens import note_use, revoke_all_tokens
from claims.choices import TokenScope
from claims.errors import InvalidValueError, NotAllowedError
from claims.models import AccessToken

FIRST, SECOND, *_REST = TokenScope


def create(actor: User, owner: User | None = None, **fields) -> tuple[AccessToken, str]:
    fields = {"name": "Website", "scopes": [FIRST.value], **fields}
    return create_token(actor=actor, owner=owner or actor, **fields)


@pytest.fixture
def boss(db) -> User:
    return User.objects.create_superuser("sam")


def test_it_begins_as_is_kept_and_allows_what_was_chosen_in_one_order(editor):
    token, secret = create(editor, name="  Our   website ", scopes=[SECOND.value, FIRST.value])
    assert (token.name, token.scopes) == ("Our website", [FIRST.value, SECOND.value])
    assert secret.startswith("cwt_")
    assert token.beginning == secret[:12]
    assert (token.client_id, token.expires_at) == ("", None)
    assert LogEntry.objects.get().user == editor


def test_one_for_a_system_has_an_id(editor):
    token, _secret = create(editor, system=True)
    assert token.client_id.startswith("cwc_")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"scopes": []}, "at least one scope"),
        ({"scopes": ["everything"]}, "at least one scope"),
        ({"scopes": [FIRST.value, "everything"]}, "at least one scope"),
        ({"name": " "}, "blank"),
        ({"last_day": date(9001, 1, 1)}, "too far away"),
    ],
)
def test_what_is_missing_or_makes_no_sense_is_told(editor, fields, why):
    with pytest.raises(InvalidValueError, match=why):
        create(editor, **fields)
    assert not AccessToken.objects.exists()


def test_its_last_day_is_today_at_the_earliest(editor):
    today = timezone.localdate()
    token, _secret = create(editor, last_day=today)
    assert timezone.localtime(token.expires_at).date() == today + timedelta(days=1)
    assert create(editor, last_day=date(9000, 12, 31))[0].expires_at
    with pytest.raises(InvalidValueError, match="in the past"):
        create(editor, last_day=today - timedelta(days=1))


def test_an_account_has_so_many_that_work(editor, chief, monkeypatch):
    monkeypatch.setattr(tokens, "MOST", 2)
    first, _secret = create(editor)
    create(editor)
    with pytest.raises(InvalidValueError, match="at most 2 tokens"):
        create(editor)
    create(chief)
    revoke_token(actor=editor, token_id=first.pk)
    create(editor)


def test_only_an_administrator_creates_and_revokes_those_of_others(editor, chief, boss):
    with pytest.raises(NotAllowedError):
        create(chief, editor)
    token, _secret = create(boss, editor)
    assert token.owner == editor
    with pytest.raises(NotAllowedError):
        revoke_token(actor=chief, token_id=token.pk)
    assert AccessToken.objects.valid().exists()
    revoke_token(actor=boss, token_id=token.pk)
    assert not AccessToken.objects.valid().exists()


def test_it_is_revoked_once(editor):
    token, _secret = create(editor)
    first = revoke_token(actor=editor, token_id=token.pk).revoked_at
    assert first
    assert revoke_token(actor=editor, token_id=token.pk).revoked_at == first
    assert LogEntry.objects.filter(change_message="revoked").count() == 1


def test_all_those_of_an_account_that_are_left_are_revoked(editor, chief):
    first, second, other = create(editor)[0], create(editor)[0], create(chief)[0]
    before = revoke_token(actor=editor, token_id=first.pk).revoked_at
    revoke_all_tokens(editor)
    for token in (first, second, other):
        token.refresh_from_db()
    assert first.revoked_at == before
    assert second.revoked_at > before
    assert other.revoked_at is None


@pytest.mark.parametrize(
    ("before", "is_noted"),
    [
        (None, True),
        (timedelta(seconds=59), False),
        (timedelta(seconds=60), False),
        (timedelta(seconds=60, microseconds=1), True),
    ],
)
def test_its_use_is_noted_once_a_minute(editor, monkeypatch, before, is_noted):
    token, _secret = create(editor)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    token.last_used_at = None if before is None else now - before
    token.save()
    note_use(token)
    token.refresh_from_db()
    assert (token.last_used_at == now) is is_noted
