"""What is true of every action: a log entry in the actor's name, a permission, all or nothing.

A new action needs one line in `DRIVEN`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import ProtectedError, QuerySet

from claims.access import Role
from claims.actions import (
    ACTIONS,
    COMMAND,
    Entry,
    EvidenceDraft,
    SplitArticle,
    add_evidence,
    decide_claim,
    draft_report,
    enter_record,
    enter_records,
    merge_sources,
    publish_report,
    start_bulk_change,
    undo_change,
    workbench_account,
)
from claims.choices import AnchorStatus, ReviewStatus, SourceKind, Verdict
from claims.choices import ChangeAction as LoggedAction
from claims.errors import (
    BadAddressError,
    InvalidValueError,
    LookAgainError,
    NotAllowedError,
    NotPossibleError,
    ReasonRequiredError,
    StaleVersionError,
)
from claims.extraction import extract
from claims.ingest.types import ArticleDraft
from claims.models import (
    Article,
    BulkChange,
    BulkChangeItem,
    Change,
    Claim,
    Correction,
    Decision,
    Evidence,
    Export,
    IntakeItem,
    LoginBrake,
    Report,
    SavedFilter,
    Source,
    Task,
)
from claims.queries.articles.revisions import plan_revision
from claims.queries.reports.editions import edition_of
from tests.actions.database import added, claims_as_they_stand, everything
from tests.models import rows

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


def _claim_and_version(claim: Claim) -> dict[str, Any]:
    return {"claim_id": claim.pk, "version": Claim.objects.get(pk=claim.pk).version}


def _versions(claim: Claim) -> dict[str, Any]:
    return {"versions": {claim.pk: Claim.objects.get(pk=claim.pk).version}}


def _with(which: Keywords, **fields: Any) -> Keywords:
    """The claim with its version, and other keywords."""
    return lambda claim: {**which(claim), **fields}


def _uncountable(keywords: Keywords) -> Keywords:
    """The same for a claim whose version cannot grow."""

    def in_vain(claim: Claim) -> dict[str, Any]:
        keywords(claim)
        Claim.objects.filter(pk=claim.pk).update(version=LAST)
        return keywords(claim)

    return in_vain


def _on_claims(keywords: Keywords, **options: Any) -> Driven:
    """A action that leaves a step in the log of changes."""
    return Driven(
        **{
            "role": Role.EDITOR,
            "keywords": keywords,
            "breaks": _uncountable(keywords),
            "failure": CANNOT_COUNT,
            "log": "Change",
            "actor_field": "actor_id",
        }
        | options
    )


def _somebody() -> User:
    return User.objects.get_or_create(username="somebody", is_superuser=True)[0]


def _to_decide(claim: Claim) -> dict[str, Any]:
    return {**_claim_and_version(claim), "verdict": Verdict.VERIFIED, "evidence": DOCUMENT}


def _to_decide_in_vain(claim: Claim) -> dict[str, Any]:
    """The log holds an entry that leaves no room for the next one."""
    Decision.objects.create(
        claim=claim,
        verdict=Verdict.VERIFIED,
        previous_verdict=Verdict.PENDING,
        actor=_somebody(),
        actor_name="Somebody",
        version=2,
    )
    return _to_decide(claim)


def _decided(claim: Claim) -> Claim:
    """The claim after someone verified it."""
    if not claim.decisions.exists():
        decide_claim(actor=_somebody(), **_to_decide(claim))
    return claim


def _waiting(claim: Claim) -> Claim:
    """The claim after someone asked for a second check."""
    Claim.objects.filter(pk=_decided(claim).pk).update(review_status=ReviewStatus.WAITING)
    return claim


def _to_undo(claim: Claim) -> dict[str, Any]:
    return {"change_id": _decided(claim).changed.get().change_id}


def _to_make(claim: Claim) -> dict[str, Any]:
    start = claim.spans[0][0]
    return {
        "article": claim.revision.article,
        "revision_id": claim.revision_id,
        "spans": [[start, start + 10]],
    }


def _to_make_in_vain(claim: Claim) -> dict[str, Any]:
    """No attribution is left for the claim."""
    Claim.objects.filter(revision=claim.revision_id).update(attribution=LAST)
    end = len(claim.revision.body)
    return {**_to_make(claim), "spans": [[end - 5, end]]}


def _to_merge(claim: Claim) -> dict[str, Any]:
    other = Claim.objects.filter(revision=claim.revision_id).exclude(pk=claim.pk).first()
    Claim.objects.filter(pk=other.pk).update(source=claim.source)
    return {"versions": {**_versions(claim)["versions"], **_versions(other)["versions"]}}


def _to_split(claim: Claim) -> dict[str, Any]:
    place = claim.revision.body.index(" ", claim.spans[0][0])
    return {**_claim_and_version(claim), "at": place}


def _to_restore(claim: Claim) -> dict[str, Any]:
    Claim.objects.filter(pk=claim.pk).update(dismissed=True)
    return _versions(claim)


def _to_assign(claim: Claim) -> dict[str, Any]:
    return {**_versions(claim), "to": _somebody()}


def _to_reword(claim: Claim) -> dict[str, Any]:
    claim.statement = "The bridge is closed until May"
    return {"record": claim, "fields": ["statement"]}


def _to_reword_all(claim: Claim) -> dict[str, Any]:
    return {"entries": [Entry(Source(name="Bo Tarn")), Entry(**_to_reword(claim))]}


def _to_remove(claim: Claim) -> dict[str, Any]:
    """A document of the claim, with the claim's version."""
    if not claim.evidence.exists():
        add_evidence(actor=_somebody(), evidence=DOCUMENT, **_claim_and_version(claim))
    version = Claim.objects.get(pk=claim.pk).version
    return {"evidence_id": claim.evidence.get().pk, "version": version}


def _to_delete_in_vain(claim: Claim) -> dict[str, Any]:
    return {"record": Article.objects.get(revisions=_decided(claim).revision)}


def _to_employ_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"username": "new-editor", "role": Role.EDITOR}


def _nina() -> User:
    return User.objects.get_or_create(username="nina")[0]


def _to_promote_in_vain(_claim: Claim) -> dict[str, Any]:
    Group.objects.get(name=Role.EDITOR.value).delete()
    return {"account": _nina(), "role": Role.EDITOR}


def _braked() -> QuerySet[LoginBrake]:
    LoginBrake.objects.get_or_create(
        username="nina", ip_address="192.0.2.1", user_agent="Browser", failures_since_start=5
    )
    return LoginBrake.objects.all()


def _on_accounts(keywords: Keywords, **options: Any) -> Driven:
    """A action of an administrator, which the command line's own account is not open to."""
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


def _to_list(claim: Claim) -> dict[str, Any]:
    claims = Claim.objects.filter(pk=claim.pk)
    return {"action": LoggedAction.DECIDE, "fields": {"verdict": "verified"}, "claims": claims}


def _listed(claim: Claim, actor: str, **fields: Any) -> BulkChange:
    """A batch of a person's that is to verify the claim."""
    bulk_change = rows.bulk_change(
        User.objects.get_or_create(username=actor)[0],
        fields={"verdict": "verified"},
        total=1,
        **fields,
    )
    version = Claim.objects.get(pk=claim.pk).version
    BulkChangeItem.objects.create(bulk_change=bulk_change, claim=claim, version=version)
    return bulk_change


def _kept(actor: str) -> SavedFilter:
    """A filter that a person keeps."""
    return rows.saved_filter(User.objects.get_or_create(username=actor)[0])


def _exported(actor: str) -> Export:
    """A person's export that waits."""
    return rows.export(User.objects.get_or_create(username=actor)[0])


STORY = ArticleDraft(headline="Ferries", body="The ferry sails on Monday, officials said.")


def _brought(actor: str, **fields: Any) -> IntakeItem:
    """An article in a person's inbox."""
    return rows.intake(User.objects.get_or_create(username=actor)[0], **fields)


def _on_inbox(keywords: Keywords, **options: Any) -> Driven:
    """A action that leaves something in the actor's inbox."""
    return Driven(
        **{
            "role": Role.EDITOR,
            "keywords": keywords,
            "failure": NotPossibleError,
            "log": "IntakeItem",
            "actor_field": "actor_id",
        }
        | options
    )


def _and_no_more(task: Task) -> Iterator[Task]:
    """A list of tasks that breaks off behind the first."""
    yield task
    raise RuntimeError


def _to_publish(claim: Claim) -> dict[str, Any]:
    """A draft over the claim's article."""
    made = Report.objects.first() or draft_report(
        actor=_somebody(), title="Bridges", article=claim.revision.article
    )
    return {"report_id": made.pk}


def _seen(keywords: dict[str, Any]) -> dict[str, Any]:
    report = Report.objects.get(pk=keywords["report_id"])
    return keywords | {"seen": edition_of(actor=_somebody(), report=report).digest}


def _published(claim: Claim) -> dict[str, Any]:
    keywords = _to_publish(claim)
    publish_report(actor=_somebody(), **_seen(keywords))
    return keywords


def _to_correct(claim: Claim) -> dict[str, Any]:
    """The correction that a decision after the publication opened."""
    if not Correction.objects.exists():
        _published(claim)
        _decided(claim)
    correction = Correction.objects.get()
    return {"correction_id": correction.pk, "decision_id": correction.decision_id}


def _to_update(claim: Claim) -> dict[str, Any]:
    """A new text of the claim's article, in which its first words are other ones."""
    article = claim.revision.article
    new = ArticleDraft(headline=article.headline, body=f"Now {claim.revision.body}")
    plan = plan_revision(article.current_revision(), new, extract(new.body))
    return {"article": article, "draft": new, "seen": plan.seen}


def _changed_with_its_text(claim: Claim) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(anchor_status=AnchorStatus.CHANGED)
    return claim


def _to_begin(claim: Claim) -> dict[str, Any]:
    return {"bulk_change_id": _listed(claim, "actor").pk}


def _to_undo_all(claim: Claim) -> dict[str, Any]:
    if BulkChange.objects.exists():
        return {"bulk_change_id": BulkChange.objects.get().pk}
    bulk_change = _listed(claim, _somebody().username)
    start_bulk_change(actor=_somebody(), bulk_change_id=bulk_change.pk)
    return {"bulk_change_id": bulk_change.pk}


def _two_sources(claim: Claim) -> dict[str, Any]:
    other, _made = Source.objects.get_or_create(
        name_key="bo tarn", kind=SourceKind.WITNESS, defaults={"name": "Bo Tarn"}
    )
    return {"source": claim.source, "into": other}


def _to_part(claim: Claim) -> dict[str, Any]:
    sources = _two_sources(claim)
    source = Source.objects.get(pk=sources["source"].pk)
    if source.merged_into is None:
        merge_sources(actor=_somebody(), **sources)
        source.refresh_from_db()
    return {"source": source}


def _to_tell_apart(claim: Claim) -> dict[str, Any]:
    sources = _two_sources(claim)
    return {"source": sources["source"], "other": sources["into"]}


DRIVEN = {
    "import_article": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {"draft": ArticleDraft(headline="Rain", body="It rained.")},
        breaks=lambda _: {"draft": ArticleDraft(headline="Its revision refuses this", body="")},
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "receive_article": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {
            "draft": ArticleDraft(headline="Rain", body="It rained."),
            "policy": COMMAND,
        },
        breaks=lambda _: {
            "draft": ArticleDraft(headline="Its revision refuses this", body=""),
            "policy": COMMAND,
        },
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "receive_articles": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {
            "articles": [SplitArticle(ArticleDraft(headline="Rain", body="It rained."), [])],
            "policy": COMMAND,
        },
        breaks=lambda _: {
            "articles": [SplitArticle(ArticleDraft(headline="No claim", body="Rain."), [None])],
            "policy": COMMAND,
        },
        failure=AttributeError,
        log="HistoricalArticle",
    ),
    "add_revision": Driven(
        role=Role.EDITOR,
        keywords=_to_update,
        breaks=lambda claim: {**_to_update(claim), "seen": "something else"},
        failure=LookAgainError,
        log="HistoricalArticle",
    ),
    "place_claim": _on_claims(
        lambda claim: {**_claim_and_version(_changed_with_its_text(claim)), "spans": [[0, 9]]}
    ),
    "withdraw_claim": _on_claims(_claim_and_version),
    "decide_claim": _on_claims(
        _to_decide, breaks=_to_decide_in_vain, failure=IntegrityError, log="Decision"
    ),
    "undo_change": _on_claims(_to_undo),
    "reword_claim": _on_claims(_with(_claim_and_version, statement="The bridge is closed")),
    "change_spans": _on_claims(_with(_claim_and_version, spans=[[4, 10]])),
    "change_source": _on_claims(_with(_claim_and_version, source=None, role="the minister")),
    "mark_checkable": _on_claims(_with(_claim_and_version, checkable=False)),
    "dismiss_claims": _on_claims(_versions),
    "restore_claims": _on_claims(_to_restore),
    "create_claim": _on_claims(_to_make, breaks=_to_make_in_vain),
    "merge_claims": _on_claims(_to_merge),
    "split_claim": _on_claims(_to_split),
    "assign_claims": _on_claims(_to_assign),
    "ask_second_check": _on_claims(lambda claim: _claim_and_version(_decided(claim))),
    "second_check": _on_claims(
        lambda claim: {**_claim_and_version(_waiting(claim)), "verdict": Verdict.VERIFIED}
    ),
    "send_back": _on_claims(
        lambda claim: {**_claim_and_version(_decided(claim)), "comment": "Ask the ministry."}
    ),
    "comment": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"claim_id": claim.pk, "text": "Is it open?"},
        breaks=lambda claim: {"claim_id": claim.pk, "text": UNSPEAKABLE},
        failure=UnicodeError,
        log="Comment",
        actor_field="author_id",
    ),
    "create_source": Driven(
        role=Role.EDITOR,
        keywords=lambda _: {"name": "Bo Tarn", "kind": SourceKind.WITNESS, "article": None},
        breaks=lambda _: {"name": "Bo Tarn", "kind": "oracle", "article": None},
        failure=IntegrityError,
        log="HistoricalSource",
    ),
    "merge_sources": Driven(
        role=Role.EDITOR,
        keywords=_two_sources,
        breaks=_uncountable(_two_sources),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "unmerge_sources": Driven(
        role=Role.EDITOR,
        keywords=_to_part,
        breaks=_uncountable(_to_part),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "mark_distinct": Driven(
        role=Role.EDITOR,
        keywords=_to_tell_apart,
        breaks=lambda claim: {"source": claim.source, "other": claim.source},
        failure=NotPossibleError,
        log="DistinctSources",
        actor_field="marked_by_id",
    ),
    "add_evidence": _on_claims(_with(_claim_and_version, evidence=DOCUMENT)),
    "edit_evidence": _on_claims(_with(_to_remove, evidence=replace(DOCUMENT, title="Map"))),
    "remove_evidence": _on_claims(_to_remove),
    "enter_record": _on_claims(_to_reword),
    "enter_records": _on_claims(_to_reword_all),
    "delete_record": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"record": Source.objects.get_or_create(name="Bo Tarn")[0]},
        breaks=_to_delete_in_vain,
        failure=ProtectedError,
        log="HistoricalSource",
        without=Role.EDITOR,
    ),
    "preview_bulk_change": Driven(
        role=Role.EDITOR,
        keywords=_to_list,
        breaks=_with(_to_list, fields={"verdict": "disputed"}),
        failure=ReasonRequiredError,
        log="BulkChange",
        actor_field="actor_id",
    ),
    "start_bulk_change": _on_claims(_to_begin),
    "stop_bulk_change": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"bulk_change_id": _listed(claim, "actor", status="running").pk},
        breaks=lambda claim: {"bulk_change_id": _listed(claim, "somebody").pk},
        failure=NotPossibleError,
        log="BulkChange",
        actor_field="actor_id",
    ),
    "undo_bulk_change": _on_claims(_to_undo_all),
    "save_filter": Driven(
        role=Role.READER,
        keywords=lambda _: {"name": "To do", "query": "verdict=pending", "shared": True},
        breaks=lambda _: {"name": "To do", "query": UNSPEAKABLE, "shared": True},
        failure=UnicodeError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "delete_filter": Driven(
        role=Role.READER,
        keywords=lambda _: {"filter_id": _kept("actor").pk},
        breaks=lambda _: {"filter_id": _kept("somebody").pk},
        failure=NotPossibleError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "change_newsroom": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"words": {"name": "The Ostrey Desk (fiction)"}},
        breaks=lambda _: {"words": {"name": "N" * 201}},
        failure=InvalidValueError,
        log="HistoricalNewsroom",
        without=Role.EDITOR,
    ),
    "draft_report": Driven(
        role=Role.EDITOR,
        keywords=lambda claim: {"title": "Bridges", "article": claim.revision.article},
        breaks=lambda claim: {"title": "", "article": claim.revision.article},
        failure=InvalidValueError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "rename_report": Driven(
        role=Role.CHIEF,
        keywords=_with(_to_publish, title="Bridges of May"),
        breaks=_with(_published, title="Bridges of May"),
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "discard_report": Driven(
        role=Role.CHIEF,
        keywords=_to_publish,
        breaks=_published,
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    "publish_report": Driven(
        role=Role.CHIEF,
        keywords=lambda claim: _seen(_to_publish(claim)),
        breaks=_with(_to_publish, seen="f" * 64),
        failure=LookAgainError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "set_public": Driven(
        role=Role.CHIEF,
        keywords=_with(_published, public=True),
        breaks=_with(_to_publish, public=True),
        failure=NotPossibleError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "publish_correction": Driven(
        role=Role.CHIEF,
        keywords=_with(_to_correct, notice="We looked again."),
        breaks=_with(_to_correct, notice=" "),
        failure=InvalidValueError,
        log="Correction",
        actor_field="published_by_id",
        without=Role.EDITOR,
    ),
    "begin_export": Driven(
        role=Role.READER,
        keywords=lambda _: {"query": "verdict=pending", "key": "csv", "total": 20_000},
        breaks=lambda _: {"query": "q" * 2001, "key": "csv", "total": 20_000},
        failure=InvalidValueError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
    "stop_export": Driven(
        role=Role.READER,
        keywords=lambda _: {"export_id": _exported("actor").pk},
        breaks=lambda _: {"export_id": _exported("somebody").pk},
        failure=NotPossibleError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
    "add_to_inbox": _on_inbox(
        lambda _: {"draft": STORY},
        breaks=lambda _: {"draft": STORY, "name": UNSPEAKABLE},
        failure=UnicodeError,
    ),
    "request_fetch": _on_inbox(
        lambda _: {"address": "https://courier.example.org/ferries"},
        breaks=lambda _: {"address": "the courier"},
        failure=BadAddressError,
    ),
    "edit_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk, "draft": STORY},
        breaks=lambda _: {"item_id": _brought("somebody").pk, "draft": STORY},
    ),
    "accept_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk},
        breaks=lambda _: {"item_id": _brought("somebody").pk},
        log="Article",
        actor_field="imported_by_id",
    ),
    "accept_items": _on_inbox(
        lambda _: {"item_ids": [_brought("actor").pk]},
        breaks=lambda _: {"item_ids": ["the first"]},
        failure=ValueError,
    ),
    "discard_item": _on_inbox(
        lambda _: {"item_id": _brought("actor").pk},
        breaks=lambda _: {"item_id": _brought("somebody").pk},
        log="LogEntry",
        actor_field="user_id",
    ),
    "retry_item": _on_inbox(
        lambda _: {"item_id": _brought("actor", status="failed").pk},
        breaks=lambda _: {"item_id": _brought("somebody", status="failed").pk},
    ),
    "run_again": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0, status="FAILED")]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0, status="FAILED"))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
    ),
    "cancel_tasks": Driven(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0)]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
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
    "let_in": _on_accounts(
        lambda _: {"brakes": _braked()}, breaks=lambda _: {"brakes": None}, failure=TypeError
    ),
}

EVERYBODYS = {"change_password"}
"""What an account may do that holds no permission at all."""


@pytest.fixture(params=list(ACTIONS))
def name(request) -> str:
    return request.param


@pytest.fixture
def action(name) -> Driven:
    return DRIVEN[name]


def _account(role: Role | None, *, administers: bool = False) -> User:
    user = User.objects.create_user("actor", first_name="Avery", is_superuser=administers)
    if role:
        user.groups.set([Group.objects.get(name=role.value)])
    return user


@pytest.fixture
def actor(db, name, action) -> User:
    """Who may do it. Accounts are the administrator's."""
    return _account(action.role, administers=action.without == Role.CHIEF)


def test_no_deed_outlives_its_action():
    assert set(DRIVEN) == set(ACTIONS)


def test_it_leaves_an_entry_in_the_actors_name(name, action, actor, claim):
    keywords = action.keywords(claim)
    before = everything()
    ACTIONS[name](actor=actor, **keywords)
    entries = added(before, everything())[action.log]
    assert entries
    assert entries[-1][action.actor_field] == actor.pk


def test_every_history_entry_names_the_actor(name, action, actor, claim):
    keywords = action.keywords(claim)
    before = everything()
    ACTIONS[name](actor=actor, **keywords)
    entries = [
        entry
        for model, rows in added(before, everything()).items()
        if model.startswith("Historical")
        for entry in rows
    ]
    assert {entry["history_user_id"] for entry in entries} <= {actor.pk}


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in EVERYBODYS])
def test_who_lacks_the_permission_changes_nothing(name, action, claim):
    stranger = _account(action.without)
    keywords = action.keywords(claim)
    before = everything()
    with pytest.raises(NotAllowedError, match="Your account is not allowed to"):
        ACTIONS[name](actor=stranger, **keywords)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing(name, action, actor, claim):
    keywords = action.breaks(claim)
    before = everything()
    with pytest.raises(action.failure):
        ACTIONS[name](actor=actor, **keywords)
    assert everything() == before


def test_what_lists_copy_stays_in_step(name, action, actor, claim):
    ACTIONS[name](actor=actor, **action.keywords(claim))
    assert not Claim.objects.with_stale_copies().exists()


def test_the_actor_is_a_keyword(name, action, actor, claim):
    with pytest.raises((TypeError, KeyError)):
        ACTIONS[name](actor, **action.keywords(claim))


def test_a_stale_version_changes_nothing(name, action, actor, claim):
    """Whatever names the version that the actor looked at."""
    keywords = action.keywords(claim)
    stale: dict[str, Any] = {}
    if "version" in keywords:
        stale["version"] = keywords["version"] + 1
    if "versions" in keywords:
        *others, last = keywords["versions"].items()
        stale["versions"] = dict([*others, (last[0], last[1] + 1)])
    before = everything()
    if stale:
        with pytest.raises(StaleVersionError):
            ACTIONS[name](actor=actor, **keywords | stale)
        assert everything() == before


@pytest.mark.parametrize(
    "name",
    [name for name, action in DRIVEN.items() if action.log in {"Change", "Decision"}],
)
def test_what_it_does_to_claims_can_be_undone_and_done_again(name, action, actor, claim):
    keywords = action.keywords(claim)
    before = claims_as_they_stand()
    ACTIONS[name](actor=actor, **keywords)
    after = claims_as_they_stand()
    assert after != before
    undone = undo_change(actor=actor, change_id=Change.objects.newest_first()[0].pk)
    assert claims_as_they_stand() == before
    undo_change(actor=actor, change_id=undone.pk)
    assert claims_as_they_stand() == after


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
    with pytest.raises(NotAllowedError):
        enter_records(actor=stranger, entries=[Entry(entered, ["headline"])])
    assert everything() == before


def test_entering_several_asks_for_the_permission_of_each(claim):
    stranger = _account(Role.EDITOR)
    entries = [Entry(Source(name="Bo Tarn")), Entry(claim.revision.article, ["headline"])]
    before = everything()
    with pytest.raises(NotAllowedError):
        enter_records(actor=stranger, entries=entries)
    assert everything() == before
