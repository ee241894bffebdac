"""What the database itself refuses to store."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Alias,
    Claim,
    Decision,
    Desk,
    DistinctSources,
    Evidence,
    Newsroom,
    Outlet,
    Shingle,
    Snapshot,
    Source,
    Tag,
)
from claims.models.base.named import NamedModel
from tests.models import match_rows, rows


def _two_articles(user: User) -> None:
    for _time in range(2):
        rows.article(user, fingerprint="f" * 64)


def _two_revisions(user: User) -> None:
    article = rows.article(user)
    for _time in range(2):
        rows.revision(user, article=article)


def _two_known_sources(user: User) -> None:
    rows.source("Ada Venn", kind="minister")
    rows.source("ADA VENN", kind="minister")


def _two_sources_of_an_article(user: User) -> None:
    article = rows.article(user)
    rows.source("officials", article=article)
    rows.source("Officials", article=article)


def _two_aliases(user: User) -> None:
    source = rows.source()
    for name in ("A. Venn", "a. venn"):
        Alias.objects.create(source=source, name=name)


def _reported_twice(user: User) -> None:
    first = rows.reported(rows.claim(rows.revision(user)), user)
    rows.reported(first.claim, user, report=first.report)


def _two_shingles(user: User) -> None:
    article = rows.article(user)
    for _time in range(2):
        Shingle.objects.create(article=article, value=1)


def _two_open_corrections(user: User) -> None:
    first = rows.correction(rows.claim(rows.revision(user)), user)
    rows.correction(first.reported.claim, user, reported=first.reported, decision=first.decision)


def _two_decisions(user: User) -> None:
    claim = rows.claim(rows.revision(user))
    for _time in range(2):
        rows.decision(claim, user)


def _changed_twice(*, same: str) -> Callable[[User], object]:
    """Two rows of the log of changes that share a change or a version."""

    def change(user: User) -> None:
        claim = rows.claim(rows.revision(user))
        first = rows.changed(claim, user)
        if same == "change":
            rows.changed(claim, user, change=first.change, version=3)
        else:
            rows.changed(claim, user)

    return change


def _half_an_undo(user: User) -> None:
    claim = rows.claim(rows.revision(user))
    rows.change(claim, user, undoes=rows.change(claim, user))


def _two_presences(user: User) -> None:
    article = rows.article(user)
    for _time in range(2):
        rows.presence(article, user)


def _merged_into_itself(_user: User) -> None:
    source = rows.source()
    source.merged_into = source
    source.save()


def _apart(user: User, first: int, second: int, *, times: int = 1) -> None:
    sources = [rows.source("Ada Venn"), rows.source("Adam Venn")]
    for _time in range(times):
        DistinctSources.objects.create(first=sources[first], second=sources[second], marked_by=user)


def _named(model: type[NamedModel], names: list[str], _user: User) -> None:
    for name in names:
        model._default_manager.create(name=name)


def _claim(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.claim(rows.revision(user), **fields)


def _evidence(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.evidence(rows.claim(rows.revision(user)), user, **fields)


def _decision(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.decision(rows.claim(rows.revision(user)), user, **fields)


def _change(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.change(rows.claim(rows.revision(user)), user, **fields)


def _matched(*, times: int = 1, **fields: object) -> Callable[[User], object]:
    def match(user: User) -> None:
        at = rows.revision(user)
        earlier, later = rows.claim(at), rows.claim(at, 6)
        for _time in range(times):
            match_rows.match(earlier, later, **fields)

    return match


def _matched_with_itself(user: User) -> None:
    claim = rows.claim(rows.revision(user))
    match_rows.match(claim, claim)


REFUSED: list[tuple[str, Callable[[User], object]]] = [
    ("article_came_in_once", _two_articles),
    ("article_has_headline", lambda user: rows.article(user, headline="")),
    ("revision_number_once", _two_revisions),
    ("revision_has_text", lambda user: rows.revision(user, body="")),
    ("revision_counts_from_one", lambda user: rows.revision(user, number=0)),
    ("claim_has_words", _claim(quote="")),
    ("claim_has_statement", _claim(statement="")),
    ("claim_starts_in_text", _claim(spans=[[-1, 4]])),
    ("claim_starts_in_text", _claim(spans=[])),
    ("claim_verdict_known", _claim(verdict="maybe", touched_at=timezone.now())),
    ("claim_quotation_known", _claim(quotation="sung")),
    ("claim_mood_known", _claim(mood="sung")),
    ("claim_review_status_known", _claim(review_status="lost")),
    (
        "claim_narration_has_no_source",
        lambda user: rows.claim(rows.revision(user), quotation="narration", source=rows.source()),
    ),
    ("claim_checkworthiness_is_a_share", _claim(checkworthiness=1.01)),
    ("claim_checkworthiness_is_a_share", _claim(checkworthiness=-0.01)),
    ("claim_version_counts_from_one", _claim(version=0)),
    ("claim_decided_by_a_person", _claim(verdict="verified")),
    ("source_has_name", lambda user: rows.source("")),
    ("source_kind_known", lambda user: rows.source(kind="oracle")),
    ("source_known_once", _two_known_sources),
    ("source_once_in_article", _two_sources_of_an_article),
    ("alias_has_name", lambda user: Alias.objects.create(source=rows.source(), name="")),
    ("alias_once_a_source", _two_aliases),
    ("evidence_has_document", _evidence(url="")),
    ("evidence_file_has_digest", _evidence(file="f" * 64)),
    ("evidence_file_has_digest", _evidence(sha256="f" * 64)),
    ("evidence_file_has_digest", _evidence(size=1)),
    ("evidence_has_title", _evidence(title="")),
    ("evidence_stance_known", _evidence(stance="perhaps")),
    ("decision_once_a_version", _two_decisions),
    ("decision_disputed_has_reason", _decision(verdict="disputed")),
    ("decision_verdict_known", _decision(verdict="maybe")),
    ("decision_verdict_known", _decision(previous_verdict="maybe")),
    ("change_action_known", _change(action="sang")),
    ("change_undo_has_root", _half_an_undo),
    ("changed_claim_once_a_change", _changed_twice(same="change")),
    ("changed_claim_once_a_version", _changed_twice(same="version")),
    (
        "comment_has_words",
        lambda user: rows.comment(rows.claim(rows.revision(user)), user, text=""),
    ),
    ("presence_once_an_article", _two_presences),
    ("bulk_change_action_known", lambda user: rows.bulk_change(user, action="sang")),
    ("bulk_change_status_known", lambda user: rows.bulk_change(user, status="lost")),
    (
        "claim_anchor_status_known",
        lambda user: rows.claim(rows.revision(user), anchor_status="gone", dismissed=True),
    ),
    (
        "claim_lost_is_dismissed",
        lambda user: rows.claim(rows.revision(user), anchor_status="orphan"),
    ),
    ("match_once_a_pair", _matched(times=2)),
    ("match_of_two_claims", _matched_with_itself),
    ("match_relation_known", _matched(relation="related")),
    ("match_score_is_a_share", _matched(score=1.01)),
    ("match_settled_by_a_person", _matched(state="confirmed")),
    ("match_settled_by_a_person", _matched(state="lost")),
    ("newsroom_only_one", lambda _: Newsroom.objects.create(pk=2)),
    ("newsroom_logo_has_digest", lambda _: Newsroom.objects.update(logo="a")),
    ("report_has_title", lambda user: rows.report(user, title="")),
    ("report_public_is_published", lambda user: rows.report(user, public=True)),
    (
        "snapshot_has_digest",
        lambda user: Snapshot.objects.create(report=rows.report(user), data="{}", digest=""),
    ),
    ("reported_claim_once", _reported_twice),
    (
        "reported_verdict_known",
        lambda user: rows.reported(rows.claim(rows.revision(user)), user, verdict="maybe"),
    ),
    ("correction_open_once", _two_open_corrections),
    (
        "correction_published_tells",
        lambda user: rows.correction(
            rows.claim(rows.revision(user)), user, published_at=timezone.now()
        ),
    ),
    (
        "correction_verdict_known",
        lambda user: rows.correction(
            rows.claim(rows.revision(user)), user, previous_verdict="maybe"
        ),
    ),
    ("export_status_known", lambda user: rows.export(user, status="perhaps")),
    ("feed_has_address", lambda _user: rows.feed(address="")),
    ("inbox_status_known", lambda user: rows.intake(user, status="lost")),
    ("intake_was_read_before_a_look", lambda user: rows.intake(user, draft=None)),
    ("shingle_once_an_article", _two_shingles),
    ("saved_filter_has_name", lambda user: rows.saved_filter(user, name="")),
    ("saved_filter_once", lambda user: [rows.saved_filter(user) for _time in range(2)]),
    ("source_not_merged_into_itself", _merged_into_itself),
    ("sources_apart_in_order", lambda user: _apart(user, 1, 0)),
    ("sources_apart_once", lambda user: _apart(user, 0, 1, times=2)),
    *[
        (f"{model._meta.model_name}_has_name", partial(_named, model, [""]))
        for model in (Desk, Outlet, Tag)
    ],
    *[
        (f"{model._meta.model_name}_once", partial(_named, model, ["Economy", "ECONOMY"]))
        for model in (Desk, Outlet, Tag)
    ],
]
"""What breaks each named constraint."""

MODELS = list(apps.get_app_config("claims").get_models())


@pytest.mark.parametrize(
    ("name", "break_it"),
    [pytest.param(*each, id=f"{each[0]}-{number}") for number, each in enumerate(REFUSED)],
)
def test_the_database_refuses(editor, name, break_it):
    """PostgreSQL names them all. SQLite names an index by its columns, and may ask the log's triggers first."""
    before = {model: model._default_manager.count() for model in MODELS}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_it(editor)
    assert re.search(f"{name}|UNIQUE constraint failed|append-only", str(refusal.value))
    assert {model: model._default_manager.count() for model in MODELS} == before


def test_every_named_constraint_is_broken_above():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert named == {name for name, _break_it in REFUSED}


class TestWhatIsAllowed:
    """The neighbours of what is refused: constraints that were too tight would fail here."""

    def test_the_same_name_with_another_kind_is_somebody_else(self, db):
        rows.source("Ada Venn", kind="minister")
        rows.source("Ada Venn", kind="witness")
        assert Source.objects.count() == 2

    def test_the_officials_of_two_articles_are_two_sources(self, editor):
        for _time in range(2):
            rows.source("officials", article=rows.article(editor))
        assert Source.objects.count() == 2

    def test_a_disputed_decision_with_a_reason(self, editor):
        kept = rows.decision(
            rows.claim(rows.revision(editor)), editor, verdict="disputed", reason="No register."
        )
        assert Decision.objects.get().reason == kept.reason

    def test_evidence_that_is_a_file_alone(self, editor):
        claim = rows.claim(rows.revision(editor))
        kept = rows.evidence(claim, editor, url="", file="f" * 64, sha256="f" * 64, size=1)
        assert Evidence.objects.get() == kept

    @pytest.mark.parametrize("checkworthiness", [0.0, 1.0])
    def test_the_ends_of_checkworthiness(self, editor, checkworthiness):
        rows.claim(rows.revision(editor), checkworthiness=checkworthiness)
        assert Claim.objects.get().checkworthiness == checkworthiness
