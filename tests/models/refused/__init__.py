"""Rows that the database itself refuses to store, each with the constraint that it breaks."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Alias,
    ArchiveRequest,
    DailyCount,
    Desk,
    DistinctSources,
    DueCapture,
    LogLink,
    Newsroom,
    Outlet,
    PublicLanguage,
    ReasonTemplate,
    Shingle,
    Tag,
)
from claims.models.base.named import NamedModel
from tests.models import match_rows, rows
from tests.models.external.refused_external import REFUSED_EXTERNAL
from tests.models.refused.accounts import REFUSED_OF_ACCOUNTS
from tests.models.refused.reports import REFUSED_OF_REPORTS


def _link(position: int) -> None:
    LogLink.objects.create(
        position=position, kind="decision", entry=1, content=b"c", name=b"n", hash=b"h"
    )


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


def _two_shingles(user: User) -> None:
    article = rows.article(user)
    for _time in range(2):
        Shingle.objects.create(article=article, value=1)


def _daily_count(what: str, *, times: int = 1) -> Callable[[User], None]:
    def count(_user: User) -> None:
        for _time in range(times):
            DailyCount.objects.create(what=what, day=date(2031, 5, 17))

    return count


def _notification(**fields: object) -> Callable[[User], None]:
    def break_it(user: User) -> None:
        rows.notification(user, rows.claim(rows.revision(user)), **fields)

    return break_it


def _two_notifications(user: User) -> None:
    report = rows.report(user)
    claim = rows.claim(rows.revision(user))
    for _time in range(2):
        rows.notification(user, claim, kind="correction", report=report)


def _second_check(**fields: object) -> Callable[[User], None]:
    def break_it(user: User) -> None:
        decided = rows.decision(rows.claim(rows.revision(user)), user)
        rows.second_check(decided, user, **fields)

    return break_it


def _two_waiting_checks(user: User) -> None:
    decided = rows.decision(rows.claim(rows.revision(user)), user)
    for _time in range(2):
        rows.second_check(decided, user, withdrawn_at=None)


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


def _reason_template(_user: User, **fields: object) -> ReasonTemplate:
    return ReasonTemplate.objects.create(**{"name": "Figure", "text": "{figure}", **fields})


def _public_languages(languages: list[str], _user: User) -> None:
    for language in languages:
        PublicLanguage.objects.create(language=language)


def _two_reason_templates(user: User) -> None:
    for name in ("Figure", "FIGURE"):
        _reason_template(user, name=name, language="en")


def _named(model: type[NamedModel], names: list[str], _user: User) -> None:
    for name in names:
        model._default_manager.create(name=name)


def _claim(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.claim(rows.revision(user), **fields)


def _evidence(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.evidence(rows.claim(rows.revision(user)), user, **fields)


def _capture(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.capture(_evidence()(user), user, **fields)


def _due_capture(user: User) -> object:
    return DueCapture.objects.create(evidence=_evidence()(user), asked_by=user, reason="perhaps")


def _checked(**fields: object) -> Callable[[User], object]:
    return lambda user: rows.link(_evidence()(user), **fields)


def _settled_request(user: User) -> object:
    return ArchiveRequest.objects.create(evidence=_evidence()(user), asked_by=user, due_at=None)


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
    ("capture_has_key", _capture(key="")),
    ("capture_reason_known", _capture(reason="perhaps")),
    ("capture_file_has_digest", _capture(sha256="f" * 64)),
    ("capture_file_has_digest", _capture(file="f" * 64)),
    ("capture_has_text_or_error", _capture(text="")),
    ("due_capture_reason_known", _due_capture),
    ("archive_request_due_or_failed", _settled_request),
    ("link_state_known", _checked(state="perhaps")),
    ("link_state_was_checked", _checked(state="gone", checked_at=None)),
    ("decision_once_a_version", _two_decisions),
    ("decision_disputed_has_reason", _decision(verdict="disputed")),
    ("decision_verdict_known", _decision(verdict="maybe")),
    ("decision_verdict_known", _decision(previous_verdict="maybe")),
    ("second_check_waits_once", _two_waiting_checks),
    ("second_check_answer_is_whole", _second_check(verdict="verified")),
    ("second_check_answer_is_whole", _second_check(answered_at=timezone.now())),
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
    *REFUSED_EXTERNAL,
    *REFUSED_OF_REPORTS,
    ("daily_count_of_what_is_counted", _daily_count("sung")),
    ("daily_count_once", _daily_count("decided", times=2)),
    ("notification_kind_known", _notification(kind="sung")),
    ("notification_of_something", _notification(number=0)),
    ("notification_once_a_report", _two_notifications),
    ("log_link_once", lambda _user: [_link(position) for position in (1, 2)]),
    *REFUSED_OF_ACCOUNTS,
    ("export_status_known", lambda user: rows.export(user, status="perhaps")),
    ("feed_has_address", lambda _user: rows.feed(address="")),
    ("inbox_status_known", lambda user: rows.intake(user, status="lost")),
    ("intake_was_read_before_a_look", lambda user: rows.intake(user, draft=None)),
    ("archive_status_known", lambda user: rows.archive(user, status="lost")),
    ("mail_came_in_once", lambda _user: [rows.mail() for _time in range(2)]),
    ("mail_status_known", lambda _user: rows.mail(status="lost")),
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
    ("public_language_named", partial(_public_languages, [""])),
    ("public_language_once", partial(_public_languages, ["de", "de"])),
    ("reason_template_has_name", partial(_reason_template, name="")),
    ("reason_template_has_text", partial(_reason_template, text="")),
    ("reason_template_verdict_known", partial(_reason_template, verdict="true")),
    ("reason_template_once", _two_reason_templates),
]
"""What breaks each named constraint."""
