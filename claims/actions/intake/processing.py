"""Processing an item of the inbox: fetching it, splitting it, and retrying."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from claims.actions.articles.arrival import (
    FEED,
    INBOX,
    ArrivalResult,
    Decision,
    look_for_duplicates,
    receive_article,
)
from claims.choices import JobStatus
from claims.errors import WorkbenchError, as_data, is_temporary
from claims.fetching.articles import ROBOTS, article_at
from claims.models import IntakeItem

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""How long until an address that gave no answer is asked again, the first time and each time after."""


@task(takes_context=True)
def process_item(context: TaskContext, item_id: int) -> dict[str, object] | None:
    """Fetch an article or accept it, whichever comes next.

    One worker at a time handles it. If that worker died, this is not the first attempt.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    from_the_start = context.attempt == 1
    states = [JobStatus.WAITING] if from_the_start else [JobStatus.WAITING, JobStatus.RUNNING]
    taken = IntakeItem.objects.filter(pk=item_id, status__in=states)
    if not taken.update(status=JobStatus.RUNNING, retry_at=None):
        return None
    intake = IntakeItem.objects.select_related("actor", "feed").get(pk=item_id)
    intake.attempts += 1
    try:
        if intake.draft is None:
            intake.hold(
                article_at(
                    intake.address,
                    allow=settings.FETCH_ALLOW,
                    robots=ROBOTS if intake.feed_id else None,
                )
            )
        if not intake.auto_accept:
            look_for_duplicates(intake)
            _note(
                intake,
                status=JobStatus.PREVIEW,
                draft=intake.draft,
                attempts=intake.attempts,
                error=None,
                article=intake.article,
                duplicate_reason=intake.duplicate_reason,
            )
            return None
        _note(intake, draft=intake.draft)
        _keep(intake)
    except WorkbenchError as error:
        _failed(intake, error)
        return as_data(error)
    return None


def _keep(intake: IntakeItem) -> None:
    """Do with what was read what its way in says."""
    policy = FEED if intake.feed_id else INBOX
    result = receive_article(actor=intake.actor, draft=intake.read(), policy=policy, item=intake)
    if result.decision != Decision.ASK:
        finish(intake, result)


def _failed(intake: IntakeItem, error: WorkbenchError) -> None:
    again = is_temporary(error) and intake.attempts <= len(WAITS)
    _note(
        intake,
        status=JobStatus.WAITING if again else JobStatus.FAILED,
        retry_at=timezone.now() + WAITS[intake.attempts - 1] if again else None,
        attempts=intake.attempts,
        error=as_data(error),
    )


def _note(intake: IntakeItem, **fields: object) -> None:
    """Save its progress, unless someone has stopped it in the meantime."""
    IntakeItem.objects.filter(pk=intake.pk, status=JobStatus.RUNNING).update(**fields)


def enqueue_due_items() -> None:
    """Enqueue the items whose next attempt is due."""
    due = IntakeItem.objects.filter(status=JobStatus.WAITING, retry_at__lte=timezone.now())
    for pk in list(due.values_list("pk", flat=True)[:100]):
        with transaction.atomic():
            # If several workers check at the same time, one of them enqueues it.
            if due.filter(pk=pk).update(retry_at=None):
                process_item.enqueue(pk)


def finish(intake: IntakeItem, result: ArrivalResult) -> None:
    """Say what became of it. The words are the article's now."""
    IntakeItem.objects.filter(pk=intake.pk).update(
        status=JobStatus.DONE,
        article=result.article,
        created=result.created,
        name=(intake.name or intake.address or result.article.headline)[:300],
        duplicate_reason="",
        draft=None,
        error=None,
    )
