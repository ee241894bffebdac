"""What several operations take or return."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja import Field, Path, Query, Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    model_validator,
)

from claims.queries.accounts import display_name

MAX_ID = 2**63 - 1

Id = Annotated[int, Path(ge=1, le=MAX_ID, description="The id.")]
"""An id in an address."""

Key = Annotated[int, Field(ge=1, le=MAX_ID)]
"""An id in what is sent."""

Cursor = Annotated[
    str, Query(description="`next` of the page before; empty for the first page.", max_length=2000)
]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many there are on a page.")]


def _words(value: object) -> object:
    """Refuse a number for a time: nobody could tell whether it counts seconds or milliseconds."""
    if value is None or isinstance(value, str):
        return value
    raise ValueError("give a time in words, such as 2026-03-01T09:00:00Z")


def _nearby(moment: datetime) -> datetime:
    """Refuse the first and the last days that there are, which some zones do not have."""
    if not 1000 <= moment.year <= 9000:
        raise ValueError("give a year from 1000 to 9000")
    return moment


Moment = Annotated[AwareDatetime, BeforeValidator(_words), AfterValidator(_nearby)]
"""A time with its zone, in what is sent (ISO 8601)."""

VerdictCode = Literal["pending", "verified", "disputed"]
StanceCode = Literal["for", "against", "context"]


class Sent(Schema):
    """What a program sends: an object or a form with known fields. A mistyped one would otherwise count as left out."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_an_object(cls, value: Any, info: ValidationInfo) -> Any:
        # The library wraps what was sent, to read from objects of any kind.
        if not isinstance(getattr(value, "_obj", value), Mapping):
            raise ValueError("send an object")  # noqa: TRY004 - only this counts as invalid
        request: HttpRequest | None = (info.context or {}).get("request")
        if request is None or request.content_type != "multipart/form-data":
            return value
        return cls._whole_form(value, request)

    @classmethod
    def _whole_form(cls, value: Any, request: HttpRequest) -> Any:
        """Return a form with the fields that are not known, of which the library takes those that are."""
        for part in (request.POST, request.FILES):
            for name in part:
                if len(part.getlist(name)) > 1:
                    raise ValueError(f"send only one {name}")
        unknown = request.POST.keys() - cls.model_fields.keys()
        return {**value, **{name: request.POST[name] for name in unknown}} if unknown else value


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str = Field(description="A stable identifier, such as `stale-version`.")
    detail: str = Field(description="What happened and what to do, in the language asked for.")
    errors: list[dict[str, str]] | None = Field(
        None, description="Of an invalid request, each field with what is wrong with it."
    )
    current: dict[str, Any] | None = Field(
        None, description="Of a conflict, the claim as it is now."
    )
    yours: Any = Field(None, description="Of a conflict, what was sent.")


class NamedRecord(Schema):
    """A record of which only its name is shown."""

    id: int
    name: str


class Person(Schema):
    """An account."""

    id: int
    username: str
    name: str


def person_data(account: User) -> dict[str, Any]:
    """Return an account, by the fields of `Person`."""
    return {"id": account.pk, "username": account.get_username(), "name": display_name(account)}


class Account(Person):
    """The account behind a token."""

    role: str | None
    scopes: list[str] = Field(description="What the token allows.")


class Token(Schema):
    """A token got by OAuth (RFC 6749, section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int = Field(description="In seconds.")
    scope: str


class SavedFilter(Schema):
    """A filter that somebody saved: its own, or one shared with the newsroom."""

    id: int
    name: str
    query: str = Field(description="The filter, as `GET /claims` takes it.")
    owner: str
    shared: bool


class SavedFilters(Schema):
    """All saved filters that the account may use."""

    items: list[SavedFilter]


class Export(Schema):
    """A file of claims, under way or done."""

    id: int
    format: str
    query: str
    status: str = Field(description="waiting, running, done, stopped or failed")
    total: int
    done: int
    size: int = Field(description="In bytes.")
    error: str
    created_at: datetime
    expires_at: datetime


class NewExport(Sent):
    """Which claims are wanted as a file."""

    query: str = Field(
        description="A filter, as `GET /claims` takes it; empty for all active claims.",
        max_length=2000,
    )
    format: Literal["csv", "xlsx", "jsonl"] = "csv"
