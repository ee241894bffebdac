"""Actions on accounts."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.db.models import QuerySet

from claims.access import Role
from claims.actions import workbench_account
from claims.errors import InvalidValueError, NotPossibleError
from claims.models import Claim, LoginBrake
from tests.actions.driven.driving import Driven, Keywords


def _to_employ_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"username": "new-editor", "role": Role.EDITOR}


def _nina() -> User:
    return User.objects.get_or_create(username="nina")[0]


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


ACCOUNTS = {
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
