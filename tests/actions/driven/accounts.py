"""Actions on accounts."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet

from claims.access import Role
from claims.actions import workbench_account
from claims.choices import NoticeWay
from claims.errors import InvalidValueError, NotAllowedError, NotPossibleError
from claims.models import AccessToken, Byline, Claim, LoginBrake
from tests.actions.driven.driving import UNSPEAKABLE, Driven, Keywords
from tests.models import rows


def _to_employ_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"username": "new-editor", "role": Role.EDITOR}


def _nina() -> User:
    return User.objects.get_or_create(username="nina")[0]


def _with_app() -> User:
    nina = _nina()
    Authenticator.objects.get_or_create(user=nina, type=Authenticator.Type.TOTP, data={})
    return nina


def _nina_with_address() -> User:
    User.objects.filter(pk=_nina().pk).update(email="nina@ostrey.example")
    return _nina()


def _logged_in() -> User:
    nina = _nina()
    UserSession.objects.get_or_create(
        user=nina, session_key="of-nina", ip="192.0.2.1", user_agent="Browser"
    )
    return nina


def _otto() -> User:
    """Somebody who may do nothing."""
    return User.objects.get_or_create(username="otto")[0]


def _left() -> User:
    return User.objects.get_or_create(username="nora", is_active=False)[0]


def _to_promote_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"account": _nina(), "role": Role.EDITOR}


def _braked() -> QuerySet[LoginBrake]:
    LoginBrake.objects.get_or_create(
        username="nina", ip_address="192.0.2.1", user_agent="Browser", failures_since_start=5
    )
    return LoginBrake.objects.all()


def _on_accounts(keywords: Keywords, **options: Any) -> Driven:
    """An action of an administrator, which the command line's own account is not open to."""
    return Driven(
        **{
            "role": Role.CHIEF,
            "keywords": keywords,
            "breaks": lambda claim: {**keywords(claim), "account": workbench_account()},
            "failure": NotPossibleError,
            "log": "LogEntry",
            "actor_field": "user_id",
            "without": Role.CHIEF,
        }
        | options
    )


def _owner() -> User:
    return User.objects.get_or_create(username="actor")[0]


def _token(owner: User) -> dict[str, Any]:
    found, _made = AccessToken.objects.get_or_create(owner=owner, name="x", scopes=["read"])
    return {"token_id": found.pk}


def _named(_claim: Claim) -> dict[str, Any]:
    Byline.objects.get_or_create(person=_owner(), name="Nina Vane")
    return {}


_CHAT = "mmosts://chat.example.org/abcdefghijklmnopqrstuvwxyz"

_NEW_TOKEN: dict[str, Any] = {"name": "website", "scopes": ["read"]}

ACCOUNTS = {
    "create_token": Driven(
        role=Role.READER,
        keywords=lambda _: _NEW_TOKEN | {"owner": _owner()},
        breaks=lambda _: _NEW_TOKEN | {"owner": _owner(), "name": UNSPEAKABLE},
        failure=UnicodeError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "revoke_token": Driven(
        role=Role.READER,
        keywords=lambda _: _token(_owner()),
        breaks=lambda _: _token(_nina()),
        failure=NotAllowedError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "agree_to_byline": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {"name": "Nina Vane"},
        breaks=lambda _: {"name": UNSPEAKABLE},
        failure=UnicodeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.READER,
    ),
    "add_notice_channel": Driven(
        role=Role.READER,
        keywords=lambda _: {"way": NoticeWay.CHAT, "address": _CHAT},
        breaks=lambda _: {"way": NoticeWay.CHAT, "address": "https://example.org/"},
        failure=InvalidValueError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "withdraw_byline": Driven(
        role=Role.READER,
        keywords=_named,
        breaks=lambda _: {},
        failure=NotPossibleError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "remove_notice_channel": Driven(
        role=Role.READER,
        keywords=lambda _: {"channel": rows.channel(_owner())},
        breaks=lambda _: {"channel": rows.channel(_nina())},
        failure=NotAllowedError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "create_account": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"username": "new-editor", "role": Role.EDITOR},
        breaks=_to_employ_in_vain,
        failure=Group.DoesNotExist,
        log="LogEntry",
        actor_field="user_id",
        without=Role.CHIEF,
    ),
    "set_role": _on_accounts(
        lambda _: {"account": _nina(), "role": Role.EDITOR},
        breaks=_to_promote_in_vain,
        failure=Group.DoesNotExist,
    ),
    "set_active": _on_accounts(lambda _: {"account": _nina(), "active": False}),
    "close_account": _on_accounts(
        lambda _: {"account": _nina(), "hand_over_to": None},
        breaks=lambda _: {"account": _nina(), "hand_over_to": _otto()},
    ),
    "end_sessions": _on_accounts(lambda _: {"account": _logged_in()}),
    "name_account": _on_accounts(
        lambda _: {"account": _nina(), "first_name": "Nina", "last_name": "", "email": ""},
        breaks=lambda _: {
            "account": _nina(),
            "first_name": "Nina",
            "last_name": "",
            "email": "no address",
        },
        failure=InvalidValueError,
    ),
    "invite": _on_accounts(
        lambda _: {"account": _nina_with_address(), "page": "https://d/TOKEN/", "language": "en"}
    ),
    "remove_second_factor": _on_accounts(lambda _: {"account": _with_app()}),
    "reset_password": _on_accounts(lambda _: {"account": _nina()}),
    "change_password": _on_accounts(
        lambda _: {"password": "a fresh horse in May"},
        breaks=lambda _: {"password": "12345"},
        failure=InvalidValueError,
    ),
    "erase_account": _on_accounts(
        lambda _: {"account": _left()},
        breaks=lambda _: {"account": workbench_account()},
        log="Erasure",
        actor_field="actor_id",
    ),
    "let_in": _on_accounts(
        lambda _: {"brakes": _braked()}, breaks=lambda _: {"brakes": None}, failure=TypeError
    ),
}
