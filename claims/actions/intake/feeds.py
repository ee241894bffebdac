"""Feeds that are looked at by themselves: what is new in them is on its way in."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from claims.actions.accounts import workbench_account
from claims.actions.intake.processing import go_on
from claims.errors import WorkbenchError, as_data
from claims.fetching.articles import ROBOTS, feed_at
from claims.models import Feed, Intake
from claims.models.articles import address_key
from claims.queries.articles.duplicates import new_addresses

LONGEST = timedelta(hours=24)
"""How long a feed that gives no answer is left alone, at the most."""

PAUSE = timedelta(seconds=1)
"""Between two articles of a site, at the least."""


@task()
def look_at_feed(feed_id: int) -> dict[str, object] | None:
    """Have what is new in a feed fetched and kept, each article by itself. One that failed before is left alone.

    Returns:
        What went wrong, as `claims.errors.base.as_data` has it.
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
        # Two workers may look at once where one was taken for dead.
        Feed.objects.select_for_update().get(pk=feed_id)
        _take(feed, found.addresses, max(PAUSE, timedelta(seconds=found.delay)))
    Feed.objects.filter(pk=feed_id).update(looked_at=timezone.now(), failures=0, error=None)
    return None


def _take(feed: Feed, addresses: tuple[str, ...], pause: timedelta) -> None:
    asked = Intake.objects.filter(feed=feed, address__in=addresses)
    keys = {address_key(address) for address in asked.values_list("address", flat=True)}
    new = [each for each in new_addresses(addresses) if address_key(each) not in keys][: feed.most]
    account, now = workbench_account(), timezone.now()
    intakes = Intake.objects.bulk_create(
        Intake(
            actor=account,
            address=address,
            feed=feed,
            keep=True,
            # The site is asked at its own pace: the first at once, the others when their time has come.
            next_at=now + place * pause if place else None,
        )
        for place, address in enumerate(new)
    )
    if intakes:
        go_on.enqueue(intakes[0].pk)


def _note_failure(feed: Feed, error: WorkbenchError) -> None:
    failures = feed.failures + 1
    wait = min(LONGEST, timedelta(minutes=feed.every) * 2**failures)
    Feed.objects.filter(pk=feed.pk).update(
        looked_at=timezone.now(),
        next_at=timezone.now() + wait,
        failures=failures,
        error=as_data(error),
    )


def look_at_due_feeds() -> None:
    """Have the workers look at the feeds whose time has come."""
    now = timezone.now()
    for feed in list(Feed.objects.filter(active=True, next_at__lte=now)[:100]):
        with transaction.atomic():
            # Of several workers that ask at once, one hands it on.
            mine = Feed.objects.filter(pk=feed.pk, next_at=feed.next_at)
            if mine.update(next_at=now + timedelta(minutes=feed.every)):
                look_at_feed.enqueue(feed.pk)
