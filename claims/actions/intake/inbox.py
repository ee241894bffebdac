"""The inbox: articles are read or fetched, reviewed and accepted. Nothing that was added or typed is lost."""

from collections.abc import Collection

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.actions.articles.arrival import (
    ArrivalResult,
    Decision,
    ask_about,
    import_article,
    look_for_duplicates,
)
from claims.actions.base import action
from claims.actions.intake.processing import finish, process_item
from claims.choices import JobStatus
from claims.errors import (
    NotPossibleError,
)
from claims.fetching import normal
from claims.ingest.types import ArticleDraft
from claims.models import IntakeItem

_MAY = "claims.add_article"
_WHAT = gettext_noop("import articles")


@action(_MAY, what=_WHAT)
def add_to_inbox(*, actor: User, draft: ArticleDraft, name: str = "") -> IntakeItem:
    """Add an article that has been read to the actor's inbox. Adding the same one again has no effect.

    Args:
        actor: whose inbox.
        draft: the article.
        name: the name of the file that it was read from.
    """
    return ask_about(actor, draft, name=name)


@action(_MAY, what=_WHAT)
def request_fetch(*, actor: User, address: str) -> IntakeItem:
    """Have the worker fetch an article into the actor's inbox. An address already there is fetched again.

    Raises:
        BadAddressError: if the address cannot be fetched.
    """
    normal(address)
    asked = IntakeItem.objects.filter(actor=actor, address=address, feed=None)
    there = asked.exclude(status=JobStatus.DONE).order_by("-pk").first()
    if there:
        return retry_item(actor=actor, item_id=there.pk)
    intake = IntakeItem.objects.create(actor=actor, address=address)
    process_item.enqueue(intake.pk)
    return intake


@action(_MAY, what=_WHAT)
def edit_item(*, actor: User, item_id: int, draft: ArticleDraft) -> IntakeItem:
    """Change what was read from an article before it is accepted.

    Raises:
        NotPossibleError: if it belongs to someone else, or has already been accepted.
    """
    intake = _own(actor, item_id)
    if intake.status != JobStatus.PREVIEW:
        raise NotPossibleError(why=_("this article is no longer waiting for review."))
    intake.hold(draft)
    look_for_duplicates(intake)
    intake.save(update_fields=["draft", "article", "duplicate_reason"])
    return intake


@action(_MAY, what=_WHAT, atomic=False)
def accept_item(*, actor: User, item_id: int) -> ArrivalResult:
    """Make what lies in the actor's inbox an article, split into claims. A second click gives the same article.

    Raises:
        NotPossibleError: if it belongs to someone else, or has not been read yet.
    """
    with transaction.atomic():
        intake = _own(actor, item_id)
        if intake.status == JobStatus.DONE and intake.article is not None:
            decision = Decision.CREATE if intake.created else Decision.SKIP
            return ArrivalResult(decision, intake.article)
        if intake.draft is None:
            raise NotPossibleError(why=_("this article has not been read yet."))
    result = import_article(actor=actor, draft=intake.read())
    finish(intake, result)
    return result


@action(_MAY, what=_WHAT)
def accept_items(*, actor: User, item_ids: Collection[int]) -> int:
    """Have the worker accept several articles in the actor's inbox.

    Returns:
        How many; those that resemble an existing article stay in the inbox.
    """
    listed = IntakeItem.objects.to_look_at().filter(
        actor=actor, duplicate_reason="", pk__in=item_ids
    )
    chosen = list(listed.select_for_update(of=("self",)).values_list("pk", flat=True))
    IntakeItem.objects.filter(pk__in=chosen).update(
        auto_accept=True, status=JobStatus.WAITING, attempts=0
    )
    for pk in chosen:
        process_item.enqueue(pk)
    return len(chosen)


@action(_MAY, what=_WHAT)
def discard_item(*, actor: User, item_id: int) -> None:
    """Remove an item from the actor's inbox, and stop it if it is running. An article that was created from it stays.

    A second click does nothing.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    if not IntakeItem.objects.filter(pk=item_id).exists():
        return
    intake = _own(actor, item_id)
    LogEntry.objects.log_actions(actor.pk, [intake], DELETION, single_object=True)
    intake.delete()


@action(_MAY, what=_WHAT)
def retry_item(*, actor: User, item_id: int) -> IntakeItem:
    """Retry an item that failed, was stopped, or is waiting for its next attempt. Others are not affected.

    Raises:
        NotPossibleError: if it belongs to someone else.
    """
    intake = _own(actor, item_id)
    waits = intake.status == JobStatus.WAITING and intake.retry_at is not None
    if waits or intake.status in {JobStatus.FAILED, JobStatus.STOPPED}:
        intake.status, intake.attempts, intake.retry_at = JobStatus.WAITING, 0, None
        intake.save(update_fields=["status", "attempts", "retry_at"])
        process_item.enqueue(intake.pk)
    return intake


def _own(actor: User, item_id: int) -> IntakeItem:
    intake = IntakeItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    if intake.actor_id != actor.pk:
        raise NotPossibleError(why=_("this article is in someone else's inbox."))
    return intake
