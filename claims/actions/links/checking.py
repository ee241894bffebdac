"""Checking the links of the evidence, slowly: whether each still leads to what it led to. No verdict changes by it."""

import logging
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext_noop
from django_tasks import task

from claims.actions.base import action
from claims.capturing import Look, look_at
from claims.choices import LinkState
from claims.errors import (
    AnswerTooLargeError,
    BadAnswerError,
    ReadersBusyError,
    WorkbenchError,
    as_data,
    is_temporary,
)
from claims.fetching.addresses import host_of
from claims.fetching.articles import ROBOTS
from claims.models import Capture, Evidence, LinkCheck, Task
from claims.models.base.addresses import address_key
from claims.models.links.checks import LinkCheckQuerySet

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)
"""Between two checks of links to one host, at the least."""
MOST_PER_HOUR = 300
"""How many links are checked in an hour, at the most: a hundred thousand take two weeks."""
DAYS_BEFORE_BROKEN = 3
"""On how many days in turn a page does not answer before its link counts as broken."""
_AGAIN = timedelta(days=1)
"""After how long a page that did not answer is asked for again."""
_DAYS = 30
"""After how many days a link is checked again that somebody wanted to be checked, where that is not done regularly."""
_GONE = (404, 410)
_AT_ONCE = 5
"""How many one task checks, each of another host, so that other tasks need not wait."""
_SOUGHT = 50
"""Among how many that are due these are sought."""
_ENROLLED = 1_000
"""How many pieces of evidence are read together."""


@action("claims.change_evidence", what=gettext_noop("have links checked"))
def check_link(*, actor: User, link_check_id: int) -> None:
    """Have a link checked now, by a worker.

    Args:
        actor: who wants it.
        link_check_id: what is known of the link.
    """
    found = LinkCheck.objects.get(pk=link_check_id)
    LinkCheck.objects.filter(pk=found.pk).update(due_at=timezone.now(), asked_by=actor)


def enqueue_link_checks() -> None:
    """Have a worker check the links that are due, unless one does so already."""
    if Task.under_way(check_links).exists() or not _due().exists():
        return
    if _checked_in_last_hour() < MOST_PER_HOUR:
        check_links.enqueue()


def enqueue_enrolment() -> None:
    """Have a worker note the links that evidence has got, if links are checked regularly."""
    if settings.CHECK_LINKS_DAYS and not Task.under_way(enrol_links).exists():
        enrol_links.enqueue()


def _due() -> LinkCheckQuerySet:
    ready = LinkCheck.objects.ready()
    return ready if settings.CHECK_LINKS_DAYS else ready.exclude(asked_by=None)


def _checked_in_last_hour() -> int:
    since = timezone.now() - timedelta(hours=1)
    return len(LinkCheck.objects.filter(checked_at__gt=since).values("pk")[:MOST_PER_HOUR])


@task(priority=-3)
def enrol_links() -> None:
    """Note each link of the evidence that is not known yet. Its first check is on a day that its address decides."""
    now, after = timezone.now(), 0
    rows = Evidence.objects.not_removed().exclude(address_key="").order_by("pk")
    while some := list(
        rows.filter(pk__gt=after).values_list("pk", "address_key", "url")[:_ENROLLED]
    ):
        after = some[-1][0]
        urls = {key: url for _pk, key, url in some}
        known = set(LinkCheck.objects.filter(key__in=urls).values_list("key", flat=True))
        LinkCheck.objects.bulk_create(
            [
                LinkCheck(key=key, url=url, host=host_of(url), due_at=now + _spread(key))
                for key, url in urls.items()
                if key not in known
            ],
            ignore_conflicts=True,
        )


def _spread(key: str) -> timedelta:
    """Return a part of the days between two checks, so that the links of a desk are not all due at once."""
    return timedelta(days=settings.CHECK_LINKS_DAYS) * (int(key[:8], 16) / 2**32)


@task(priority=-3)
def check_links() -> None:
    """Check some of the links that are due, one of each host. The next look at what is due does the rest."""
    for row in _of_different_hosts(list(_due()[:_SOUGHT])):
        mine = LinkCheck.objects.filter(pk=row.pk, due_at=row.due_at)
        # Before the check: whatever goes wrong, the next one is not at once.
        if mine.update(due_at=timezone.now() + _AGAIN, asked_by=None):
            delay = _check(row)
            _leave_host_alone(row.host, max(PAUSE, timedelta(seconds=delay)))


def _of_different_hosts(rows: list[LinkCheck]) -> Iterator[LinkCheck]:
    first: dict[str, LinkCheck] = {}
    for row in rows:
        first.setdefault(row.host, row)
    yield from list(first.values())[:_AT_ONCE]


def _leave_host_alone(host: str, pause: timedelta) -> None:
    until = timezone.now() + pause
    LinkCheck.objects.filter(host=host, due_at__lt=until).update(due_at=until)


def _check(row: LinkCheck) -> float:
    """Check one link. Returns how many seconds its site asks to be left alone.

    A link that is no longer evidence is forgotten, and so is one that is confidential for any claim: its site must not
    learn that somebody looks at it.
    """
    pieces = Evidence.objects.not_removed().with_secrecy().filter(address_key=row.key)
    piece = pieces.order_by("pk").first()
    if piece is None or piece.is_withheld:
        row.delete()
        return 0.0
    row.url = piece.url
    try:
        found = look_at(row.url, robots=ROBOTS, allow=settings.FETCH_ALLOW)
    except ReadersBusyError:
        LinkCheck.objects.filter(pk=row.pk).update(due_at=timezone.now() + PAUSE)
        return 0.0
    except WorkbenchError as error:
        _note_error(row, error)
        return 0.0
    _note(row, found)
    return found.crawl_delay


def _note(row: LinkCheck, found: Look) -> None:
    """Note that a page was there, and whether it is what was captured."""
    before = Capture.objects.filter(key=row.key).exclude(text="").order_by("-pk").first()
    is_changed = bool(before and found.text and before.text.split() != found.text.split())
    led_to = before.final_url if before and before.final_url else row.url
    is_moved = _page(found.address) not in {_page(row.url), _page(led_to)}
    row.moved_to = (
        found.address[: LinkCheck._meta.get_field("moved_to").max_length] if is_moved else ""
    )
    row.text = found.text.replace("\x00", "") if is_changed else ""
    row.error = None
    if is_changed:
        _settle(row, LinkState.CHANGED)
    else:
        _settle(row, LinkState.MOVED if is_moved else LinkState.REACHABLE)


def _page(address: str) -> str:
    """Return what is the same for all addresses of one page, with or without "www."."""
    return address_key(address.replace("://www.", "://", 1))


def _note_error(row: LinkCheck, error: WorkbenchError) -> None:
    """Note that a page could not be read. What may pass counts only after some days."""
    logger.info("the link to %s could not be checked: %s", row.host, error.code)
    row.error, row.text, row.moved_to = {"code": error.code, **as_data(error)}, "", ""
    if is_temporary(error):
        _note_failure(row)
    elif isinstance(error, BadAnswerError) and error.params["number"] in _GONE:
        _settle(row, LinkState.GONE)
    elif isinstance(error, AnswerTooLargeError):
        # It is there, and too large to be read.
        row.error = None
        _settle(row, LinkState.REACHABLE)
    else:
        _settle(row, LinkState.UNKNOWN)


def _note_failure(row: LinkCheck) -> None:
    today = timezone.localdate()
    if row.failed_on != today:
        row.failures += 1
        row.failed_on = today
    if row.failures >= DAYS_BEFORE_BROKEN:
        _save(row, LinkState.UNREACHABLE, _interval())
    else:
        _save(row, LinkState(row.state) if row.state else LinkState.UNKNOWN, _AGAIN)


def _settle(row: LinkCheck, state: LinkState) -> None:
    """Note what is certain of a link after one look."""
    row.failures, row.failed_on = 0, None
    _save(row, state, _interval())


def _save(row: LinkCheck, state: LinkState, wait: timedelta) -> None:
    now = timezone.now()
    if row.state != state:
        row.state, row.since = state, now
    row.checked_at, row.due_at, row.asked_by = now, now + wait, None
    row.save()


def _interval() -> timedelta:
    return timedelta(days=settings.CHECK_LINKS_DAYS or _DAYS)
