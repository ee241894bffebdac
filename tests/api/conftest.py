"""A program that uses the API: a client with a token."""

import json
from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.test.client import encode_multipart

from claims.actions import create_token
from claims.choices import TokenScope
from claims.models import Claim

API = "/api/v1"


class Program:
    """What sends requests with a token.

    Args:
        secret: the token; "" for none.
    """

    def __init__(self, secret: str = "") -> None:
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(
        self,
        method: str,
        path: str,
        data: object = None,
        *,
        seen: int | None = None,
        content_type: str = "application/json",
        **headers: str,
    ) -> Any:
        """The answer; `seen` is the version of the claim that the program saw."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if seen is not None:
            sent["If-Match"] = f'"{seen}"'
        return self._client.generic(
            method,
            f"{API}{path}",
            data if isinstance(data, bytes) else b"" if data is None else json.dumps(data).encode(),
            content_type=content_type,
            headers=self._headers | sent,
        )

    def get(self, path: str, **how: Any) -> Any:
        """The data of an answer that must be a success."""
        answer = self.ask("GET", path, **how)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, path: str, data: object = None, **how: Any) -> Any:
        return self.ask("POST", path, data, **how)

    def upload(
        self, path: str, fields: dict[str, Any], *, between: str = "between", **how: Any
    ) -> Any:
        """The answer to a form; `between` separates its parts, and programs choose other words each time."""
        return self.ask(
            "POST",
            path,
            encode_multipart(between, fields),
            content_type=f"multipart/form-data; boundary={between}",
            **how,
        )


def program_of(user: User, scopes: Collection[str] = TokenScope.values, **how: Any) -> Program:
    """A program with a new token of an account."""
    return Program(secret_of(user, scopes, **how))


def secret_of(user: User, scopes: Collection[str] = TokenScope.values, **how: Any) -> str:
    """A new token of an account."""
    _token, secret = create_token(actor=user, owner=user, name="tests", scopes=scopes, **how)
    return secret


@pytest.fixture
def program(editor: User) -> Program:
    """A program of an editor, who may do everything but publish."""
    return program_of(editor)


@pytest.fixture
def chiefs(chief: User) -> Program:
    """A program of a chief editor."""
    return program_of(chief)


@pytest.fixture
def seen() -> Callable[[int], int]:
    """The version of a claim now."""
    return lambda pk: Claim.objects.values_list("version", flat=True).get(pk=pk)
