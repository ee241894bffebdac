"""How an action is done in a test, and what most actions on claims need."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, connection

from claims.access import Role
from claims.actions import EvidenceDraft, decide_claim
from claims.choices import Verdict
from claims.models import Claim

LAST = connection.ops.integer_field_range("PositiveIntegerField")[1]
"""The greatest number that a version can be: the next change fails where it counts the version up."""

CANNOT_COUNT = (OverflowError, DatabaseError)

UNSPEAKABLE = "\ud800"
"""Half a character, which no database can encode."""

DOCUMENT = EvidenceDraft(title="Bridge register", url="https://register.example.org/olm")

Keywords = Callable[[Claim], dict[str, Any]]


@dataclass(frozen=True)
class Driven:
    """How to do an action in a test.

    Attributes:
        role: of the actor.
        keywords: what the action gets besides its actor, made for a claim and its article.
        breaks: the same, for a call that fails after the action has begun to write.
        failure: what the failing call raises.
        log: the model that keeps the action's entry.
        actor_field: where that model keeps the actor.
        without: a role that may not do it; None where only an account without any may not.
    """

    role: Role
    keywords: Keywords
    breaks: Keywords
    failure: type[Exception] | tuple[type[Exception], ...]
    log: str
    actor_field: str = "history_user_id"
    without: Role | None = field(default=Role.READER)


def claim_and_version(claim: Claim) -> dict[str, Any]:
    """The claim in its version of now."""
    return {"claim_id": claim.pk, "version": Claim.objects.get(pk=claim.pk).version}


def versions(claim: Claim) -> dict[str, Any]:
    """The same, for actions on several claims."""
    return {"versions": {claim.pk: Claim.objects.get(pk=claim.pk).version}}


def with_fields(which: Keywords, **fields: Any) -> Keywords:
    """The claim with its version, and other keywords."""
    return lambda claim: {**which(claim), **fields}


def uncountable(keywords: Keywords) -> Keywords:
    """The same for a claim whose version cannot grow."""

    def in_vain(claim: Claim) -> dict[str, Any]:
        keywords(claim)
        Claim.objects.filter(pk=claim.pk).update(version=LAST)
        return keywords(claim)

    return in_vain


def on_claims(keywords: Keywords, **options: Any) -> Driven:
    """An action that leaves a step in the log of changes."""
    return Driven(
        **{
            "role": Role.EDITOR,
            "keywords": keywords,
            "breaks": uncountable(keywords),
            "failure": CANNOT_COUNT,
            "log": "Change",
            "actor_field": "actor_id",
        }
        | options
    )


def somebody() -> User:
    """Someone who may do everything, and is not the actor."""
    return User.objects.get_or_create(username="somebody", is_superuser=True)[0]


def to_decide(claim: Claim) -> dict[str, Any]:
    """What a decision needs."""
    return {**claim_and_version(claim), "verdict": Verdict.VERIFIED, "evidence": DOCUMENT}


def decided(claim: Claim) -> Claim:
    """The claim after someone verified it."""
    if not claim.decisions.exists():
        decide_claim(actor=somebody(), **to_decide(claim))
    return claim
