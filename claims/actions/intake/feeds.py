"""Feeds that are checked automatically: new articles are added to the inbox."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from claims.actions.accounts.managing import workbench_account
from claims.actions.intake.processing import process_item
from claims.errors import WorkbenchError, as_data
from claims.fetching.articles import ROBOTS, feed_at
from claims.models import Feed, IntakeItem
from claims.models.base.addresses import address_key
from claims.queries.articles.duplicates import new_addresses

LONGEST = timedelta(hours=24)
"""How long a feed that gives no answer is left alone, at the most."""

PAUSE = timedelta(seconds=1)
"""Between two articles of a site, at the least."""


@task()
def check_feed(feed_id: int) -> dict[str, object] | None:
    """Have a feed's new articles fetched and accepted, each separately. Those that failed before are left alone.

    Returns:
        The error, as from `claims.errors.base.as_data`.
    """
    feed = Feed.objects.filter(pk=feed_id, active=True).first()
    if feed is None:
        return None
    try:
        found = feed_at(feed.address, robots=ROBOTS, allow=settings.FETCH_ALLOW)
    except WorkbenchError as error:
        _note_failure(feed, error)
        return as_data(error)
    with transaction.atomic():
        # Two workers may check at the same time, if one of them was taken for dead.
        Feed.objects.select_for_update().get(pk=feed_id)
        _take(feed, found.addresses, max(PAUSE, timedelta(seconds=found.delay)))
    Feed.objects.filter(pk=feed_id).update(checked_at=timezone.now(), failures=0, error=None)
    return None


def _take(feed: Feed, addresses: tuple[str, ...], pause: timedelta) -> None:
    asked = IntakeItem.objects.filter(feed=feed, address__in=addresses)
    keys = {address_key(address) for address in asked.values_list("address", flat=True)}
    new = [each for each in new_addresses(addresses) if address_key(each) not in keys][
        : feed.max_articles
    ]
    account, now = workbench_account(), timezone.now()
    intakes = IntakeItem.objects.bulk_create(
        IntakeItem(
            actor=account,
            address=address,
            feed=feed,
            auto_accept=True,
            # The site sets the pace: the first article is fetched at once, the others when they are
            # due.
            retry_at=now + place * pause if place else None,
        )
        for place, address in enumerate(new)
    )
    if intakes:
        process_item.enqueue(intakes[0].pk)


def _note_failure(feed: Feed, error: WorkbenchError) -> None:
    failures = feed.failures + 1
    wait = min(LONGEST, timedelta(minutes=feed.interval_minutes) * 2**failures)
    Feed.objects.filter(pk=feed.pk).update(
        checked_at=timezone.now(),
        next_check_at=timezone.now() + wait,
        failures=failures,
        error=as_data(error),
    )


def check_due_feeds() -> None:
    """Have the workers check the feeds that are due."""
    now = timezone.now()
    for feed in list(Feed.objects.filter(active=True, next_check_at__lte=now)[:100]):
        with transaction.atomic():
            # If several workers try at the same time, one of them enqueues the task.
            mine = Feed.objects.filter(pk=feed.pk, next_check_at=feed.next_check_at)
            if mine.update(next_check_at=now + timedelta(minutes=feed.interval_minutes)):
                check_feed.enqueue(feed.pk)
