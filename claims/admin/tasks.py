"""Background tasks, their workers, feeds and inbox items."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from claims.access import signed_in
from claims.actions import cancel_tasks, run_again
from claims.admin.entry import RecordAdmin
from claims.admin.logs import ReadOnly, failure, moment
from claims.models import BulkChange, ExternalSource, Feed, IntakeItem, Mailbox, Task, Worker
from claims.models.tasks import KINDS
from claims.queries.accounts import display_name
from claims.queries.tasks import failed, subject_of

_STATES = {
    TaskResultStatus.READY: _("Waiting"),
    TaskResultStatus.RUNNING: _("Running"),
    TaskResultStatus.SUCCESSFUL: _("Done"),
    TaskResultStatus.FAILED: _("Failed"),
}


class StateFilter(admin.SimpleListFilter):
    """By status, in the interface's words."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The statuses."""
        return [(str(status), label) for status, label in _STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The tasks with the selected status."""
        if self.value() == TaskResultStatus.FAILED:
            return failed(queryset)
        if self.value() == TaskResultStatus.SUCCESSFUL:
            queryset = queryset.filter(return_value__isnull=True)
        return queryset.filter(status=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """By kind of task."""

    title = _("task")
    parameter_name = "task"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The kinds of tasks."""
        return list(KINDS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The tasks of the selected kind."""
        return queryset.filter(task_path=self.value()) if self.value() else queryset


admin.site.unregister(DBTaskResult)


class TaskList(ChangeList):
    """A page of tasks with their subjects, loaded together."""

    def get_results(self, request: HttpRequest) -> None:
        """Add its subject to each task on the page."""
        super().get_results(request)
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        for row in self.result_list:
            found = subject_of(row.task_path, row.args_kwargs["args"])
            if found is not None:
                wanted[found[0]].add(found[1])
        there = {model: _named(model).in_bulk(ids) for model, ids in wanted.items()}
        for row in self.result_list:
            model, pk = subject_of(row.task_path, row.args_kwargs["args"]) or (None, 0)
            row.named = there[model].get(pk) if model else None


def _named(model: type[Model]) -> QuerySet[Any]:
    """Return the rows with what their names need."""
    rows = model._default_manager.all()
    return rows.defer("draft") if model is IntakeItem else rows


@admin.register(Task)
class TaskAdmin(ReadOnly, admin.ModelAdmin[Task]):
    """Waiting, running, finished and failed tasks, with errors. Failed tasks can be restarted, waiting ones cancelled."""

    list_display = ["work", "subject", "state", "added_at", "took", "attempts", "reason"]
    list_filter = [StateFilter, KindFilter]
    list_per_page = 50
    show_full_result_count = False
    ordering = ["-enqueued_at"]
    actions = ["begin_again", "cancel"]
    change_list_template = "admin/tasks.html"
    fields = [
        "work",
        "subject",
        "state",
        "added_at",
        "began_at",
        "over_at",
        "attempts",
        "reason",
        "traceback",
    ]
    readonly_fields = [
        "work",
        "subject",
        "state",
        "added_at",
        "began_at",
        "over_at",
        "attempts",
        "reason",
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The page of tasks."""
        return TaskList

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the tasks, below the workers."""
        context = {"workers": Worker.objects.alive()}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description=_("task"), ordering="task_path")
    def work(self, row: Task) -> str:
        """The kind of task."""
        return str(row)

    @admin.display(description=_("subject"))
    def subject(self, row: Task) -> str:
        """The subject, with a link to its page."""
        record = getattr(row, "named", None)
        if record is None:
            found = subject_of(row.task_path, row.args_kwargs["args"])
            return f"{found[0]._meta.verbose_name} {found[1]}" if found else ""
        place = _PLACES.get(type(record))
        if place is None:
            return str(record)
        return format_html('<a href="{}">{}</a>', reverse(place, args=[record.pk]), record)

    @admin.display(description=_("status"), ordering="status")
    def state(self, row: Task) -> str:
        """The status."""
        status = TaskResultStatus.FAILED if row.return_value else row.status
        return str(_STATES[TaskResultStatus(status)])

    @admin.display(description=_("created"), ordering="enqueued_at")
    def added_at(self, row: Task) -> str:
        """When it was requested."""
        return moment(row.enqueued_at)

    @admin.display(description=_("started"))
    def began_at(self, row: Task) -> str:
        """When it was first started."""
        return moment(row.started_at)

    @admin.display(description=_("ended"))
    def over_at(self, row: Task) -> str:
        """When it ended."""
        return moment(row.finished_at)

    @admin.display(description=_("duration"))
    def took(self, row: Task) -> timedelta | None:
        """The duration so far, in seconds."""
        if row.started_at is None:
            return None
        until = row.finished_at or timezone.now()
        return timedelta(seconds=int((until - row.started_at).total_seconds()))

    @admin.display(description=_("attempts"))
    def attempts(self, row: Task) -> int:
        """How often it was started."""
        return len(row.worker_ids)

    @admin.display(description=_("error"))
    def reason(self, row: Task) -> str:
        """The task's own error, or the last line of the traceback."""
        if row.return_value:
            return failure(row.return_value)
        lines = row.traceback.strip().splitlines()
        return __(lines[-1])[:300] if lines else ""

    @admin.action(description=_("Run failed tasks again"), permissions=["work"])
    def begin_again(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        """Run failed tasks again."""
        number = run_again(actor=signed_in(request.user), tasks=tasks)
        told = ngettext("%d task will run again.", "%d tasks will run again.", number) % number
        self.message_user(request, told, messages.SUCCESS if number else messages.WARNING)

    @admin.action(description=_("Cancel waiting tasks and stop running ones"), permissions=["work"])
    def cancel(self, request: HttpRequest, tasks: QuerySet[Task]) -> None:
        """Cancel waiting tasks, and stop running ones where possible."""
        number = cancel_tasks(actor=signed_in(request.user), tasks=tasks)
        told = ngettext("%d task cancelled.", "%d tasks cancelled.", number) % number
        self.message_user(request, told, messages.SUCCESS if number else messages.WARNING)

    def has_work_permission(self, request: HttpRequest) -> bool:
        """Return whether the viewer may restart and cancel tasks."""
        return request.user.has_perm("claims.change_task")


_PLACES = {
    IntakeItem: "admin:claims_intakeitem_change",
    Feed: "admin:claims_feed_change",
    ExternalSource: "admin:claims_externalsource_change",
    Mailbox: "admin:claims_mailbox_change",
    BulkChange: "bulk-change",
}
"""Where what a task is about has a page for everyone who sees the tasks; an export is its maker's alone."""


@admin.register(Feed)
class FeedAdmin(RecordAdmin):
    """Feeds that are checked automatically."""

    list_display = [
        "__str__",
        "interval_minutes",
        "active",
        "checked_at",
        "next_check_at",
        "what_went_wrong",
    ]
    list_filter = ["active"]
    search_fields = ["name", "address"]
    fields = [
        "address",
        "name",
        "interval_minutes",
        "max_articles",
        "active",
        "checked_at",
        "next_check_at",
        "what_went_wrong",
    ]
    readonly_fields = ["checked_at", "next_check_at", "what_went_wrong"]

    @admin.display(description=_("error"))
    def what_went_wrong(self, feed: Feed) -> str:
        """The error of the last check, and how many checks in a row have failed."""
        return failure(feed.error, feed.failures)


@admin.register(IntakeItem)
class IntakeAdmin(ReadOnly, admin.ModelAdmin[IntakeItem]):
    """Articles on their way in, without their words: whose they are sees them on the desk."""

    list_display = ["__str__", "actor_name", "status", "attempts", "retry_at", "what_went_wrong"]
    list_filter = ["status", ("feed", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["actor", "article"]
    show_full_result_count = False
    fields = [
        "actor_name",
        "created_at",
        "address",
        "feed",
        "status",
        "attempts",
        "retry_at",
        "what_went_wrong",
        "article",
    ]
    readonly_fields = ["actor_name", "what_went_wrong"]

    @admin.display(description=_("added by"), ordering="actor")
    def actor_name(self, item: IntakeItem) -> str:
        """The name of the person who brought it in."""
        return display_name(item.actor)

    def get_queryset(self, request: HttpRequest) -> QuerySet[IntakeItem]:
        """Items from feeds and addresses: pasted and uploaded articles are private until they are accepted.

        The inbox and the editor's guide say so.
        """
        return super().get_queryset(request).exclude(address="").defer("draft")

    @admin.display(description=_("error"))
    def what_went_wrong(self, intake: IntakeItem) -> str:
        """The error."""
        return failure(intake.error, intake.attempts)
