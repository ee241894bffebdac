"""What holds for every action: a log entry in the actor's name, a permission, all or nothing.

A new action needs one line in `DEEDS`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import ProtectedError

from claims.actions import ACTIONS, EvidenceDraft, Role, add_evidence, decide, enter_record
from claims.choices import Verdict
from claims.errors import NotAllowedError
from claims.ingest.types import ArticleDraft
from claims.models import Article, Claim, Decision, Evidence, Source
from tests.actions.database import added, everything

LAST = connection.ops.integer_field_range("PositiveIntegerField")[1]
"""The greatest number that a version can be: the next change fails where it counts the version up."""

DOCUMENT = EvidenceDraft(title="Bridge register", url="https://register.example.org/olm")


@dataclass(frozen=True)
class Deed:
    """How to do an action in a test.

    Attributes:
        role: of the actor.
        keywords: what the action gets besides its actor, made for a claim and its article.
        breaks: the same, for a call that fails after the action has begun to write.
        failure: what the failing call raises.
        log: the model that keeps the action's entry.
        actor_field: where that model keeps the actor.
        without: a role that may not do it.
    """

    role: Role
    keywords: Callable[[Claim], dict[str, Any]]
    breaks: Callable[[Claim], dict[str, Any]]
    failure: type[Exception] | tuple[type[Exception], ...]
    log: str
    actor_field: str = "history_user_id"
    without: Role = field(default=Role.READER)


def _claim_and_version(claim: Claim) -> dict[str, Any]:
    return {"claim_id": claim.pk, "version": Claim.objects.get(pk=claim.pk).version}


def _to_decide(claim: Claim) -> dict[str, Any]:
    return {**_claim_and_version(claim), "verdict": Verdict.VERIFIED, "evidence": DOCUMENT}


def _somebody() -> User:
    return User.objects.create_user("somebody", is_superuser=True)


def _take_version(claim: Claim, version: int) -> None:
    """Put an entry into the log that leaves no room for the next one."""
    Decision.objects.create(
        claim=claim,
        verdict=Verdict.VERIFIED,
        previous=Verdict.PENDING,
        actor=_somebody(),
        actor_name="Somebody",
        version=version,
    )


def _to_decide_in_vain(claim: Claim) -> dict[str, Any]:
    _take_version(claim, 2)
    return _to_decide(claim)


def _to_undo(claim: Claim) -> dict[str, Any]:
    decide(actor=_somebody(), **_to_decide(claim))
    return _claim_and_version(claim)


def _to_undo_in_vain(claim: Claim) -> dict[str, Any]:
    _take_version(claim, 3)
    decide(actor=User.objects.get(username="somebody"), **_to_decide(claim))
    return _claim_and_version(claim)


def _to_add_in_vain(claim: Claim) -> dict[str, Any]:
    Claim.objects.filter(pk=claim.pk).update(version=LAST)
    return {**_claim_and_version(claim), "evidence": DOCUMENT}


def _to_reword(claim: Claim) -> dict[str, Any]:
    claim.statement = "The bridge is closed until May"
    return {"record": claim, "fields": ["statement"]}


def _to_reword_in_vain(claim: Claim) -> dict[str, Any]:
    Claim.objects.filter(pk=claim.pk).update(version=LAST)
    return _to_reword(claim)


def _to_delete(claim: Claim) -> dict[str, Any]:
    evidence = add_evidence(actor=_somebody(), evidence=DOCUMENT, **_claim_and_version(claim))
    return {"record": evidence}


def _to_delete_in_vain(claim: Claim) -> dict[str, Any]:
    decide(actor=_somebody(), **_to_decide(claim))
    return {"record": Article.objects.get(revisions=claim.revision)}


def _to_employ_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"username": "new-editor", "role": Role.EDITOR}


CANNOT_COUNT = (OverflowError, DatabaseError)

DEEDS = {
    "import_article": Deed(
        role=Role.EDITOR,
        keywords=lambda _: {"draft": ArticleDraft(headline="Rain", body="It rained.")},
        breaks=lambda _: {"draft": ArticleDraft(headline="Its revision refuses this", body="")},
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "decide": Deed(
        role=Role.EDITOR,
        keywords=_to_decide,
        breaks=_to_decide_in_vain,
        failure=IntegrityError,
        log="Decision",
        actor_field="actor_id",
    ),
    "undo_decision": Deed(
        role=Role.EDITOR,
        keywords=_to_undo,
        breaks=_to_undo_in_vain,
        failure=IntegrityError,
        log="Decision",
        actor_field="actor_id",
    ),
    "add_evidence": Deed(
        role=Role.EDITOR,
        keywords=lambda claim: {**_claim_and_version(claim), "evidence": DOCUMENT},
        breaks=_to_add_in_vain,
        failure=CANNOT_COUNT,
        log="HistoricalEvidence",
    ),
    "enter_record": Deed(
        role=Role.EDITOR,
        keywords=_to_reword,
        breaks=_to_reword_in_vain,
        failure=CANNOT_COUNT,
        log="HistoricalClaim",
    ),
    "delete_record": Deed(
        role=Role.CHIEF,
        keywords=_to_delete,
        breaks=_to_delete_in_vain,
        failure=ProtectedError,
        log="HistoricalEvidence",
        without=Role.EDITOR,
    ),
    "make_account": Deed(
        role=Role.CHIEF,
        keywords=lambda _: {"username": "new-editor", "role": Role.EDITOR},
        breaks=_to_employ_in_vain,
        failure=Group.DoesNotExist,
        log="LogEntry",
        actor_field="user_id",
        without=Role.CHIEF,
    ),
}


@pytest.fixture(params=list(ACTIONS))
def name(request) -> str:
    return request.param


@pytest.fixture
def deed(name) -> Deed:
    return DEEDS[name]


def _account(role: Role, *, administers: bool = False) -> User:
    user = User.objects.create_user("actor", first_name="Avery", is_superuser=administers)
    user.groups.set([Group.objects.get(name=role.value)])
    return user


@pytest.fixture
def actor(db, name, deed) -> User:
    """Who may do it. Accounts are the administrator's."""
    return _account(deed.role, administers=name == "make_account")


def test_no_deed_outlives_its_action():
    assert set(DEEDS) == set(ACTIONS)


def test_it_leaves_an_entry_in_the_actors_name(name, deed, actor, claim):
    keywords = deed.keywords(claim)
    before = everything()
    ACTIONS[name](actor=actor, **keywords)
    entries = added(before, everything())[deed.log]
    assert entries
    assert entries[-1][deed.actor_field] == actor.pk


def test_every_history_entry_names_the_actor(name, deed, actor, claim):
    """But for the first entry of a claim, which is the splitter's proposal."""
    keywords = deed.keywords(claim)
    before = everything()
    ACTIONS[name](actor=actor, **keywords)
    entries = [
        entry
        for model, rows in added(before, everything()).items()
        if model.startswith("Historical")
        for entry in rows
        if (model, entry["history_type"]) != ("HistoricalClaim", "+")
    ]
    assert {entry["history_user_id"] for entry in entries} <= {actor.pk}


def test_who_lacks_the_permission_changes_nothing(name, deed, claim):
    stranger = _account(deed.without)
    keywords = deed.keywords(claim)
    before = everything()
    with pytest.raises(NotAllowedError, match="Your account may not"):
        ACTIONS[name](actor=stranger, **keywords)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing(name, deed, actor, claim):
    keywords = deed.breaks(claim)
    before = everything()
    with pytest.raises(deed.failure):
        ACTIONS[name](actor=actor, **keywords)
    assert everything() == before


def test_the_actor_is_a_keyword(name, deed, actor, claim):
    with pytest.raises((TypeError, KeyError)):
        ACTIONS[name](actor, **deed.keywords(claim))


@pytest.mark.parametrize(
    ("record", "role"),
    [
        (lambda claim: Source(name="Bo Tarn"), Role.READER),
        (lambda claim: Evidence(claim=claim, title="T", url="https://example.org/"), Role.READER),
        (lambda claim: claim, Role.READER),
        (lambda claim: claim.revision.article, Role.EDITOR),
    ],
    ids=["source", "evidence", "claim", "article"],
)
def test_entering_asks_for_the_permission_of_that_record(claim, record, role):
    stranger = _account(role)
    entered = record(claim)
    before = everything()
    with pytest.raises(NotAllowedError):
        enter_record(actor=stranger, record=entered, fields=["headline"])
    assert everything() == before
