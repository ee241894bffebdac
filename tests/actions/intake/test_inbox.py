"""The inbox: what lies in it, what becomes of it, and whose it is."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from claims.actions import (
    accept_item,
    accept_items,
    add_to_inbox,
    discard_item,
    edit_item,
    request_fetch,
    retry_item,
)
from claims.actions.intake.processing import enqueue_due_items
from claims.choices import DuplicateReason, JobStatus
from claims.errors import (
    BadAnswerError,
    NotPossibleError,
    RobotsRefuseError,
    TooSlowError,
    UnreachableError,
    is_temporary,
)
from claims.ingest.types import ArticleDraft
from claims.models import Article, IntakeItem, Task
from tests.models import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_queued")]

FERRY = ArticleDraft(headline="Ferry", body="The ferry sails again, officials said.")
ADDRESS = "https://courier.example.org/ferry"


def answer(number: int) -> BadAnswerError:
    """What a site answered other than success."""
    return BadAnswerError(host="example.org", number=number, meaning="No")


class TestAccepting:
    def test_an_article_is_made_once(self, editor):
        item = add_to_inbox(actor=editor, draft=FERRY, name="ferry.txt")
        first = accept_item(actor=editor, item_id=item.pk)
        again = accept_item(actor=editor, item_id=item.pk)
        assert first.created
        assert again.created
        assert first.article == again.article == Article.objects.get()
        item.refresh_from_db()
        assert (item.status, item.name, item.draft) == (JobStatus.DONE, "ferry.txt", None)

    def test_one_that_is_here_already_is_not_made_again(self, editor, article, draft):
        item = add_to_inbox(actor=editor, draft=draft)
        for _each in range(2):
            result = accept_item(actor=editor, item_id=item.pk)
            assert (result.article, result.created) == (article, False)
        assert Article.objects.get() == article

    def test_what_has_no_name_is_called_by_its_address_or_its_headline(self, editor):
        fetched = rows.intake(editor, address=ADDRESS)
        accept_item(actor=editor, item_id=fetched.pk)
        pasted = add_to_inbox(actor=editor, draft=FERRY)
        accept_item(actor=editor, item_id=pasted.pk)
        assert [one.name for one in IntakeItem.objects.order_by("pk")] == [ADDRESS, "Ferry"]

    def test_a_long_name_is_cut(self, editor):
        assert add_to_inbox(actor=editor, draft=FERRY, name="x" * 301).name == "x" * 300
        fetched = rows.intake(editor, address=ADDRESS + "x" * 300)
        accept_item(actor=editor, item_id=fetched.pk)
        fetched.refresh_from_db()
        assert fetched.name == fetched.address[:300]

    def test_what_has_not_been_read_is_not_accepted(self, editor):
        item = request_fetch(actor=editor, address=ADDRESS)
        with pytest.raises(NotPossibleError, match="has not been read yet"):
            accept_item(actor=editor, item_id=item.pk)

    def test_of_several_those_wait_that_resemble_something(self, editor, chief, article, draft):
        new = add_to_inbox(actor=editor, draft=FERRY)
        known = add_to_inbox(actor=editor, draft=draft)
        others = add_to_inbox(actor=chief, draft=FERRY)
        chosen = [new.pk, known.pk, others.pk]
        assert accept_items(actor=editor, item_ids=chosen) == 1
        waiting = IntakeItem.objects.filter(auto_accept=True, status=JobStatus.WAITING)
        assert waiting.get() == new
        assert Task.objects.get().args_kwargs["args"] == [new.pk]


class TestChanging:
    def test_what_it_resembles_is_looked_for_again(self, editor, article, draft):
        item = add_to_inbox(actor=editor, draft=FERRY)
        assert not item.duplicate_reason
        item = edit_item(actor=editor, item_id=item.pk, draft=draft)
        assert (item.article, item.duplicate_reason) == (article, DuplicateReason.TEXT)
        item = edit_item(actor=editor, item_id=item.pk, draft=FERRY)
        assert (item.article, item.duplicate_reason) == (None, "")

    def test_of_several_that_it_resembles_the_surest_is_noted(self, editor, article, draft):
        address = rows.article(editor, url=ADDRESS)
        rows.revision(editor, article=address, body="Another text.")
        item = add_to_inbox(actor=editor, draft=replace(draft, url=ADDRESS))
        assert (item.article, item.duplicate_reason) == (article, DuplicateReason.TEXT)

    def test_not_once_it_is_accepted(self, editor):
        item = add_to_inbox(actor=editor, draft=FERRY)
        accept_item(actor=editor, item_id=item.pk)
        with pytest.raises(NotPossibleError, match="no longer waiting"):
            edit_item(actor=editor, item_id=item.pk, draft=FERRY)

    def test_the_same_again_lies_there_once_for_each_person(self, editor, chief):
        item = add_to_inbox(actor=editor, draft=FERRY)
        assert add_to_inbox(actor=editor, draft=FERRY) == item
        assert add_to_inbox(actor=chief, draft=FERRY) != item

    def test_what_was_discarded_is_gone_and_its_article_stays(self, editor):
        item = add_to_inbox(actor=editor, draft=FERRY)
        accept_item(actor=editor, item_id=item.pk)
        for _each in range(2):
            discard_item(actor=editor, item_id=item.pk)
        assert not IntakeItem.objects.exists()
        assert Article.objects.exists()

    @pytest.mark.parametrize(
        "action", [accept_item, discard_item, retry_item, partial(edit_item, draft=FERRY)]
    )
    def test_nobody_touches_what_lies_in_anothers(self, editor, chief, action):
        item = add_to_inbox(actor=editor, draft=FERRY)
        with pytest.raises(NotPossibleError, match="someone else's inbox"):
            action(actor=chief, item_id=item.pk)


class TestFetching:
    def test_an_address_is_asked_for_once_until_it_is_done(self, editor, chief):
        item = request_fetch(actor=editor, address=ADDRESS)
        assert request_fetch(actor=editor, address=ADDRESS) == item
        assert Task.objects.count() == 1
        assert request_fetch(actor=chief, address=ADDRESS) != item
        IntakeItem.objects.filter(pk=item.pk).update(status=JobStatus.DONE)
        assert request_fetch(actor=editor, address=ADDRESS) != item

    @pytest.mark.parametrize(
        ("status", "waits", "again"),
        [
            (JobStatus.FAILED, False, True),
            (JobStatus.STOPPED, False, True),
            (JobStatus.WAITING, True, True),
            (JobStatus.WAITING, False, False),
            (JobStatus.RUNNING, True, False),
            (JobStatus.PREVIEW, False, False),
        ],
    )
    def test_what_failed_or_waits_for_its_time_is_tried_at_once(self, editor, status, waits, again):
        later = timezone.now() + timedelta(hours=2) if waits else None
        item = rows.intake(editor, address=ADDRESS, status=status, attempts=3, retry_at=later)
        item = retry_item(actor=editor, item_id=item.pk)
        assert Task.objects.count() == again
        tried = (JobStatus.WAITING, 0, None)
        assert (item.status, item.attempts, item.retry_at) == (
            tried if again else (status, 3, later)
        )

    def test_what_is_due_is_enqueued_once(self, editor):
        now = timezone.now()
        due = rows.intake(editor, status=JobStatus.WAITING, retry_at=now)
        rows.intake(editor, status=JobStatus.WAITING, retry_at=now + timedelta(hours=2))
        rows.intake(editor, status=JobStatus.FAILED, retry_at=now)
        for _each in range(2):
            enqueue_due_items()
        assert Task.objects.get().args_kwargs["args"] == [due.pk]

    @pytest.mark.parametrize(
        ("error", "temporary"),
        [
            *((answer(number), True) for number in (408, 425, 429, 500, 503)),
            *((answer(number), False) for number in (401, 404, 410, 499)),
            (TooSlowError(host="example.org", seconds=30), True),
            (UnreachableError(host="example.org", why="No"), True),
            (RobotsRefuseError(host="example.org", why="No"), False),
        ],
    )
    def test_only_what_may_pass_is_tried_again(self, error, temporary):
        assert is_temporary(error) == temporary
