"""What holds for every action: a log entry in the actor's name, a permission, all or nothing.

A new action needs one line in `DEEDS`.
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
    begin_batch,
    decide,
    draft_report,
    enter_record,
    enter_records,
    merge_sources,
    publish_report,
    undo,
    workbench_account,
)
from claims.choices import Deed as ClaimDeed
from claims.choices import Fate, Process, SourceKind, Verdict
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
    Batch,
    Change,
    Claim,
    Correction,
    Decision,
    Evidence,
    Export,
    Intake,
    ListedClaim,
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
class Deed:
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


def _on_claims(keywords: Keywords, **options: Any) -> Deed:
    """A deed that leaves a step in the log of changes."""
    return Deed(
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
        previous=Verdict.PENDING,
        actor=_somebody(),
        actor_name="Somebody",
        version=2,
    )
    return _to_decide(claim)


def _decided(claim: Claim) -> Claim:
    """The claim after someone verified it."""
    if not claim.decisions.exists():
        decide(actor=_somebody(), **_to_decide(claim))
    return claim


def _waiting(claim: Claim) -> Claim:
    """The claim after someone asked for a second check."""
    Claim.objects.filter(pk=_decided(claim).pk).update(process=Process.WAITING)
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


def _on_accounts(keywords: Keywords, **options: Any) -> Deed:
    """A deed of an administrator, which the command line's own account is not open to."""
    return Deed(
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
    return {"deed": ClaimDeed.DECIDE, "fields": {"verdict": "verified"}, "claims": claims}


def _listed(claim: Claim, actor: str, **fields: Any) -> Batch:
    """A batch of a person's that is to verify the claim."""
    batch = rows.batch(
        User.objects.get_or_create(username=actor)[0],
        fields={"verdict": "verified"},
        total=1,
        **fields,
    )
    version = Claim.objects.get(pk=claim.pk).version
    ListedClaim.objects.create(batch=batch, claim=claim, version=version)
    return batch


def _kept(actor: str) -> SavedFilter:
    """A filter that a person keeps."""
    return rows.saved_filter(User.objects.get_or_create(username=actor)[0])


def _exported(actor: str) -> Export:
    """A person's export that waits."""
    return rows.export(User.objects.get_or_create(username=actor)[0])


STORY = ArticleDraft(headline="Ferries", body="The ferry sails on Monday, officials said.")


def _brought(actor: str, **fields: Any) -> Intake:
    """An article in a person's tray."""
    return rows.intake(User.objects.get_or_create(username=actor)[0], **fields)


def _on_tray(keywords: Keywords, **options: Any) -> Deed:
    """A deed that leaves something in the actor's tray."""
    return Deed(
        **{
            "role": Role.EDITOR,
            "keywords": keywords,
            "failure": NotPossibleError,
            "log": "Intake",
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
    Claim.objects.filter(pk=claim.pk).update(fate=Fate.CHANGED)
    return claim


def _to_begin(claim: Claim) -> dict[str, Any]:
    return {"batch_id": _listed(claim, "actor").pk}


def _to_undo_all(claim: Claim) -> dict[str, Any]:
    if Batch.objects.exists():
        return {"batch_id": Batch.objects.get().pk}
    batch = _listed(claim, _somebody().username)
    begin_batch(actor=_somebody(), batch_id=batch.pk)
    return {"batch_id": batch.pk}


def _two_sources(claim: Claim) -> dict[str, Any]:
    other, _made = Source.objects.get_or_create(
        folded="bo tarn", kind=SourceKind.WITNESS, defaults={"name": "Bo Tarn"}
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


DEEDS = {
    "import_article": Deed(
        role=Role.EDITOR,
        keywords=lambda _: {"draft": ArticleDraft(headline="Rain", body="It rained.")},
        breaks=lambda _: {"draft": ArticleDraft(headline="Its revision refuses this", body="")},
        failure=IntegrityError,
        log="HistoricalArticle",
    ),
    "receive_article": Deed(
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
    "receive_articles": Deed(
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
    "add_revision": Deed(
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
    "decide": _on_claims(
        _to_decide, breaks=_to_decide_in_vain, failure=IntegrityError, log="Decision"
    ),
    "undo": _on_claims(_to_undo),
    "reword": _on_claims(_with(_claim_and_version, statement="The bridge is closed")),
    "change_bounds": _on_claims(_with(_claim_and_version, spans=[[4, 10]])),
    "change_source": _on_claims(_with(_claim_and_version, source=None, role="the minister")),
    "mark_checkable": _on_claims(_with(_claim_and_version, checkable=False)),
    "dismiss": _on_claims(_versions),
    "restore": _on_claims(_to_restore),
    "make_claim": _on_claims(_to_make, breaks=_to_make_in_vain),
    "merge": _on_claims(_to_merge),
    "split": _on_claims(_to_split),
    "assign": _on_claims(_to_assign),
    "ask_second_check": _on_claims(lambda claim: _claim_and_version(_decided(claim))),
    "second_check": _on_claims(
        lambda claim: {**_claim_and_version(_waiting(claim)), "verdict": Verdict.VERIFIED}
    ),
    "send_back": _on_claims(
        lambda claim: {**_claim_and_version(_decided(claim)), "comment": "Ask the ministry."}
    ),
    "comment": Deed(
        role=Role.EDITOR,
        keywords=lambda claim: {"claim_id": claim.pk, "text": "Is it open?"},
        breaks=lambda claim: {"claim_id": claim.pk, "text": UNSPEAKABLE},
        failure=UnicodeError,
        log="Comment",
        actor_field="author_id",
    ),
    "make_source": Deed(
        role=Role.EDITOR,
        keywords=lambda _: {"name": "Bo Tarn", "kind": SourceKind.WITNESS, "article": None},
        breaks=lambda _: {"name": "Bo Tarn", "kind": "oracle", "article": None},
        failure=IntegrityError,
        log="HistoricalSource",
    ),
    "merge_sources": Deed(
        role=Role.EDITOR,
        keywords=_two_sources,
        breaks=_uncountable(_two_sources),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "part_sources": Deed(
        role=Role.EDITOR,
        keywords=_to_part,
        breaks=_uncountable(_to_part),
        failure=CANNOT_COUNT,
        log="HistoricalSource",
    ),
    "tell_apart": Deed(
        role=Role.EDITOR,
        keywords=_to_tell_apart,
        breaks=lambda claim: {"source": claim.source, "other": claim.source},
        failure=NotPossibleError,
        log="SourcesApart",
        actor_field="said_by_id",
    ),
    "add_evidence": _on_claims(_with(_claim_and_version, evidence=DOCUMENT)),
    "edit_evidence": _on_claims(_with(_to_remove, evidence=replace(DOCUMENT, title="Map"))),
    "remove_evidence": _on_claims(_to_remove),
    "enter_record": _on_claims(_to_reword),
    "enter_records": _on_claims(_to_reword_all),
    "delete_record": Deed(
        role=Role.CHIEF,
        keywords=lambda _: {"record": Source.objects.get_or_create(name="Bo Tarn")[0]},
        breaks=_to_delete_in_vain,
        failure=ProtectedError,
        log="HistoricalSource",
        without=Role.EDITOR,
    ),
    "list_batch": Deed(
        role=Role.EDITOR,
        keywords=_to_list,
        breaks=_with(_to_list, fields={"verdict": "disputed"}),
        failure=ReasonRequiredError,
        log="Batch",
        actor_field="actor_id",
    ),
    "begin_batch": _on_claims(_to_begin),
    "stop_batch": Deed(
        role=Role.EDITOR,
        keywords=lambda claim: {"batch_id": _listed(claim, "actor", progress="running").pk},
        breaks=lambda claim: {"batch_id": _listed(claim, "somebody").pk},
        failure=NotPossibleError,
        log="Batch",
        actor_field="actor_id",
    ),
    "undo_batch": _on_claims(_to_undo_all),
    "save_filter": Deed(
        role=Role.READER,
        keywords=lambda _: {"name": "To do", "query": "verdict=pending", "shared": True},
        breaks=lambda _: {"name": "To do", "query": UNSPEAKABLE, "shared": True},
        failure=UnicodeError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "delete_filter": Deed(
        role=Role.READER,
        keywords=lambda _: {"filter_id": _kept("actor").pk},
        breaks=lambda _: {"filter_id": _kept("somebody").pk},
        failure=NotPossibleError,
        log="LogEntry",
        actor_field="user_id",
        without=None,
    ),
    "change_newsroom": Deed(
        role=Role.CHIEF,
        keywords=lambda _: {"words": {"name": "The Ostrey Desk (fiction)"}},
        breaks=lambda _: {"words": {"name": "N" * 201}},
        failure=InvalidValueError,
        log="HistoricalNewsroom",
        without=Role.EDITOR,
    ),
    "draft_report": Deed(
        role=Role.EDITOR,
        keywords=lambda claim: {"title": "Bridges", "article": claim.revision.article},
        breaks=lambda claim: {"title": "", "article": claim.revision.article},
        failure=InvalidValueError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "rename_report": Deed(
        role=Role.CHIEF,
        keywords=_with(_to_publish, title="Bridges of May"),
        breaks=_with(_published, title="Bridges of May"),
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    # Another's draft is a chief's to change.
    "discard_report": Deed(
        role=Role.CHIEF,
        keywords=_to_publish,
        breaks=_published,
        failure=NotPossibleError,
        log="HistoricalReport",
    ),
    "publish_report": Deed(
        role=Role.CHIEF,
        keywords=lambda claim: _seen(_to_publish(claim)),
        breaks=_with(_to_publish, seen="f" * 64),
        failure=LookAgainError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "set_public": Deed(
        role=Role.CHIEF,
        keywords=_with(_published, public=True),
        breaks=_with(_to_publish, public=True),
        failure=NotPossibleError,
        log="HistoricalReport",
        without=Role.EDITOR,
    ),
    "publish_correction": Deed(
        role=Role.CHIEF,
        keywords=_with(_to_correct, notice="We looked again."),
        breaks=_with(_to_correct, notice=" "),
        failure=InvalidValueError,
        log="Correction",
        actor_field="published_by_id",
        without=Role.EDITOR,
    ),
    "begin_export": Deed(
        role=Role.READER,
        keywords=lambda _: {"query": "verdict=pending", "key": "csv", "total": 20_000},
        breaks=lambda _: {"query": "q" * 2001, "key": "csv", "total": 20_000},
        failure=InvalidValueError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
    "stop_export": Deed(
        role=Role.READER,
        keywords=lambda _: {"export_id": _exported("actor").pk},
        breaks=lambda _: {"export_id": _exported("somebody").pk},
        failure=NotPossibleError,
        log="Export",
        actor_field="actor_id",
        without=None,
    ),
    "bring_in": _on_tray(
        lambda _: {"draft": STORY},
        breaks=lambda _: {"draft": STORY, "name": UNSPEAKABLE},
        failure=UnicodeError,
    ),
    "ask_for": _on_tray(
        lambda _: {"address": "https://courier.example.org/ferries"},
        breaks=lambda _: {"address": "the courier"},
        failure=BadAddressError,
    ),
    "edit_intake": _on_tray(
        lambda _: {"intake_id": _brought("actor").pk, "draft": STORY},
        breaks=lambda _: {"intake_id": _brought("somebody").pk, "draft": STORY},
    ),
    "keep_intake": _on_tray(
        lambda _: {"intake_id": _brought("actor").pk},
        breaks=lambda _: {"intake_id": _brought("somebody").pk},
        log="Article",
        actor_field="imported_by_id",
    ),
    "keep_all": _on_tray(
        lambda _: {"intake_ids": [_brought("actor").pk]},
        breaks=lambda _: {"intake_ids": ["the first"]},
        failure=ValueError,
    ),
    "discard_intake": _on_tray(
        lambda _: {"intake_id": _brought("actor").pk},
        breaks=lambda _: {"intake_id": _brought("somebody").pk},
        log="LogEntry",
        actor_field="user_id",
    ),
    "retry_intake": _on_tray(
        lambda _: {"intake_id": _brought("actor", progress="failed").pk},
        breaks=lambda _: {"intake_id": _brought("somebody", progress="failed").pk},
    ),
    "run_again": Deed(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0, status="FAILED")]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0, status="FAILED"))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
        without=Role.EDITOR,
    ),
    "cancel_tasks": Deed(
        role=Role.CHIEF,
        keywords=lambda _: {"tasks": [rows.task(0)]},
        breaks=lambda _: {"tasks": _and_no_more(rows.task(0))},
        failure=RuntimeError,
        log="LogEntry",
        actor_field="user_id",
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
def deed(name) -> Deed:
    return DEEDS[name]


def _account(role: Role | None, *, administers: bool = False) -> User:
    user = User.objects.create_user("actor", first_name="Avery", is_superuser=administers)
    if role:
        user.groups.set([Group.objects.get(name=role.value)])
    return user


@pytest.fixture
def actor(db, name, deed) -> User:
    """Who may do it. Accounts are the administrator's."""
    return _account(deed.role, administers=deed.without == Role.CHIEF)


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
    keywords = deed.keywords(claim)
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
def test_who_lacks_the_permission_changes_nothing(name, deed, claim):
    stranger = _account(deed.without)
    keywords = deed.keywords(claim)
    before = everything()
    with pytest.raises(NotAllowedError, match="Your account is not allowed to"):
        ACTIONS[name](actor=stranger, **keywords)
    assert everything() == before


def test_a_failure_in_the_middle_leaves_nothing(name, deed, actor, claim):
    keywords = deed.breaks(claim)
    before = everything()
    with pytest.raises(deed.failure):
        ACTIONS[name](actor=actor, **keywords)
    assert everything() == before


def test_what_lists_copy_stays_in_step(name, deed, actor, claim):
    ACTIONS[name](actor=actor, **deed.keywords(claim))
    assert not Claim.objects.out_of_step().exists()


def test_the_actor_is_a_keyword(name, deed, actor, claim):
    with pytest.raises((TypeError, KeyError)):
        ACTIONS[name](actor, **deed.keywords(claim))


def test_a_stale_version_changes_nothing(name, deed, actor, claim):
    """Whatever names the version that the actor looked at."""
    keywords = deed.keywords(claim)
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
    "name", [name for name, deed in DEEDS.items() if deed.log in {"Change", "Decision"}]
)
def test_what_it_does_to_claims_can_be_undone_and_done_again(name, deed, actor, claim):
    keywords = deed.keywords(claim)
    before = claims_as_they_stand()
    ACTIONS[name](actor=actor, **keywords)
    after = claims_as_they_stand()
    assert after != before
    undone = undo(actor=actor, change_id=Change.objects.newest_first()[0].pk)
    assert claims_as_they_stand() == before
    undo(actor=actor, change_id=undone.pk)
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
