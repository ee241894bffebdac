"""Articles that a site gives later, and time that passes."""

from datetime import timedelta

from claims.models import ArchiveRequest, DueCapture, Feed, IntakeItem, LinkCheck, Task, Worker
from tests.fetching.sites import page

STORY = b"""<!doctype html><html lang="en"><head><title>Ferry</title></head><body><article><h1>Ferry on the Olm</h1>
<p>The ferry will sail on Monday, officials said, and every hour from then on.</p>
<p>Nobody had expected it before the summer, the harbour master said on Friday evening.</p></article></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}
BUSY = page(status=503)


def time_passes(by: timedelta) -> None:
    """As if it were later."""
    for one in IntakeItem.objects.exclude(retry_at=None):
        IntakeItem.objects.filter(pk=one.pk).update(retry_at=one.retry_at - by)
    for feed in Feed.objects.all():
        Feed.objects.filter(pk=feed.pk).update(next_check_at=feed.next_check_at - by)
    for due in DueCapture.objects.all():
        DueCapture.objects.filter(pk=due.pk).update(due_at=due.due_at - by)
    for model in (ArchiveRequest, LinkCheck):
        for waiting in model.objects.exclude(due_at=None):
            model.objects.filter(pk=waiting.pk).update(due_at=waiting.due_at - by)
    for worker in Worker.objects.all():
        Worker.objects.filter(pk=worker.pk).update(last_seen_at=worker.last_seen_at - by)
    for task in Task.objects.exclude(finished_at=None):
        Task.objects.filter(pk=task.pk).update(finished_at=task.finished_at - by)
